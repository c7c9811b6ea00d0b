using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Keys;
using Interven.Contracts.Scanning;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;

namespace Interven.ApiFrontend.Scanning;

/// <summary>The hot path's first file: bytes in, one grain call, bytes out.</summary>
static class ScanEndpoints
{
    public static void MapScanning(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/scan", Scan)
            .Describe("Scan", "Decide one tool call",
                "Answers ALLOW, DENY, SANITIZE or REQUIRE_APPROVAL; a decision is always HTTP 200. The decision record is durable before the answer.")
            .Takes(typeof(ScanRequest), Examples.Scan).Gives(200, typeof(ScanResponse), Examples.ScanAnswer).Refuses(400, 401, 403, 409, 413, 429);
        app.MapPost("/v1/a2a/scan", Handover)
            .Describe("Scan", "Decide a hand-over between two agents", "Agents of another tenant or environment are refused with 403.")
            .Takes(typeof(HandoverRequest), Examples.Handover).Gives(200, typeof(ScanResponse), Examples.ScanAnswer).Refuses(400, 401, 403, 409, 413, 429);
        app.MapPost("/v1/scan/response", Response)
            .Describe("Scan", "Classify and redact what a tool answered", "Feeds the read-then-write correlation of later scans.")
            .Takes(typeof(ResponseScanRequest), Examples.ResponseScan).Gives(200, typeof(ResponseScanAnswer), Examples.ResponseScanAnswer)
            .Refuses(400, 401, 403, 404, 413, 429);
    }

    static Task Scan(HttpContext http) => Handle(http, static (grain, call) => grain.Scan(call), mayWait: true);

    static Task Handover(HttpContext http) => Handle(http, static (grain, call) => grain.ScanHandover(call));

    static Task Response(HttpContext http) => Handle(http, static (grain, call) => grain.ScanResponse(call));

    static async Task Handle(HttpContext http, Func<IScanGrain, ScanCall, Task<ScanReply>> ask, bool mayWait = false)
    {
        var services = http.RequestServices;
        var entry = await services.GetRequiredService<Door>().Enter(http, KeyScopes.Scan);
        var refusal = entry.Refusal ?? IdempotencyKeyProblem(http);
        var body = Array.Empty<byte>();
        if (refusal is null)
            (body, refusal) = await RequestBody.Read(http, services.GetRequiredService<FrontEndOptions>().MaxBodyBytes);
        if (refusal is not null)
        {
            await Refuse(http, entry.Admission, refusal);
            return;
        }
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        var call = new ScanCall(entry.Token, body, ClientAddress.Of(http), key.Length > 0 ? key : null);
        ScanReply reply;
        try
        {
            var grains = services.GetRequiredService<IGrainFactory>();
            reply = mayWait && NamesAWait(body)
                ? await grains.GetGrain<IWaitingScanGrain>(GrainKeys.Waiting(TraceIds.Of(http))).Scan(call, http.RequestAborted)
                : await ask(grains.GetGrain<IScanGrain>(GrainKeys.Key(entry.Admission!.KeyId)), call);
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException)
        {
            await Write(http, 200, RefusalAnswers.Outage(TraceIds.Of(http), ReasonCodes.EngineUnavailable));
            return;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
            http.Abort();
            return;
        }
        TraceIds.Set(http, reply.TraceId);
        if (reply.Refusal is { } refused)
            await Refuse(http, entry.Admission, refused);
        else
            await Write(http, reply.Status, reply.Json!);
    }

    /// <summary>Only a scan that may be parked needs to hear that its caller has gone; the grain knows whether it really waits.</summary>
    static bool NamesAWait(byte[] body) => body.AsSpan().IndexOf("wait_ms"u8) >= 0;

    static Refusal? IdempotencyKeyProblem(HttpContext http) =>
        http.Request.Headers["Idempotency-Key"] is { Count: > 0 } keys && (keys.Count > 1 || keys[0] is null or { Length: 0 or > 255 })
            ? Problems.Invalid("Idempotency-Key", "The header must be given once, with 1 to 255 characters.")
            : null;

    /// <summary>A key may ask for errors as DENY: some published clients let the tool run on any status but 200.</summary>
    static Task Refuse(HttpContext http, Admission? admission, Refusal refusal) =>
        admission is { ErrorsAsDeny: true } && refusal.Status != 401
            ? Write(http, 200, RefusalAnswers.ErrorAsDeny(TraceIds.Of(http), refusal))
            : Problems.Write(http, refusal);

    static Task Write(HttpContext http, int status, byte[] json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = json.Length;
        return http.Response.Body.WriteAsync(json).AsTask();
    }
}
