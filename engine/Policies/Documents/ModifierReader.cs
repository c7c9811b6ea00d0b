using Interven.Contracts;
using Interven.Engine.Policies.Matching;

namespace Interven.Engine.Policies.Documents;

/// <summary>Reads what a rule adds to its action.</summary>
static class ModifierReader
{
    public static readonly IReadOnlyList<string> Keys =
    [
        "reason_code", "tag", "escalate_to", "incident_severity", "sanitize_fields", "approvals_required", "approver_group",
        "approval_ttl_seconds", "grant_uses",
    ];

    public static RuleModifiers Read(ValueAt rule, RuleAction action) => new()
    {
        ReasonCode = ReasonCode(rule.Member("reason_code")),
        Tag = DocumentReader.Text(rule.Member("tag"), 100),
        EscalateTo = DocumentReader.Text(rule.Member("escalate_to"), 200),
        IncidentSeverity = Severity(rule.Member("incident_severity")),
        SanitizeFields = SanitizeFields(rule.Member("sanitize_fields"), action),
        ApprovalsRequired = rule.Member("approvals_required")?.Integer(1, 5),
        ApproverGroup = DocumentReader.Text(rule.Member("approver_group"), 100),
        ApprovalTtlSeconds = rule.Member("approval_ttl_seconds")?.Integer(60, 86_400),
        GrantUses = rule.Member("grant_uses")?.Integer(1, 1000),
    };

    static string? ReasonCode(ValueAt? at)
    {
        if (at is not { } value || value.String(64) is not { } code)
            return null;
        if (char.IsAsciiLetterUpper(code[0]) && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'))
            return code;
        value.Refuse("A reason code is made of upper-case letters, digits and `_`, and starts with a letter.");
        return null;
    }

    static RiskBand? Severity(ValueAt? at)
    {
        if (at is not { } value || value.String() is not { } word)
            return null;
        if (Words.TryParseBand(word, out var band))
            return band;
        value.Refuse("An incident's severity is `LOW`, `MEDIUM`, `HIGH` or `CRITICAL`.");
        return null;
    }

    static IReadOnlyList<JsonPath> SanitizeFields(ValueAt? at, RuleAction action)
    {
        if (at is not { } value)
            return [];
        if (action == RuleAction.Allow)
            value.Refuse("An ALLOW rule redacts nothing; write the action `SANITIZE`.");
        return value.Each(Path) ?? [];
    }

    /// <summary>A JSON path, or null after adding a problem.</summary>
    public static JsonPath? Path(ValueAt at)
    {
        if (at.String() is not { } text)
            return null;
        var path = JsonPath.Parse(text, out var fault);
        if (path is null)
            at.Refuse(fault);
        return path;
    }
}
