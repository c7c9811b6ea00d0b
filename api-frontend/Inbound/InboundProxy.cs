using Interven.ApiFrontend.Approvals;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Scanning;
using Interven.Contracts;
using Interven.Contracts.Inbound;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;

namespace Interven.ApiFrontend.Inbound;

/// <summary>A call through an inbound route: taken in, scanned, and forwarded or not. Whatever cannot be decided is blocked, unless the route chose otherwise.</summary>
sealed partial class InboundProxy(InboundDoor door, Upstream upstream, InboundMetrics metrics, ParkedCallers parked, Lanes lanes, TimeProvider clock, ILogger<InboundProxy> log)
{
    static readonly Refusal Blocked = new(503, ReasonCodes.EngineUnavailable, "Nothing can be decided or recorded now, so nothing is forwarded. Try again.", RetryAfterSeconds: 1);

    public async Task Handle(HttpContext http)
    {
        try
        {
            var (call, refusal) = await door.Enter(http);
            if (refusal is not null)
                await Problems.Write(http, refusal);
            else
                await Decide(http, call!);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
        }
        catch (Exception e) when (!http.Response.HasStarted && e is not BadHttpRequestException)
        {
            Failed(log, e.GetType().Name, TraceIds.Of(http));
            await Problems.Write(http, Blocked);
        }
    }

    async Task Decide(HttpContext http, InboundCall call)
    {
        var (verdict, refusal) = await Scan(http, call);
        if (refusal is not null)
        {
            await Problems.Write(http, refusal);
            return;
        }
        if (verdict!.TraceId != Guid.Empty)
            TraceIds.Set(http, verdict.TraceId);
        var isOpen = verdict.IsOut && call.Route.FailureMode == FailureModes.FailOpen;
        Say(http, isOpen ? FailureModes.FailOpen : verdict.IsOut ? "DENY" : verdict.Decision, verdict.Reasons);
        if (isOpen)
        {
            metrics.FailedOpen();
            FailedOpen(log, call.Route.Prefix, TraceIds.Of(http));
            await upstream.Forward(http, call, call.Body.Bytes, isScanned: false);
        }
        else if (verdict.IsOut)
            await Problems.Write(http, Blocked);
        else
            await Follow(http, call, verdict);
    }

    async Task Follow(HttpContext http, InboundCall call, InboundVerdict verdict)
    {
        switch (verdict.Decision)
        {
            case "ALLOW":
                await upstream.Forward(http, call, call.Body.Bytes, isScanned: true);
                break;
            case "SANITIZE" when verdict.Sanitised is { } sanitised && call.Body.Redacted(sanitised) is { } redacted:
                await upstream.Forward(http, call, redacted, isScanned: true);
                break;
            case "REQUIRE_APPROVAL":
                http.Response.StatusCode = 202;
                await http.Response.WriteAsJsonAsync(new PausedInboundCall(verdict.Decision, verdict.ApprovalId, verdict.ApprovalUrl, verdict.ExpiresAt, verdict.TraceId, verdict.Reasons), ContractJson.Default.PausedInboundCall);
                break;
            case "DENY":
                await Problems.Write(http, 403, ReasonCodes.CallDenied, $"The call was denied: {string.Join(", ", verdict.Reasons)}.");
                break;
            default:
                Say(http, "DENY", [ReasonCodes.CannotSanitize]);
                await Problems.Write(http, 403, ReasonCodes.CallDenied, "The call could not be sanitised in the shape it has.");
                break;
        }
    }

    async Task<(InboundVerdict?, Refusal?)> Scan(HttpContext http, InboundCall call)
    {
        var scan = new ScanCall(call.Token, call.ToScan(http.Request), ClientAddress.Of(http), null);
        try
        {
            var reply = await lanes.ScanOf(call.Token).Ask(grain => call.WaitSeconds > 0 ? grain.ScanPausing(scan) : grain.Scan(scan)).WaitAsync(Deadlines.Usual, clock);
            return InboundVerdict.Of(reply.Paused is null ? reply : await parked.Scan(http, scan, reply));
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException)
        {
            Failed(log, e.GetType().Name, TraceIds.Of(http));
            return (InboundVerdict.Out, null);
        }
    }

    static void Say(HttpContext http, string decision, IReadOnlyList<string> reasons)
    {
        http.Response.Headers[InboundHeaders.Decision] = decision;
        if (reasons.Count > 0)
            http.Response.Headers[InboundHeaders.Reasons] = string.Join(", ", reasons.Select(reason => new string([.. reason.Where(c => c is > ' ' and <= '~' and not ',')])));
    }

    [LoggerMessage(4803, LogLevel.Error, "A call through an inbound route was blocked: {Exception}, trace {TraceId}")]
    static partial void Failed(ILogger logger, string exception, Guid traceId);

    [LoggerMessage(4804, LogLevel.Warning, "Route {Prefix} let a call through undecided, as it is set to, trace {TraceId}")]
    static partial void FailedOpen(ILogger logger, string prefix, Guid traceId);
}
