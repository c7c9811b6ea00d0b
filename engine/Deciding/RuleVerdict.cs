using Interven.Contracts;

namespace Interven.Engine.Deciding;

/// <summary>What the policies say of one call.</summary>
public sealed record RuleVerdict
{
    public static readonly RuleVerdict NoMatch = new();

    /// <summary>The strictest match; null where no rule matched.</summary>
    public RuleMatch? Winner { get; init; }

    /// <summary>The other policies' matches.</summary>
    public IReadOnlyList<RuleMatch> Others { get; init; } = [];

    /// <summary>Matches of policies in monitor mode: recorded, without effect.</summary>
    public IReadOnlyList<RuleMatch> WouldHave { get; init; } = [];

    /// <summary>What conditions used, as canonical JSON without values of the body; empty for none. Kept on the record for replay.</summary>
    public byte[] Facts { get; init; } = [];
}

/// <summary>One rule that matched.</summary>
public sealed record RuleMatch
{
    public required PolicyId PolicyId { get; init; }
    public required string PolicyName { get; init; }
    public required int PolicyVersion { get; init; }
    public string? RuleId { get; init; }

    /// <summary>OPEN_INCIDENT counts as DENY here.</summary>
    public required Decision Action { get; init; }

    public string? ReasonCode { get; init; }
    public string? Tag { get; init; }
    public string? EscalateTo { get; init; }
    public bool OpensIncident { get; init; }
    public string? IncidentSeverity { get; init; }

    /// <summary>Classes that the rule's condition names; all classes where it names none.</summary>
    public DataClasses Restricts { get; init; }

    /// <summary>JSON paths that are always redacted.</summary>
    public IReadOnlyList<string> SanitizeFields { get; init; } = [];

    public int ApprovalsRequired { get; init; } = 1;
    public string? ApproverGroup { get; init; }
    public int? ApprovalTtlSeconds { get; init; }
    public int GrantUses { get; init; } = 1;
}
