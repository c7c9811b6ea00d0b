using System.Runtime.CompilerServices;
using Interven.ApiFrontend.Approvals;
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
static partial class ScanEndpoints
{
    const string RepeatKey = "1 to 255 characters. The same key with the same body gets the first answer for 24 hours; with another body 409.";

    static readonly ConditionalWeakTable<Admission, KeyLoad> Loads = [];

    public static void MapScanning(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/scan", Scan)
            .Describe("Scan", "Decide one tool call",
                "Answers ALLOW, DENY, SANITIZE or REQUIRE_APPROVAL; a decision is always HTTP 200. The decision record is durable before the answer.")
            .TakesHeader("Idempotency-Key", RepeatKey).Takes(typeof(ScanRequest), Examples.Scan).Gives(200, typeof(ScanResponse), Examples.ScanAnswer).RefusesOnly(400, 401, 403, 409, 413, 429);
        app.MapPost("/v1/a2a/scan", Handover)
            .Describe("Scan", "Decide a hand-over between two agents", "Agents of another tenant or environment are refused with 403.")
            .TakesHeader("Idempotency-Key", RepeatKey).Takes(typeof(HandoverRequest), Examples.Handover).Gives(200, typeof(ScanResponse), Examples.ScanAnswer).RefusesOnly(400, 401, 403, 409, 413, 429);
        app.MapPost("/v1/scan/response", Response)
            .Describe("Scan", "Classify and redact what a tool answered", "Feeds the read-then-write correlation of later scans.")
            .Takes(typeof(ResponseScanRequest), Examples.ResponseScan).Gives(200, typeof(ResponseScanAnswer), Examples.ResponseScanAnswer)
            .Refuses(400, 401, 403, 404, 413, 429);
    }

    static Task Scan(HttpContext http) => Handle(http, static (scans, call) => scans.Scan(call), static (grain, call) => grain.Scan(call), mayWait: true);

    static Task Handover(HttpContext http) => Handle(http, static (scans, call) => scans.ScanHandover(call), static (grain, call) => grain.ScanHandover(call));

    static Task Response(HttpContext http) => Handle(http, static (scans, call) => scans.ScanResponse(call), static (grain, call) => grain.ScanResponse(call));

    static async Task Handle(HttpContext http, Func<ILocalScans, ScanCall, Task<ScanReply>> here, Func<IScanGrain, ScanCall, Task<ScanReply>> there, bool mayWait = false)
    {
        try
        {
            await Answer(http, here, there, mayWait);
        }
        catch (Exception e) when (!http.Response.HasStarted && e is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            // The silo is gone, frozen, or at fault.
            Failed(http.RequestServices.GetRequiredService<ILogger<Door>>(), e.GetType().Name, TraceIds.Of(http));
            await Refuse(http, null, new(503, ReasonCodes.EngineUnavailable, "No silo answered; send it again.", RetryAfterSeconds: 1));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
            http.Abort();
        }
    }

    static async Task Answer(HttpContext http, Func<ILocalScans, ScanCall, Task<ScanReply>> here, Func<IScanGrain, ScanCall, Task<ScanReply>> there, bool mayWait)
    {
        var services = http.RequestServices;
        var clock = services.GetRequiredService<TimeProvider>();
        var entry = await services.GetRequiredService<Door>().Enter(http, KeyScopes.Scan, again: false).AsTask().WaitAsync(Deadlines.Usual, clock);
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
        var waits = mayWait && Deadlines.NamesAWait(body);
        // A silo bounds its answer by itself; only one behind a network can be gone.
        var reply = services.GetService<ILocalScans>() is { } scans ? await (waits ? scans.ScanPausing(call) : here(scans, call))
            : await LoadOf(services, entry.Admission!).Ask(grain => waits ? grain.ScanPausing(call) : there(grain, call)).WaitAsync(Deadlines.Usual, clock);
        if (reply.Paused is not null)
            reply = await services.GetRequiredService<ParkedCallers>().Scan(http, call, reply);
        TraceIds.Set(http, reply.TraceId);
        if (reply.Refusal is { } refused)
            await Refuse(http, entry.Admission, refused);
        else if (Metrics(http).FailsOpen(reply.Json))
            await Write(http, 200, RefusalAnswers.Outage(reply.TraceId, ReasonCodes.AuditUnavailable));
        else
            await Write(http, reply.Status, reply.Json!);
    }

    static KeyLoad LoadOf(IServiceProvider services, Admission admission)
    {
        if (!Loads.TryGetValue(admission, out var load))
            Loads.AddOrUpdate(admission, load = new(services.GetRequiredService<Lanes>(), admission.KeyId));
        return load;
    }

    static Refusal? IdempotencyKeyProblem(HttpContext http) =>
        http.Request.Headers["Idempotency-Key"] is { Count: > 0 } keys && (keys.Count > 1 || keys[0] is null or { Length: 0 or > 255 })
            ? Problems.Invalid("Idempotency-Key", "The header must be given once, with 1 to 255 characters.")
            : null;

    /// <summary>Published clients let the tool run on any status but 200, so an outage is DENY, and a key may ask for that with all errors. A response scan decides nothing.</summary>
    static Task Refuse(HttpContext http, Admission? admission, Refusal refusal)
    {
        Metrics(http).Refused(refusal.Reason);
        return http.Request.Path.StartsWithSegments("/v1/scan/response", StringComparison.OrdinalIgnoreCase) ? Problems.Write(http, refusal)
            : refusal.Status == 503 ? Write(http, 200, RefusalAnswers.Outage(TraceIds.Of(http), refusal.Reason))
            : admission is { ErrorsAsDeny: true } && refusal.Status != 401 ? Write(http, 200, RefusalAnswers.ErrorAsDeny(TraceIds.Of(http), refusal))
            : Problems.Write(http, refusal);
    }

    [LoggerMessage(4101, LogLevel.Warning, "A call was refused, because no silo answered it: {Exception}, trace {TraceId}")]
    static partial void Failed(ILogger logger, string exception, Guid traceId);

    static DoorMetrics Metrics(HttpContext http) => http.RequestServices.GetRequiredService<DoorMetrics>();

    static Task Write(HttpContext http, int status, byte[] json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = json.Length;
        return http.Response.Body.WriteAsync(json).AsTask();
    }
}
