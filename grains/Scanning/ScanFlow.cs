using Interven.Engine.Deciding;
using Interven.Engine.Risk;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Agents;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Scanning;

/// <summary>
/// One scan from bytes to bytes: key → tenant → engine ∥ agent → approvals → record → answer. Whatever goes wrong on the way, and whatever takes
/// longer than a second, is a DENY; only a wait for a person may be longer, where the caller asked for it.
/// </summary>
sealed partial class ScanFlow(
    KeyGate gate, TenantCache tenants, ApprovalDesk desk, PausedScans paused, RefusedScans refusals, RepeatedRequests repeats, KeyUseCounts counts,
    AgentLines agents, ScanMetrics metrics, SiloLease lease, IDecisionLog decisions, TimeProvider clock, ILogger<ScanFlow> log)
{
    /// <summary>The whole answer, by our own clock: neither driver time-outs nor tokens bound a frozen server.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(900);

    /// <summary>What an agent's history may cost; past it the history is unknown.</summary>
    static readonly TimeSpan AgentBudget = TimeSpan.FromMilliseconds(50);

    public Task<ScanReply> Answer(ScanCall call, RequestForm form, CancellationToken hungUp = default) => Answer(new ScanAttempt(call, form, lease.Term, clock), hungUp);

    /// <summary>Does not wait for a person itself: the answer says how to.</summary>
    public Task<ScanReply> Pause(ScanCall call) => Answer(new ScanAttempt(call, RequestForm.Scan, lease.Term, clock) { OnlyPauses = true }, CancellationToken.None);

    async Task<ScanReply> Answer(ScanAttempt attempt, CancellationToken hungUp)
    {
        try
        {
            var work = Decide(attempt, hungUp);
            try
            {
                return work.IsCompletedSuccessfully ? work.Result : await work.WaitAsync(attempt.Left(Deadline), clock, CancellationToken.None);
            }
            catch (TimeoutException) when (!attempt.TryAbandon())
            {
                return await work;
            }
        }
        catch (TimeoutException)
        {
            decisions.Doubt();
            return refusals.Refuse(attempt, ReasonCodes.AuditUnavailable);
        }
        catch (Exception e)
        {
            // The exception's message may quote what the caller sent.
            Failed(log, e.GetType().Name, attempt.Trace.Value);
            return refusals.Refuse(attempt, ReasonCodes.EngineUnavailable);
        }
    }

    async Task<ScanReply> Decide(ScanAttempt attempt, CancellationToken hungUp)
    {
        var (key, refusal) = await gate.Enter(attempt.Call.Token, attempt.Call.ClientAddress);
        if (refusal is not null)
            return refusal.Status == 503 ? refusals.Refuse(attempt, refusal.Reason) : attempt.Refused(refusal);
        var found = tenants.Find(key!.Tenant);
        if (!found.IsCompleted && decisions.Health != LogHealth.Available)
            return refusals.Refuse(attempt, ReasonCodes.AuditUnavailable);
        if (await found is not { } tenant)
            return attempt.Refused(new(401, ReasonCodes.InvalidKey, "The API key is unknown, expired or revoked."));
        using var request = ScanRequests.Read(attempt.Call.Body, attempt.Form, tenant, key, attempt.Call.ClientAddress);
        if (request.Refusal is { } invalid)
            return attempt.Refused(invalid);
        attempt.Begin(key, tenant, request.Scan!);
        try
        {
            // While the store is out nothing is decided, let alone twice.
            return attempt.Call.IdempotencyKey is null || decisions.Health != LogHealth.Available
                ? await Take(attempt, request, hungUp)
                : await repeats.Once(attempt, () => Take(attempt, request, hungUp));
        }
        catch (Exception e) when (attempt.TryEnd())
        {
            // Here, while the scan can still be read: the refusal has a record of its own.
            Failed(log, e.GetType().Name, attempt.Trace.Value);
            return refusals.Refuse(attempt, ReasonCodes.EngineUnavailable);
        }
    }

    async Task<ScanReply> Take(ScanAttempt attempt, ScanRequests request, CancellationToken hungUp)
    {
        var (outcome, reply) = await Settle(attempt);
        if (outcome is null || !attempt.IsWaiting)
            return reply;
        if (attempt.OnlyPauses)
            return reply with { Paused = paused.Of(attempt, outcome) };
        // The buffers are needed by others meanwhile; the call is read anew when the wait is over.
        request.Dispose();
        return await paused.Wait(attempt, outcome, reply, hungUp);
    }

    /// <summary>No outcome where the answer is a refusal that stands without its record.</summary>
    async Task<(Outcome?, ScanReply)> Settle(ScanAttempt attempt)
    {
        var (key, scan) = (attempt.Key!, attempt.Scan!);
        var agent = agents.Of(key, scan.Tenant.Key.OfLabel(scan.AgentId));
        var history = agent.Observe(scan.Observation);
        scan.Classify();
        attempt.IsClassified = true;
        if (decisions.Health != LogHealth.Available)
            return (null, RefuseAtOnce(attempt));
        counts.Used(key);
        var verdict = Pipeline.Decide(scan, await Known(history), clock.GetUtcNow());
        if (verdict.Fault is { } fault)
            Failed(log, fault.GetType().Name, attempt.Trace.Value);
        attempt.Verdict = verdict;
        var (outcome, reply) = await desk.Settle(attempt, verdict);
        if (reply is null)
            return (null, refusals.Refuse(attempt, outcome.IsDurable ? ReasonCodes.AuditUnavailable : outcome.Reasons[0]));
        // Nothing was recorded: the ephemeral key is used up, or the Idempotency-Key stands for another body.
        if (reply.Refusal is not null)
            return (null, reply);
        var isOwn = reply.TraceId == attempt.Trace.Value;
        if (!lease.Holds(attempt.Term) || !(isOwn && attempt.WillWait(outcome) ? attempt.TryWait() : attempt.TryEnd()))
            return (null, isOwn ? await refusals.TakeBack(attempt, outcome) : refusals.Refuse(attempt, ReasonCodes.AuditUnavailable));
        agent.Decided((AgentEvent.Decided)outcome.ToAgentEvent());
        metrics.Decided(outcome.Decision, attempt.Elapsed);
        return (isOwn ? outcome : null, reply);
    }

    /// <summary>The store is out, so the call is refused whatever was found: nobody is waited for, and no use of a key is taken.</summary>
    ScanReply RefuseAtOnce(ScanAttempt attempt)
    {
        attempt.Verdict = Pipeline.Decide(attempt.Scan!, null, clock.GetUtcNow());
        return refusals.Refuse(attempt, ReasonCodes.AuditUnavailable);
    }

    async ValueTask<AgentFacts?> Known(Task<AgentFacts> history)
    {
        if (history.IsCompletedSuccessfully)
            return history.Result;
        try
        {
            return await history.WaitAsync(AgentBudget, clock);
        }
        catch (Exception)
        {
            // Unknown history counts against the call, not for it.
            return null;
        }
    }

    [LoggerMessage(2201, LogLevel.Error, "A scan was refused: {Fault} inside, trace {TraceId}")]
    static partial void Failed(ILogger logger, string fault, Guid traceId);
}
