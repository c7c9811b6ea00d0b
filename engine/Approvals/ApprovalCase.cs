using System.Text.Json;
using Interven.Contracts;
using Interven.Contracts.Approvals;

namespace Interven.Engine.Approvals;

/// <summary>What the rules need to know of an approval.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="ExpiresAt">From then on nobody can decide it.</param>
/// <param name="Required">Different people who must approve.</param>
/// <param name="Votes">So far.</param>
public sealed record ApprovalCase(ApprovalState State, DateTimeOffset ExpiresAt, int Required, IReadOnlyList<ApprovalVote> Votes)
{
    /// <summary>Votes as they are stored.</summary>
    public static IReadOnlyList<ApprovalVote> ReadVotes(string json) => JsonSerializer.Deserialize(json, ContractJson.Default.IReadOnlyListApprovalVote) ?? [];

    /// <summary>The votes that count for the call as it stands: an edit is another call, so those before it were for something else.</summary>
    public static IReadOnlyList<ApprovalVote> Standing(IReadOnlyList<ApprovalVote> votes)
    {
        for (var last = votes.Count - 1; last > 0; last--)
            if (votes[last].Edited)
                return [.. votes.Skip(last)];
        return votes;
    }

    /// <summary>Different people who have approved the call as it stands.</summary>
    public static int Approvers(IReadOnlyList<ApprovalVote> votes) =>
        Standing(votes).Where(vote => vote.Vote == ApprovalRules.Approves).Select(vote => vote.By).Distinct(StringComparer.Ordinal).Count();

    /// <summary>
    /// Different people who must approve, as far as a row tells: the rules may have come to ask for more since it was opened, and then those who have approved did not do.
    /// </summary>
    public static int RequiredSoFar(ApprovalState state, int asked, IReadOnlyList<ApprovalVote> votes) =>
        state == ApprovalState.Pending ? Math.Max(asked, Approvers(votes) + 1) : asked;

    public static string WriteVotes(IReadOnlyList<ApprovalVote> votes) => JsonSerializer.Serialize(votes, ContractJson.Default.IReadOnlyListApprovalVote);
}

/// <summary>Something that may end an approval.</summary>
public abstract record ApprovalCommand
{
    ApprovalCommand() { }

    /// <param name="By">The person, the same whatever the door.</param>
    /// <param name="Note">What was written with it.</param>
    /// <param name="IsOwn">The person minted the calling key.</param>
    /// <param name="DutiesAreSeparate">The tenant wants duties apart, and has a second person who may approve (ruling 18).</param>
    /// <param name="IsNowDenied">The call, decided by today's rules, is a DENY.</param>
    /// <param name="IsEligible">The person belongs to the group that was asked for, if one was.</param>
    /// <param name="Edits">The person approves another body than the one that was proposed.</param>
    /// <param name="SawEdit">The person has seen the newest edit, if there is one.</param>
    public sealed record Approve(
        string By, string? Note, bool IsOwn, bool DutiesAreSeparate, bool IsNowDenied, bool IsEligible = true, bool Edits = false, bool SawEdit = true) : ApprovalCommand;

    public sealed record Deny(string By, string? Note) : ApprovalCommand;

    /// <summary>Time is over, if it is.</summary>
    public sealed record Expire : ApprovalCommand;

    /// <summary>Its scan was refused before its record landed.</summary>
    public sealed record Withdraw : ApprovalCommand;
}

/// <summary>What a command makes of an approval.</summary>
public abstract record ApprovalRuling
{
    ApprovalRuling() { }

    /// <summary>The state to write. <see cref="ApprovalState.Pending"/> where more people must approve.</summary>
    public sealed record Next(ApprovalState State, IReadOnlyList<ApprovalVote> Votes) : ApprovalRuling;

    /// <summary>Nothing to write, and nothing wrong.</summary>
    public sealed record Unchanged : ApprovalRuling;

    /// <param name="Reason">One of <see cref="ReasonCodes"/>.</param>
    /// <param name="Outcome">How it stands.</param>
    public sealed record Refused(string Reason, ApprovalState Outcome) : ApprovalRuling;
}
