using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts.Access;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Orleans.Streams;

namespace Interven.ApiFrontend.Evidence;

/// <summary>Records as they are committed, as server-sent events. Each event's id is the record's number, so that a browser that reconnects misses nothing.</summary>
static class LiveEndpoint
{
    /// <summary>Then the browser reconnects by itself, and its credential is looked at again.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void MapLive(this IEndpointRouteBuilder app) => app.MapGet("/api/telemetry/decisions/live", Live).Needs(Permission.DecisionsRead)
        .Describe("Decisions", "Follow decisions", "Server-sent events named `decision`, each with a record as lists show it; the event's id is the record's number. Ends after five minutes: reconnect with Last-Event-ID, as browsers do.")
        .TakesHeader("Last-Event-ID", "Number of the last record that was seen: what was committed since comes first.")
        .GivesStream("text/event-stream").Refuses(401, 403);

    static async Task Live(HttpContext http)
    {
        var lifetime = http.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        over.CancelAfter(Longest);
        var tenant = ApiCaller.Of(http).Tenant;
        var client = http.RequestServices.GetRequiredService<IClusterClient>();
        var heard = Channel.CreateBounded<LiveDecisions>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        var stream = client.GetStreamProvider(ClusterNames.LiveStream).GetStream<LiveDecisions>(StreamId.Create(LiveStream.Decisions, tenant));
        var subscription = await stream.SubscribeAsync((records, _) =>
        {
            heard.Writer.TryWrite(records);
            return Task.CompletedTask;
        });
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no";
            await Send(http, client, tenant, heard.Reader, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Whoever watched has gone, or is to come again.
        }
        finally
        {
            await subscription.UnsubscribeAsync();
        }
    }

    static async Task Send(HttpContext http, IClusterClient client, Guid tenant, ChannelReader<LiveDecisions> heard, CancellationToken over)
    {
        var live = client.GetGrain<ILiveGrain>(GrainKeys.Tenant(tenant));
        await live.Watch();
        await http.Response.WriteAsync("retry: 1000\n\n", over);
        var last = await Missed(http, client, tenant, over);
        await http.Response.Body.FlushAsync(over);
        while (true)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(over);
            quiet.CancelAfter(Heartbeat);
            try
            {
                await heard.WaitToReadAsync(quiet.Token);
                while (heard.TryRead(out var records))
                    foreach (var record in records.Records.Where(record => record.Seq > last))
                        await Write(http, last = record.Seq, record.Json, over);
            }
            catch (OperationCanceledException) when (!over.IsCancellationRequested)
            {
                await http.Response.WriteAsync(": still here\n\n", over);
            }
            await http.Response.Body.FlushAsync(over);
            await live.Watch();
        }
    }

    /// <summary>Returns the number of the last record that was sent, or seen before.</summary>
    static async Task<long> Missed(HttpContext http, IClusterClient client, Guid tenant, CancellationToken over)
    {
        if (!long.TryParse(http.Request.Headers["Last-Event-ID"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var last))
            return 0;
        foreach (var record in await client.GetGrain<IDecisionsGrain>(GrainKeys.Tenant(tenant)).After(last))
            await Write(http, last = record.Seq, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(record, Contracts.ContractJson.Default.DecisionSummary), over);
        return last;
    }

    static async Task Write(HttpContext http, long seq, byte[] json, CancellationToken over)
    {
        await http.Response.WriteAsync($"id: {seq}\nevent: decision\ndata: ", Encoding.UTF8, over);
        await http.Response.Body.WriteAsync(json, over);
        await http.Response.WriteAsync("\n\n", over);
    }
}
