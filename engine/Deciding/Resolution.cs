using Interven.Contracts;

namespace Interven.Engine.Deciding;

/// <summary>The last phase: what a grant, a denial, a person or an outage makes of a verdict.</summary>
public static class Resolution
{
    /// <summary>How soon a caller is asked to come back after an outage.</summary>
    public const int DefaultRetryMs = 1000;

    /// <summary>A verdict that asks nobody.</summary>
    public static Outcome Of(Verdict verdict) => verdict.Decision == Decision.RequireApproval
        ? Of(verdict, new ApprovalReply.Unavailable(DefaultRetryMs))
        : new()
        {
            Verdict = verdict,
            Decision = verdict.Decision,
            Reasons = verdict.Reasons,
            SanitisedBody = verdict.Decision == Decision.Sanitize ? verdict.SanitisedBody : null,
            RetryAfterMs = verdict.Cause == Cause.Outage ? DefaultRetryMs : null,
            HeldAgainst = verdict.Cause is not (Cause.Outage or Cause.Suspended),
        };

    /// <summary>A verdict with what the approvals said. A reply satisfies REQUIRE_APPROVAL and nothing else; to any other decision it changes nothing.</summary>
    public static Outcome Of(Verdict verdict, ApprovalReply reply) => verdict.Decision != Decision.RequireApproval ? Of(verdict) : reply switch
    {
        ApprovalReply.Pending pending => new()
        {
            Verdict = verdict,
            Decision = Decision.RequireApproval,
            Reasons = verdict.Reasons,
            SanitisedBody = verdict.SanitisedBody,
            Approval = pending.Id,
            Pending = new(pending.Url, pending.ExpiresAt),
        },
        ApprovalReply.RecentGrant grant => Released(verdict, grant.Id, verdict.SanitisedBody, ReasonCodes.RecentApprovalGrant),
        ApprovalReply.Approved approved => Released(verdict, approved.Id, verdict.SanitisedBody, ReasonCodes.ApprovedByReviewer),
        ApprovalReply.Edited edited => Released(verdict, edited.Id, edited.Body, edited.IsRecent ? ReasonCodes.RecentApprovalGrant : ReasonCodes.ApprovedByReviewer, ReasonCodes.EditedByReviewer),
        ApprovalReply.RecentDenial denial => Refused(verdict, denial.Id, ReasonCodes.RecentDenial),
        // The reviewer's own denial is charged to the agent's trust where it is made, once.
        ApprovalReply.Denied denied => Refused(verdict, denied.Id, ReasonCodes.DeniedByReviewer),
        ApprovalReply.Expired expired => Refused(verdict, expired.Id, ReasonCodes.ApprovalExpired),
        ApprovalReply.AlreadyUsed used => Refused(verdict, used.Id, ReasonCodes.ApprovalAlreadyUsed),
        ApprovalReply.PolicyChanged changed => Refused(verdict, changed.Id, ReasonCodes.PolicyChanged),
        ApprovalReply.Unavailable outage => Outage(verdict, ReasonCodes.EngineUnavailable, outage.RetryAfterMs),
        _ => Outage(verdict, ReasonCodes.EngineUnavailable, DefaultRetryMs),
    };

    /// <summary>
    /// A paused call, decided anew when its wait was over. What the rules of the day deny is denied, whatever was clicked; rules that no longer ask
    /// change nothing of who released it.
    /// </summary>
    public static Outcome Resumed(Verdict today, ApprovalReply reply) => Of(
        today with { Decision = Decision.RequireApproval },
        today.Decision != Decision.Deny ? reply : reply switch
        {
            ApprovalReply.Approved approved => new ApprovalReply.PolicyChanged(approved.Id),
            ApprovalReply.Edited edited => new ApprovalReply.PolicyChanged(edited.Id),
            _ => reply,
        });

    /// <summary>The answer when the record cannot be made durable, or a deciding part is out: DENY, whatever was decided.</summary>
    public static Outcome Outage(Verdict verdict, string reason, int retryAfterMs = DefaultRetryMs) => new()
    {
        Verdict = verdict,
        Decision = Decision.Deny,
        Reasons = [.. verdict.Reasons.Prepend(reason).Distinct(StringComparer.Ordinal)],
        RetryAfterMs = retryAfterMs,
        HeldAgainst = false,
    };

    static Outcome Released(Verdict verdict, ApprovalId approval, byte[]? body, params ReadOnlySpan<string> reasons) => new()
    {
        Verdict = verdict,
        Decision = body is null ? Decision.Allow : Decision.Sanitize,
        Reasons = [.. reasons, .. verdict.Reasons],
        SanitisedBody = body,
        Approval = approval,
    };

    static Outcome Refused(Verdict verdict, ApprovalId approval, string reason) => new()
    {
        Verdict = verdict,
        Decision = Decision.Deny,
        Reasons = [reason, .. verdict.Reasons],
        Approval = approval,
        HeldAgainst = false,
    };
}
