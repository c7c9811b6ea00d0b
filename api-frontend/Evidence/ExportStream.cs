using System.Globalization;
using System.IO.Compression;
using Interven.GrainInterfaces.Evidence;
using Microsoft.Net.Http.Headers;

namespace Interven.ApiFrontend.Evidence;

/// <summary>Sends an export page by page; the next page is read while this one is sent. Whatever goes wrong on the way breaks the connection, so that half an export never looks like a whole one.</summary>
static class ExportStream
{
    const string Records = "X-Interven-Records", First = "X-Interven-First", Last = "X-Interven-Last";

    public static async Task Send(HttpContext http, IExportGrain grain, ExportPlan plan)
    {
        var response = http.Response;
        response.ContentType = plan.MediaType;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = plan.FileName }.ToString();
        response.Headers.CacheControl = "no-store";
        if (plan.Records >= 0)
            response.Headers[Records] = plan.Records.ToString(CultureInfo.InvariantCulture);
        if (response.SupportsTrailers())
            foreach (var trailer in (string[])[Records, First, Last])
                response.DeclareTrailer(trailer);
        try
        {
            var sent = await SendPages(http, grain, plan);
            if (response.SupportsTrailers())
                Trail(response, sent);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more.
        }
        catch (Exception) when (response.HasStarted)
        {
            http.Abort();
            throw;
        }
    }

    /// <summary>Copies a whole export; returns what it held.</summary>
    public static async Task<(long Records, DateTimeOffset? First, DateTimeOffset? Last)> Copy(IExportGrain grain, ExportPlan plan, Func<ExportBlock, Task> write)
    {
        var (records, first, last) = (0L, (DateTimeOffset?)null, (DateTimeOffset?)null);
        var next = grain.Next(plan, null);
        while (true)
        {
            var page = await next;
            if (page.Next is { } place)
            {
                next = grain.Next(plan, place);
                next.Ignore();
            }
            foreach (var block in page.Blocks)
                await write(block);
            (records, first, last) = (records + page.Records, first ?? page.First, page.Last ?? last);
            if (page.Next is null)
                return (records, first, last);
        }
    }

    static async Task<(long Records, DateTimeOffset? First, DateTimeOffset? Last)> SendPages(HttpContext http, IExportGrain grain, ExportPlan plan)
    {
        if (!AsksForGzip(http))
            return await Copy(grain, plan, block => http.Response.Body.WriteAsync(block.Bytes.AsMemory(0, block.Length), http.RequestAborted).AsTask());
        http.Response.Headers.ContentEncoding = "gzip";
        var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        var sent = await Copy(grain, plan, block => gzip.WriteAsync(block.Bytes.AsMemory(0, block.Length), http.RequestAborted).AsTask());
        // Not disposed of after a failure: that would write a proper end.
        await gzip.DisposeAsync();
        return sent;
    }

    static bool AsksForGzip(HttpContext http) => http.Request.GetTypedHeaders().AcceptEncoding
        .Any(one => one.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && one.Quality is null or > 0);

    static void Trail(HttpResponse response, (long Records, DateTimeOffset? First, DateTimeOffset? Last) sent)
    {
        response.AppendTrailer(Records, sent.Records.ToString(CultureInfo.InvariantCulture));
        response.AppendTrailer(First, Time(sent.First));
        response.AppendTrailer(Last, Time(sent.Last));
    }

    static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString(Contracts.RfcTimeConverter.Format, CultureInfo.InvariantCulture) ?? "";
}
