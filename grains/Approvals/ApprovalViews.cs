using Interven.Contracts.Approvals;
using Interven.Engine.Approvals;
using Interven.Engine.Deciding;
using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

/// <summary>An approval's row in the words of the API and of the rules.</summary>
static class ApprovalViews
{
    public static ApprovalCase ToCase(this ApprovalRow row) => new(row.State, row.ExpiresAt, row.Opening.Required, ApprovalCase.ReadVotes(row.VotesJson));

    public static ApprovalStatus ToStatus(this ApprovalRow row) => new(
        ApprovalRules.WordOf(row.State), ApprovalRules.ReasonOf(row.State, ApprovalCase.ReadVotes(row.VotesJson)), Decider(row), row.DecidedAt, row.ExpiresAt,
        row.State is ApprovalState.Expired or ApprovalState.Withdrawn ? ApprovalRules.NobodyAnswered : null);

    public static Approval ToApproval(this ApprovalRow row, int? waiting = null)
    {
        var (opening, votes) = (row.Opening, ApprovalCase.ReadVotes(row.VotesJson));
        return new(
            opening.Approval.Value, ApprovalRules.WordOf(row.State), ApprovalRules.ReasonOf(row.State, votes), opening.Trace.Value, opening.KeyId, opening.AgentId,
            opening.Env, opening.Tool, opening.Operation, opening.Band, opening.Sentence, opening.Policy?.Value, opening.PolicyVersion, opening.RuleId,
            ApprovalCase.RequiredSoFar(row.State, opening.Required, votes), votes, opening.GrantUses, row.UsesLeft, row.OpenedAt, row.ExpiresAt, row.DecidedAt, Decider(row), row.Note, row.WindowEndsAt,
            opening.ApproverGroup, opening.EscalateTo, row.CallHash(), votes.Any(vote => vote.Edited), waiting);
    }

    /// <summary>Whether it was approved under terms that do for these.</summary>
    public static bool Meets(this ApprovalRow row, ApprovalTerms terms) => terms.AreMetBy(ApprovalCase.Approvers(ApprovalCase.ReadVotes(row.VotesJson)), row.Opening.ApproverGroup);

    public static Grant ToGrant(this ApprovalRow row) => new(
        row.Opening.Approval.Value, row.Opening.AgentId, row.Opening.Env, row.Opening.Tool, row.Opening.Operation, row.Opening.Sentence, row.CallHash(),
        ApprovalCase.ReadVotes(row.VotesJson).Any(vote => vote.Edited), row.Opening.GrantUses, row.UsesLeft, row.WindowEndsAt, row.DecidedAt, row.DecidedBy, row.LastUsedAt);

    public static EarlierDecision ToEarlier(this ApprovalRow row) => new(
        row.Opening.Approval.Value, ApprovalRules.WordOf(row.State), ApprovalRules.ReasonOf(row.State, ApprovalCase.ReadVotes(row.VotesJson)), row.Opening.Sentence,
        row.DecidedAt, Decider(row), row.Note);

    static string CallHash(this ApprovalRow row) => Convert.ToHexStringLower(row.Opening.Signature.AsSpan(0, 8));

    /// <summary>Nobody decided what expired.</summary>
    static string? Decider(ApprovalRow row) => row.State is ApprovalState.Approved or ApprovalState.Denied ? row.DecidedBy : null;
}
