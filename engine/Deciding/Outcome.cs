using Interven.Contracts;
using Interven.Engine.Risk;

namespace Interven.Engine.Deciding;

/// <summary>The decision as it is answered and recorded.</summary>
public sealed record Outcome
{
    public required Verdict Verdict { get; init; }
    public required Decision Decision { get; init; }
    public required IReadOnlyList<string> Reasons { get; init; }
    public byte[]? SanitisedBody { get; init; }
    public ApprovalId? Approval { get; init; }

    /// <summary>Set while the approval is pending.</summary>
    public PendingApproval? Pending { get; init; }

    /// <summary>Set where the answer is not durable: when to try again, in milliseconds.</summary>
    public int? RetryAfterMs { get; init; }

    /// <summary>False for denials by outage, suspension or recent denial: they change neither trust nor incidents (ruling 7).</summary>
    public bool HeldAgainst { get; init; } = true;

    public bool IsDurable => RetryAfterMs is null;

    /// <summary>What the agent's memory learns.</summary>
    public AgentEvent ToAgentEvent() => new AgentEvent.Decided(
        Decision,
        Verdict.Band,
        Verdict.Reasons.Contains(ReasonCodes.ThreatIntelMatch, StringComparer.Ordinal),
        Decision == Decision.Allow && Verdict.Band == RiskBand.Low && Verdict.Classes == DataClasses.None,
        HeldAgainst,
        Verdict.Credentials);
}

/// <param name="Url">Where people see it.</param>
/// <param name="ExpiresAt">When it is over unanswered.</param>
public sealed record PendingApproval(string Url, DateTimeOffset ExpiresAt);

/// <summary>What the approvals said when they were asked.</summary>
public abstract record ApprovalReply
{
    ApprovalReply() { }

    /// <summary>Opened, or joined the pending one of the identical call.</summary>
    public sealed record Pending(ApprovalId Id, string Url, DateTimeOffset ExpiresAt) : ApprovalReply;

    /// <summary>A use of a recent grant was taken.</summary>
    public sealed record RecentGrant(ApprovalId Id) : ApprovalReply;

    public sealed record RecentDenial(ApprovalId Id) : ApprovalReply;

    /// <summary>Somebody approved while the caller waited, and a use was taken.</summary>
    public sealed record Approved(ApprovalId Id) : ApprovalReply;

    /// <summary>Approved with changes; a use was taken.</summary>
    /// <param name="Id">The approval.</param>
    /// <param name="Body">The effective body as JSON.</param>
    /// <param name="IsRecent">A moment ago, for the identical call; not while this one waited.</param>
    public sealed record Edited(ApprovalId Id, byte[] Body, bool IsRecent = false) : ApprovalReply;

    public sealed record Denied(ApprovalId Id) : ApprovalReply;

    public sealed record Expired(ApprovalId Id) : ApprovalReply;

    public sealed record AlreadyUsed(ApprovalId Id) : ApprovalReply;

    public sealed record PolicyChanged(ApprovalId Id) : ApprovalReply;

    /// <summary>The approvals did not answer.</summary>
    public sealed record Unavailable(int RetryAfterMs) : ApprovalReply;
}
