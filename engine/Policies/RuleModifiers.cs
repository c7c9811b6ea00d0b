using Interven.Contracts;
using Interven.Engine.Policies.Matching;

namespace Interven.Engine.Policies;

/// <summary>What a rule adds to its action. Null is "not said": the tenant's settings or the defaults hold.</summary>
public sealed record RuleModifiers
{
    public static readonly RuleModifiers None = new();

    /// <summary>Upper-case word for the answer's <c>reason_codes</c>; <c>POLICY_MATCH</c> where null.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>A label of the tenant's own on the record.</summary>
    public string? Tag { get; init; }

    /// <summary>Whom alerts and cards should reach as well: a group or person, free text.</summary>
    public string? EscalateTo { get; init; }

    /// <summary>Severity of the incident that <c>OPEN_INCIDENT</c> opens; HIGH where null.</summary>
    public RiskBand? IncidentSeverity { get; init; }

    /// <summary>Places in the body that are redacted whatever is in them.</summary>
    public IReadOnlyList<JsonPath> SanitizeFields { get; init; } = [];

    /// <summary>1 to 5 different people; 1 where null.</summary>
    public int? ApprovalsRequired { get; init; }

    /// <summary>The group whose members may approve; anyone who may approve at all where null.</summary>
    public string? ApproverGroup { get; init; }

    /// <summary>60 to 86,400 seconds.</summary>
    public int? ApprovalTtlSeconds { get; init; }

    /// <summary>How many executions one approval grants, 1 to 1,000; 1 where null.</summary>
    public int? GrantUses { get; init; }
}
