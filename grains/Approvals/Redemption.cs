using System.Text.Json;
using Interven.Contracts.Approvals;
using Interven.Engine.Approvals;
using Interven.Engine.Deciding;
using Interven.GrainInterfaces;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;

namespace Interven.Grains.Approvals;

/// <summary>Turns an approved call into one execution: decided anew, and recorded in the transaction that takes the use.</summary>
sealed class Redemption(IApprovalStore approvals, IVault vault, CallReview review, Edits edits, AgentLessons lessons, Recorder recorder, RefusedScans refusals, SiloLease lease, TimeProvider clock)
{
    static readonly Refusal Changed = new(409, ReasonCodes.PolicyChanged, "The rules changed since the approval was asked for, and now deny the call.");
    static readonly Refusal Unavailable = new(503, ReasonCodes.AuditUnavailable, "The release could not be recorded, so nothing may be executed. Try again.", RetryAfterSeconds: 1);

    public async Task<Reply<RedeemedCall>> Of(ApprovalRow row, Actor caller)
    {
        if (row.Opening.KeyId != caller.Id)
            return new Refusal(403, ReasonCodes.Forbidden, "Only the key that asked may redeem.");
        if (ApprovalRules.WhyNotRedeemed(row.State, row.UsesLeft, row.LastUsedAt is not null, row.WindowEndsAt, lease.Now) is { } reason)
            return Refused(reason);
        if (SealedCall.Open(await vault.For(row.Opening.Tenant), row.Opening) is not { } call)
            return Refused(ReasonCodes.AlreadyRedeemed);
        var edit = await edits.Open(row);
        using var reviewed = await review.Of(row.Opening, edit ?? call);
        // Milder terms than today's rules ask for are none.
        if (reviewed is null || reviewed.Verdict.Approval is { } terms && !row.Meets(terms))
            return Changed;
        var attempt = new ScanAttempt(new("", call.Body, caller.Ip, null), call.Form, lease.Term, clock, row.Opening.Trace) { Kind = "released", Verdict = reviewed.Verdict, IsClassified = true };
        attempt.Begin(null, reviewed.Tenant, reviewed.Scan);
        var work = Take(row, attempt, reviewed, edit is not null, caller);
        try
        {
            return await work.WaitAsync(ScanFlow.Deadline, clock);
        }
        catch (TimeoutException) when (!attempt.TryAbandon())
        {
            return await work;
        }
        catch (TimeoutException)
        {
            return Unavailable;
        }
    }

    async Task<Reply<RedeemedCall>> Take(ApprovalRow row, ScanAttempt attempt, ReviewedCall reviewed, bool isEdited, Actor caller)
    {
        var approval = row.Opening.Approval;
        var outcome = Resolution.Resumed(reviewed.Verdict, isEdited
            ? new ApprovalReply.Edited(approval, Edits.Effective(reviewed.Verdict, reviewed.Scan))
            : new ApprovalReply.Approved(approval));
        var denied = outcome.Decision == Decision.Deny;
        var audit = new AuditRow { Tenant = row.Opening.Tenant, Actor = caller, Action = "approval.redeemed", Target = $"approval/{approval}", Result = denied ? ReasonCodes.PolicyChanged : "ok" };
        var (reply, _) = await recorder.Record(attempt, outcome, useGrant: denied ? null : approval, audit: audit);
        switch (reply)
        {
            case CommitReply.Committed when !lease.Holds(attempt.Term) || !attempt.TryEnd():
                await refusals.TakeBack(attempt, outcome);
                return Unavailable;
            case CommitReply.Committed:
                if (!denied)
                    lessons.Redeemed(row.Opening, reviewed.Scan).Ignore();
                return denied ? Changed : new RedeemedCall(outcome.Decision, outcome.SanitisedBody is { } body ? JsonElement.Parse(body) : null, attempt.Trace.Value);
            case CommitReply.GrantGone:
                var now = await approvals.Find(row.Opening.Tenant, approval);
                return Refused(now is null || now.UsesLeft == 0 ? ReasonCodes.AlreadyRedeemed : ReasonCodes.GrantExpired);
            default:
                return Unavailable;
        }
    }

    static Refusal Refused(string reason) => new(409, reason, reason switch
    {
        ReasonCodes.AlreadyRedeemed => "The approval has been used as often as it allows.",
        ReasonCodes.GrantExpired => "The approval's window is over; ask again.",
        _ => "The approval is not approved.",
    });
}
