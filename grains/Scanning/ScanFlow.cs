using Interven.Engine.Deciding;
using Interven.Engine.Risk;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Keys;
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
/// longer than a second, is a DENY.
/// </summary>
sealed partial class ScanFlow(
    KeyGate gate, TenantCache tenants, ApprovalDesk desk, Recorder recorder, RepeatedRequests repeats, KeyUseCounts counts, SiloLease lease,
    AgentGrains agents, IRefusalSpool spool, ScanMetrics metrics, IGrainFactory grains, TimeProvider clock, ILogger<ScanFlow> log)
{
    /// <summary>The whole answer, by our own clock: neither driver time-outs nor tokens bound a frozen server.</summary>
    static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(950);

    /// <summary>What an agent's history may cost; past it the history is unknown.</summary>
    static readonly TimeSpan AgentBudget = TimeSpan.FromMilliseconds(50);

    public async Task<ScanReply> Answer(ScanCall call, RequestForm form)
    {
        var attempt = new ScanAttempt(call, lease.Term, clock);
        var work = Decide(attempt, form);
        try
        {
            return work.IsCompletedSuccessfully ? work.Result : await work.WaitAsync(attempt.Left(Deadline), clock);
        }
        catch (TimeoutException)
        {
            if (!attempt.TryEnd())
                return await work;
            attempt.Abandon();
            return Refuse(attempt, ReasonCodes.AuditUnavailable);
        }
        catch (Exception e)
        {
            // The exception's message may quote what the caller sent.
            Failed(log, e.GetType().Name, attempt.Trace.Value);
            return Refuse(attempt, ReasonCodes.EngineUnavailable);
        }
    }

    async Task<ScanReply> Decide(ScanAttempt attempt, RequestForm form)
    {
        var (key, refusal) = await gate.Enter(attempt.Call.Token, attempt.Call.ClientAddress);
        if (refusal is not null)
            return refusal.Status == 503 ? Refuse(attempt, refusal.Reason) : attempt.Refused(refusal);
        if (await tenants.Find(key!.Tenant) is not { } tenant)
            return attempt.Refused(new(401, ReasonCodes.InvalidKey, "The API key is unknown, expired or revoked."));
        using var request = ScanRequests.Read(attempt.Call.Body, form, tenant, key, attempt.Call.ClientAddress);
        if (request.Refusal is { } invalid)
            return attempt.Refused(invalid);
        attempt.Begin(key, tenant, request.Scan!, form);
        try
        {
            return attempt.Call.IdempotencyKey is null ? await Take(attempt) : await repeats.Once(attempt, () => Take(attempt));
        }
        catch (Exception e) when (attempt.TryEnd())
        {
            // Here, while the scan can still be read: the refusal has a record of its own.
            Failed(log, e.GetType().Name, attempt.Trace.Value);
            return Refuse(attempt, ReasonCodes.EngineUnavailable);
        }
    }

    async Task<ScanReply> Take(ScanAttempt attempt)
    {
        var (key, scan) = (attempt.Key!, attempt.Scan!);
        var agent = agents.Of(key, scan.Tenant.Key.OfLabel(scan.AgentId));
        var history = agent.Observe(scan.Observation).AsTask();
        scan.Classify();
        attempt.IsClassified = true;
        if (key.IsEphemeral && (await grains.GetGrain<IEphemeralKeyGrain>(GrainKeys.EphemeralKey(key.KeyId)).TakeUse(key.Tenant.Value)).Refusal is { } used)
            return attempt.Refused(used);
        counts.Used(key);
        var verdict = Pipeline.Decide(scan, await Known(history), clock.GetUtcNow());
        if (verdict.Fault is { } fault)
            Failed(log, fault.GetType().Name, attempt.Trace.Value);
        attempt.Verdict = verdict;
        var (outcome, reply) = await desk.Settle(attempt, verdict);
        if (reply is null)
            return Refuse(attempt, outcome.IsDurable ? ReasonCodes.AuditUnavailable : outcome.Reasons[0]);
        if (!lease.Holds(attempt.Term) || !attempt.TryEnd())
        {
            // Decided by what may have been the old state, or too late: the record stands, the answer is a refusal, and a second record says so.
            await recorder.Amend(attempt, outcome);
            return Refuse(attempt, ReasonCodes.AuditUnavailable);
        }
        agent.Decided((AgentEvent.Decided)outcome.ToAgentEvent()).Ignore();
        metrics.Decided(outcome.Decision, attempt.Elapsed);
        return reply;
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

    ScanReply Refuse(ScanAttempt attempt, string reason)
    {
        var outcome = Resolution.Outage(attempt.Verdict ?? FailClosed.Refusal(reason, attempt.Scan?.Call), reason);
        if (attempt.TryRecordRefusal())
        {
            metrics.Refused(reason);
            if (Recorder.RefusalRow(attempt, outcome) is { } row)
                spool.TryAdd(row);
        }
        return new(200, attempt.Trace.Value, ScanAnswer.ToBytes(outcome, attempt.Trace));
    }

    [LoggerMessage(2201, LogLevel.Error, "A scan was refused: {Fault} inside, trace {TraceId}")]
    static partial void Failed(ILogger logger, string fault, Guid traceId);
}
