using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Interven.Api.Tests.Evidence;

/// <summary>A receiver of logs on loopback that enforces what the vendors document, and keeps what it took.</summary>
sealed class FakeSiem : IAsyncDisposable
{
    public const string Token = "11111111-2222-3333-4444-555555555555";
    const int MostHecBytes = 1 << 20, MostDatadogBytes = 5_000_000, MostDatadogEntries = 1000, MostDatadogEntry = 1_000_000;

    readonly HttpListener listener = new();
    readonly Task serving;
    readonly Queue<(int Status, string? RetryAfter)> moods = new();
    readonly List<JsonElement> taken = [];

    public FakeSiem()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        listener.Start();
        serving = Serve();
    }

    public int Port { get; }
    public string Hec => $"http://127.0.0.1:{Port}/services/collector/event";
    public string Datadog => $"http://127.0.0.1:{Port}/api/v2/logs";
    public string Webhook => $"http://127.0.0.1:{Port}/hook";
    public int Requests { get; private set; }
    public string? LastSignature { get; private set; }
    public string? LastTimestamp { get; private set; }
    public byte[] LastBody { get; private set; } = [];

    /// <summary>What was taken, in its order.</summary>
    public IReadOnlyList<JsonElement> Taken
    {
        get
        {
            lock (taken)
                return [.. taken];
        }
    }

    /// <summary>Answers the next request so, whatever it holds.</summary>
    public void Next(int status, string? retryAfter = null)
    {
        lock (moods)
            moods.Enqueue((status, retryAfter));
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
    }

    async Task Serve()
    {
        while (true)
            try
            {
                var context = await listener.GetContextAsync();
                await Answer(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
    }

    async Task Answer(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var bytes = context.Request.Headers["Content-Encoding"] == "gzip" ? Unzip(body.ToArray()) : body.ToArray();
        Requests++;
        (LastSignature, LastTimestamp, LastBody) = (context.Request.Headers["X-Interven-Signature"], context.Request.Headers["X-Interven-Timestamp"], bytes);
        (int Status, string? RetryAfter)? mood = null;
        lock (moods)
            if (moods.Count > 0)
                mood = moods.Dequeue();
        var (status, text) = mood is { } forced ? (forced.Status, "{}") : context.Request.Url!.AbsolutePath switch
        {
            "/services/collector/event" => TakeHec(context.Request, bytes),
            "/api/v2/logs" => TakeDatadog(context.Request, bytes),
            _ => TakeWebhook(bytes),
        };
        if (mood?.RetryAfter is { } seconds)
            context.Response.Headers["Retry-After"] = seconds;
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        context.Response.Close();
    }

    (int, string) TakeHec(HttpListenerRequest request, byte[] body)
    {
        if (request.Headers["Authorization"] != "Splunk " + Token)
            return (403, """{"text":"Invalid token","code":4}""");
        if (body.Length is 0 or > MostHecBytes)
            return (body.Length == 0 ? 400 : 413, """{"text":"No data","code":5}""");
        var events = new List<JsonElement>();
        try
        {
            // Concatenated objects: an array is invalid data there.
            for (var rest = body.AsSpan(); rest.Trim(" \r\n"u8).Length > 0;)
            {
                var reader = new Utf8JsonReader(rest, new JsonReaderOptions { AllowMultipleValues = true });
                reader.Read();
                events.Add(JsonElement.ParseValue(ref reader));
                rest = rest[(int)reader.BytesConsumed..];
            }
        }
        catch (JsonException)
        {
            return (400, """{"text":"Invalid data format","code":6}""");
        }
        foreach (var one in events)
            if (one.ValueKind != JsonValueKind.Object || !one.TryGetProperty("event", out var what) || what.ValueKind is JsonValueKind.Null or JsonValueKind.String && what.ToString().Length == 0)
                return (400, """{"text":"Event field is required","code":12}""");
            else if (one.GetProperty("time").ValueKind != JsonValueKind.Number || one.GetProperty("time").GetDouble() is < 1_000_000_000 or > 10_000_000_000
                || one.GetProperty("fields").EnumerateObject().Any(field => field.Value.ValueKind is JsonValueKind.Object))
                return (400, """{"text":"Error in handling indexed fields","code":15}""");
        Keep(events.Select(one => one.GetProperty("event")));
        return (200, """{"text":"Success","code":0}""");
    }

    (int, string) TakeDatadog(HttpListenerRequest request, byte[] body)
    {
        if (request.Headers["DD-API-KEY"] != Token)
            return (403, "{}");
        if (body.Length > MostDatadogBytes)
            return (413, "{}");
        var entries = JsonSerializer.Deserialize<JsonElement>(body);
        if (entries.ValueKind != JsonValueKind.Array || entries.GetArrayLength() > MostDatadogEntries)
            return (400, "{}");
        // The intake cuts what is longer, and drops what is older, and says 202 all the same.
        var oldest = TimeProvider.System.GetUtcNow().AddHours(-18).ToUnixTimeMilliseconds();
        Keep(entries.EnumerateArray().Where(one => Encoding.UTF8.GetByteCount(one.GetRawText()) <= MostDatadogEntry && one.GetProperty("timestamp").GetInt64() >= oldest)
            .Select(one => one.GetProperty("interven")));
        return (202, "{}");
    }

    (int, string) TakeWebhook(byte[] body)
    {
        Keep(JsonSerializer.Deserialize<JsonElement>(body).EnumerateArray());
        return (204, "");
    }

    void Keep(IEnumerable<JsonElement> events)
    {
        lock (taken)
            taken.AddRange(events);
    }

    static byte[] Unzip(byte[] bytes)
    {
        using var unzipped = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
            gzip.CopyTo(unzipped);
        return unzipped.ToArray();
    }
}
