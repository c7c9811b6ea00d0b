using Interven.Contracts;
using Interven.Contracts.Approvals;

namespace Interven.Engine.Approvals;

/// <summary>The states of an approval and what may change them: pending → approved, denied, expired or withdrawn, and nothing after that.</summary>
public static class ApprovalRules
{
    public const string Approves = "approve";
    public const string Denies = "deny";
    public const string RulesChanged = "policy_changed";

    /// <summary>What an expired approval says to whoever waited.</summary>
    public const string NobodyAnswered = "Nobody answered in time.";

    public static ApprovalRuling Apply(ApprovalCase approval, ApprovalCommand command, DateTimeOffset now)
    {
        var isOver = now >= approval.ExpiresAt;
        return command switch
        {
            ApprovalCommand.Expire when approval.State == ApprovalState.Pending && isOver => new ApprovalRuling.Next(ApprovalState.Expired, approval.Votes),
            ApprovalCommand.Withdraw when approval.State == ApprovalState.Pending => new ApprovalRuling.Next(ApprovalState.Withdrawn, approval.Votes),
            ApprovalCommand.Expire or ApprovalCommand.Withdraw => new ApprovalRuling.Unchanged(),
            _ when approval.State != ApprovalState.Pending => new ApprovalRuling.Refused(ReasonCodes.AlreadyDecided, approval.State),
            _ when isOver => new ApprovalRuling.Refused(ReasonCodes.AlreadyDecided, ApprovalState.Expired),
            ApprovalCommand.Deny deny => new ApprovalRuling.Next(ApprovalState.Denied, [.. approval.Votes, new(deny.By, Denies, now, deny.Note)]),
            ApprovalCommand.Approve approve => Approve(approval, approve, now),
            _ => new ApprovalRuling.Unchanged(),
        };
    }

    /// <summary>Whether an execution may be taken now; null, or the reason why not.</summary>
    /// <param name="state">Where the approval stands.</param>
    /// <param name="usesLeft">Executions left; none of a revoked grant.</param>
    /// <param name="wasUsed">One was taken. A grant that was revoked after some of its uses reads as used up.</param>
    /// <param name="windowEndsAt">End of the grant's window.</param>
    /// <param name="now">Time of the attempt.</param>
    public static string? WhyNotRedeemed(ApprovalState state, int usesLeft, bool wasUsed, DateTimeOffset? windowEndsAt, DateTimeOffset now) =>
        state != ApprovalState.Approved ? ReasonCodes.NotApproved
        : usesLeft <= 0 && wasUsed ? ReasonCodes.AlreadyRedeemed
        : usesLeft <= 0 || !(now < windowEndsAt) ? ReasonCodes.GrantExpired
        : null;

    /// <summary>Why an approval ended as it did; null while it is pending.</summary>
    public static string? ReasonOf(ApprovalState state, IReadOnlyList<ApprovalVote> votes) => state switch
    {
        ApprovalState.Pending => null,
        ApprovalState.Approved => votes.Any(vote => vote.Edited) ? ReasonCodes.EditedByReviewer : ReasonCodes.ApprovedByReviewer,
        ApprovalState.Denied => votes is [.., { Vote: RulesChanged }] ? ReasonCodes.PolicyChanged : ReasonCodes.DeniedByReviewer,
        _ => ReasonCodes.ApprovalExpired,
    };

    /// <summary>The state in the API's words. A withdrawn one has nobody left who could ask; it reads as expired.</summary>
    public static string WordOf(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "pending",
        ApprovalState.Approved => "approved",
        ApprovalState.Denied => "denied",
        _ => "expired",
    };

    static ApprovalRuling Approve(ApprovalCase approval, ApprovalCommand.Approve approve, DateTimeOffset now)
    {
        if (approve.IsOwn && approve.DutiesAreSeparate)
            return new ApprovalRuling.Refused(ReasonCodes.OwnRequest, ApprovalState.Pending);
        if (!approve.IsEligible)
            return new ApprovalRuling.Refused(ReasonCodes.NotEligible, ApprovalState.Pending);
        // Whatever was clicked: the rules come first.
        if (approve.IsNowDenied)
            return new ApprovalRuling.Next(ApprovalState.Denied, [.. approval.Votes, new(approve.By, RulesChanged, now, approve.Note)]);
        if (!approve.Edits && !approve.SawEdit)
            return new ApprovalRuling.Refused(ReasonCodes.EditedMeanwhile, ApprovalState.Pending);
        if (!approve.Edits && ApprovalCase.Standing(approval.Votes).Any(vote => vote.By == approve.By && vote.Vote == Approves))
            return new ApprovalRuling.Unchanged();
        ApprovalVote[] votes = [.. approval.Votes, new(approve.By, Approves, now, approve.Note, approve.Edits)];
        return new ApprovalRuling.Next(ApprovalCase.Approvers(votes) >= approval.Required ? ApprovalState.Approved : ApprovalState.Pending, votes);
    }
}
