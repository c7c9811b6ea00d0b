using System.Text.Json;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Scanning;
using Interven.Contracts;

namespace Interven.ApiFrontend.Inbound;

/// <summary>
/// Looks at what an upstream answered, links it to the call's trace, and passes it on: as it is, or redacted where the route says so. The call has been
/// made by then, so an answer that cannot be looked at is passed on with a header that says so; only a route that redacts withholds it.
/// </summary>
sealed class ResponseScans(Lanes lanes, FrontEndOptions options, TimeProvider clock)
{
    public async Task PassOn(HttpContext http, InboundCall call, HttpResponseMessage answer, CancellationToken cancel)
    {
        using var source = await answer.Content.ReadAsStreamAsync(cancel);
        var isStream = answer.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var isPacked = answer.Content.Headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));
        var (bytes, isWhole) = isStream || isPacked ? ([], false) : await ReadUpTo(source, options.MaxBodyBytes, cancel);
        var (result, sanitised) = isWhole && bytes.Length > 0 ? await Scan(http, call, answer, bytes) : (isWhole ? "empty" : "skipped", null);
        if (call.Route.SanitizeResponse && result != "empty" && sanitised is null)
        {
            Withhold(http);
            await Problems.Write(http, 502, ReasonCodes.UpstreamUnavailable, "The upstream's answer could not be looked at, and this route passes on only what was. The call itself was made.");
            return;
        }
        http.Response.Headers[InboundHeaders.ResponseScan] = result;
        if (call.Route.SanitizeResponse && sanitised is not null)
            bytes = sanitised;
        if (isWhole)
            http.Response.ContentLength = IsBodiless(http.Response.StatusCode) ? null : bytes.Length;
        await http.Response.Body.WriteAsync(bytes, cancel);
        if (!isWhole)
            await Stream(source, http.Response.Body, cancel);
    }

    async Task<(string Result, byte[]? Sanitised)> Scan(HttpContext http, InboundCall call, HttpResponseMessage answer, byte[] bytes)
    {
        var (body, _) = InboundBody.Of(bytes, answer.Content.Headers.ContentType?.ToString());
        // What says that it is JSON and is not is looked at as text.
        body ??= InboundBody.Of(bytes, "text/plain").Body!;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("trace_id", TraceIds.Of(http));
            json.WriteNumber("response_status", (int)answer.StatusCode);
            body.WriteTo(json, "response_body");
            json.WriteEndObject();
        }
        try
        {
            var reply = await lanes.ScanOf(call.Token).Ask(grain => grain.ScanResponse(new(call.Token, buffer.ToArray(), ClientAddress.Of(http), null))).WaitAsync(Deadlines.Usual, clock);
            if (reply.Json is null)
                return ("unavailable", null);
            using var scanned = JsonDocument.Parse(reply.Json);
            return ("done", body.Redacted(scanned.RootElement.GetProperty("sanitized_response")));
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException)
        {
            return ("unavailable", null);
        }
    }

    static async Task<(byte[] Bytes, bool IsWhole)> ReadUpTo(Stream source, int limit, CancellationToken cancel)
    {
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (read.Length <= limit)
        {
            var count = await source.ReadAsync(buffer, cancel);
            if (count == 0)
                return (read.ToArray(), true);
            read.Write(buffer, 0, count);
        }
        return (read.ToArray(), false);
    }

    /// <summary>Piece by piece: a stream of events is of use only while it flows.</summary>
    static async Task Stream(Stream source, Stream to, CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        for (var count = await source.ReadAsync(buffer, cancel); count > 0; count = await source.ReadAsync(buffer, cancel))
        {
            await to.WriteAsync(buffer.AsMemory(0, count), cancel);
            await to.FlushAsync(cancel);
        }
    }

    static bool IsBodiless(int status) => status is 204 or 304;

    static void Withhold(HttpContext http)
    {
        foreach (var name in http.Response.Headers.Keys.Where(name => !name.StartsWith("X-Interven-", StringComparison.OrdinalIgnoreCase)).ToList())
            http.Response.Headers.Remove(name);
    }
}
