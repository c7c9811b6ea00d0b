using Interven.Contracts;
using Interven.Engine.Policies;

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

    /// <summary>The tenant's default counts beside the winner: nothing matched for certain, or only by what the caller claims.</summary>
    public bool DefaultApplies { get; init; } = true;

    public static RuleVerdict Of(PolicyVerdict verdict) => ReferenceEquals(verdict, PolicyVerdict.None) ? NoMatch : OfMatches(verdict);

    static RuleVerdict OfMatches(PolicyVerdict verdict) => new()
    {
        Winner = verdict.Winner is { } winner ? RuleMatch.Of(winner, verdict) : null,
        Others = verdict.Matches.Count < 2 ? [] : [.. verdict.Matches.Skip(1).Select(match => RuleMatch.Of(match, verdict))],
        WouldHave = verdict.Monitored.Count == 0 ? [] : [.. verdict.Monitored.Select(match => RuleMatch.Of(match, verdict))],
        DefaultApplies = verdict.DefaultApplies,
    };
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

    /// <summary>The rule's own code, or POLICY_MATCH.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Codes of the conditions that held.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

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

    public static RuleMatch Of(MatchedRule match, PolicyVerdict verdict)
    {
        var (policy, rule, modifiers) = (match.Policy, match.Rule, match.Rule.Modifiers);
        return new()
        {
            PolicyId = new(policy.PolicyId),
            PolicyName = policy.Name,
            PolicyVersion = policy.Version,
            RuleId = rule.RuleId,
            Action = match.Decision,
            ReasonCode = match.ReasonCodes[0],
            Conditions = match.ReasonCodes.Skip(1).ToArray(),
            Tag = modifiers.Tag,
            EscalateTo = modifiers.EscalateTo,
            OpensIncident = rule.Action == RuleAction.OpenIncident,
            IncidentSeverity = modifiers.IncidentSeverity?.Word(),
            Restricts = verdict.RestrictedClasses,
            SanitizeFields = [.. modifiers.SanitizeFields.Select(path => path.Text)],
            ApprovalsRequired = modifiers.ApprovalsRequired ?? 1,
            ApproverGroup = modifiers.ApproverGroup,
            ApprovalTtlSeconds = modifiers.ApprovalTtlSeconds,
            GrantUses = modifiers.GrantUses ?? 1,
        };
    }
}
