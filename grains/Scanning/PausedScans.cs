using Interven.Contracts.Approvals;
using Interven.Engine.Deciding;
using Interven.Engine.Risk;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Approvals;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Interven.Grains.Scanning;

/// <summary>
/// The second half of a scan whose caller waits for a person. Parked, it is a timer and a call into the approval's grain; released, it is decided anew
/// by the rules of the moment, takes its use of the grant in the transaction of its own record, and answers.
/// </summary>
sealed partial class PausedScans(
    KeyGate gate, TenantCache tenants, IApprovalStore approvals, ApprovalWatch watch, Edits edits, AgentLessons lessons, Recorder recorder, RefusedScans refusals, RepeatedRequests repeats, SiloLease lease, Serializer<AgentFacts> facts, TimeProvider clock, ILogger<PausedScans> log)
{
    /// <summary>What is needed to wait on with a scan, here or elsewhere.</summary>
    public PausedScan Of(ScanAttempt paused, Outcome outcome) => new(
        paused.Key!.Tenant.Value, paused.Trace.Value, outcome.Approval!.Value.Value, outcome.Pending!.Url, outcome.Pending.ExpiresAt,
        TimeSpan.FromMilliseconds(paused.Scan!.Scan.WaitMs), paused.Verdict?.Agent is { } agent ? facts.SerializeToArray(agent) : null);

    public async Task<ScanReply> Wait(ScanAttempt paused, Outcome outcome, ScanReply asked, CancellationToken hungUp)
    {
        var scan = Of(paused, outcome);
        return await Wait(paused.Call, scan, scan.Wait, isLast: true, hungUp) ?? asked;
    }

    /// <summary>Null: the first answer still says it all.</summary>
    public async Task<ScanReply?> Wait(ScanCall call, PausedScan paused, TimeSpan wait, bool isLast, CancellationToken hungUp)
    {
        var reply = Said(await watch.End(new(paused.Tenant), new(paused.Approval), wait, hungUp), paused);
        // Who hung up takes no use.
        if (hungUp.IsCancellationRequested || reply is ApprovalReply.Pending && (!isLast || call.IdempotencyKey is null))
            return null;
        var attempt = new ScanAttempt(Named(call, paused, reply), RequestForm.Scan, lease.Term, clock, new(paused.Trace)) { Kind = reply is ApprovalReply.Pending ? "waited" : "released" };
        var work = Resume(attempt, reply, paused.Agent is { } agent ? facts.Deserialize(agent) : null);
        try
        {
            return await work.WaitAsync(ScanFlow.Deadline, clock, CancellationToken.None);
        }
        catch (TimeoutException) when (!attempt.TryAbandon())
        {
            return await work;
        }
        catch (TimeoutException)
        {
            return refusals.Refuse(attempt, ReasonCodes.AuditUnavailable);
        }
        catch (Exception e)
        {
            Failed(log, e.GetType().Name, attempt.Trace.Value);
            return refusals.Refuse(attempt, ReasonCodes.EngineUnavailable);
        }
    }

    /// <summary>
    /// A release has a name, so that it is given once: where a silo dies or hangs between the record and the answer, whoever waits on for the caller elsewhere gets the answer of that
    /// record. No header can hold this name, for it begins with a space.
    /// </summary>
    static ScanCall Named(ScanCall call, PausedScan paused, ApprovalReply reply) =>
        call.IdempotencyKey is null && reply is not ApprovalReply.Pending ? call with { IdempotencyKey = $" released/{paused.Trace:N}" } : call;

    static ApprovalReply Said(ApprovalStatus? status, PausedScan paused)
    {
        var approval = new ApprovalId(paused.Approval);
        return status switch
        {
            { Status: "approved" } => new ApprovalReply.Approved(approval),
            { Status: "denied", Reason: ReasonCodes.PolicyChanged } => new ApprovalReply.PolicyChanged(approval),
            { Status: "denied" } => new ApprovalReply.Denied(approval),
            { Status: "expired" } => new ApprovalReply.Expired(approval),
            _ => new ApprovalReply.Pending(approval, paused.Url, paused.ExpiresAt),
        };
    }

    async Task<ScanReply> Resume(ScanAttempt attempt, ApprovalReply said, AgentFacts? agent)
    {
        var (key, refusal) = await gate.Enter(attempt.Call.Token, attempt.Call.ClientAddress);
        if (refusal is not null)
            return refusal.Status == 503 ? refusals.Refuse(attempt, refusal.Reason) : attempt.Refused(refusal);
        if (await tenants.Find(key!.Tenant) is not { } tenant)
            return attempt.Refused(new(401, ReasonCodes.InvalidKey, "The API key is unknown, expired or revoked."));
        var row = said is ApprovalReply.Approved approved ? await approvals.Find(key.Tenant, approved.Id) : null;
        var edit = row is null ? null : await edits.Open(row);
        using var request = ScanRequests.Read(edit?.Body ?? attempt.Call.Body, attempt.Form, tenant, key, attempt.Call.ClientAddress);
        if (request.Refusal is { } invalid)
            return attempt.Refused(invalid);
        attempt.Begin(key, tenant, request.Scan!);
        request.Scan!.Classify();
        attempt.IsClassified = true;
        // The agent's history is that of the call: waiting is not another one.
        var today = Pipeline.Decide(request.Scan, agent, clock.GetUtcNow());
        attempt.Verdict = today;
        var outcome = Resolution.Resumed(today, row is null ? said : Granted(row, edit is null ? null : Edits.Effective(today, request.Scan), today));
        var (reply, answer) = await recorder.Record(attempt, outcome, useGrant: outcome.Decision is Decision.Allow or Decision.Sanitize ? outcome.Approval : null);
        if (reply is CommitReply.GrantGone)
        {
            outcome = Resolution.Resumed(today, new ApprovalReply.AlreadyUsed(outcome.Approval!.Value));
            (reply, answer) = await recorder.Record(attempt, outcome);
        }
        return reply switch
        {
            CommitReply.Committed when !lease.Holds(attempt.Term) || !attempt.TryEnd() => await refusals.TakeBack(attempt, outcome),
            CommitReply.Committed => Answered(attempt, outcome, answer),
            CommitReply.IdempotencyTaken taken => await repeats.Recovered(attempt, taken.Answer),
            _ => refusals.Refuse(attempt, ReasonCodes.AuditUnavailable),
        };
    }

    /// <summary>What an approval is worth by the rules of this moment: nothing under milder terms than they ask for, and nothing where its edited body is used up.</summary>
    static ApprovalReply Granted(ApprovalRow row, byte[]? edited, Verdict today)
    {
        var approval = row.Opening.Approval;
        if (today.Approval is { } terms && !row.Meets(terms))
            return new ApprovalReply.PolicyChanged(approval);
        if (edited is not null)
            return new ApprovalReply.Edited(approval, edited);
        return row.SealedEditView is null ? new ApprovalReply.Approved(approval) : new ApprovalReply.AlreadyUsed(approval);
    }

    ScanReply Answered(ScanAttempt attempt, Outcome outcome, byte[] answer)
    {
        if (outcome.Decision is Decision.Allow or Decision.Sanitize)
            lessons.Redeemed(attempt.Key!.Tenant, attempt.Key.CountedKeyId, attempt.Scan!).Ignore();
        return new(200, attempt.Trace.Value, answer);
    }

    [LoggerMessage(2205, LogLevel.Error, "A scan that waited for a person was refused: {Fault} inside, trace {TraceId}")]
    static partial void Failed(ILogger logger, string fault, Guid traceId);
}
