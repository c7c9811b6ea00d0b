using Interven.Contracts.Approvals;
using Interven.Engine.Deciding;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Approvals;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Scanning;

/// <summary>
/// The second half of a scan whose caller waits for a person. Parked, it is a timer and a call into the approval's grain; released, it is decided anew
/// by the rules of the moment, takes its use of the grant in the transaction of its own record, and answers.
/// </summary>
sealed partial class PausedScans(
    KeyGate gate, TenantCache tenants, IApprovalStore approvals, Edits edits, AgentLessons lessons, Recorder recorder, RefusedScans refusals, RepeatedRequests repeats, SiloLease lease, IGrainFactory grains, TimeProvider clock, ILogger<PausedScans> log)
{
    /// <summary>The approval's silo may be gone; the next one answers.</summary>
    static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromMilliseconds(200);

    public async Task<ScanReply> Wait(ScanAttempt paused, Outcome outcome, ScanReply asked, CancellationToken hungUp)
    {
        var approval = outcome.Approval!.Value;
        var status = await Parked(paused, approval, TimeSpan.FromMilliseconds(paused.Scan!.Scan.WaitMs), hungUp);
        var reply = Said(status, outcome);
        // Who hung up takes no use. Without an Idempotency-Key the first answer still says it all.
        if (hungUp.IsCancellationRequested || reply is ApprovalReply.Pending && paused.Call.IdempotencyKey is null)
            return asked;
        var attempt = new ScanAttempt(paused.Call, paused.Form, lease.Term, clock, paused.Trace) { Kind = reply is ApprovalReply.Pending ? "waited" : "released", Verdict = paused.Verdict };
        var work = Resume(attempt, reply);
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

    /// <summary>Where the approval stands when it is decided, or when the time is over; null where nobody could say.</summary>
    async Task<ApprovalStatus?> Parked(ScanAttempt paused, ApprovalId approval, TimeSpan wait, CancellationToken hungUp)
    {
        var grain = grains.GetGrain<IApprovalGrain>(GrainKeys.Approval(paused.Key!.Tenant.Value, approval.Value));
        var started = clock.GetTimestamp();
        while (true)
        {
            var left = wait - clock.GetElapsedTime(started);
            try
            {
                var status = (await grain.Status(left > TimeSpan.Zero ? left : TimeSpan.Zero, hungUp)).Value;
                // Pending before its time: the approval's silo is on its way out.
                if (status is not { Status: "pending" } || wait - clock.GetElapsedTime(started) <= BeforeAskingAgain || hungUp.IsCancellationRequested)
                    return status;
                await Task.Delay(BeforeAskingAgain, clock, hungUp);
            }
            catch (OperationCanceledException) when (hungUp.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                Lost(log, e.GetType().Name, paused.Trace.Value);
                if (left <= TimeSpan.Zero)
                    return null;
                await Task.Delay(BeforeAskingAgain, clock, CancellationToken.None);
            }
        }
    }

    static ApprovalReply Said(ApprovalStatus? status, Outcome pausing)
    {
        var approval = pausing.Approval!.Value;
        return status switch
        {
            { Status: "approved" } => new ApprovalReply.Approved(approval),
            { Status: "denied", Reason: ReasonCodes.PolicyChanged } => new ApprovalReply.PolicyChanged(approval),
            { Status: "denied" } => new ApprovalReply.Denied(approval),
            { Status: "expired" } => new ApprovalReply.Expired(approval),
            _ => new ApprovalReply.Pending(approval, pausing.Pending!.Url, pausing.Pending.ExpiresAt),
        };
    }

    async Task<ScanReply> Resume(ScanAttempt attempt, ApprovalReply said)
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
        var today = Pipeline.Decide(request.Scan, attempt.Verdict?.Agent, clock.GetUtcNow());
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

    [LoggerMessage(2206, LogLevel.Warning, "A waiting scan lost its approval's silo ({Fault}) and asks again, trace {TraceId}")]
    static partial void Lost(ILogger logger, string fault, Guid traceId);
}
