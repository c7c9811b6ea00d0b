using System.Buffers;
using System.Text;
using System.Text.Json;
using Interven.Engine.Policies.Conditions;

namespace Interven.Engine.Policies.Documents;

/// <summary>What is allowed but hardly meant: rules that can never decide anything, modifiers without effect.</summary>
static class Lints
{
    public static IReadOnlyList<PolicyProblem> For(PolicyDocument policy)
    {
        var warnings = new List<PolicyProblem>();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        string? catchAll = null;
        foreach (var (rule, place) in policy.Rules.Select((rule, i) => (rule, i)).OrderBy(pair => pair.rule.Priority))
        {
            var path = $"$.rules[{place}]";
            if (catchAll is not null)
                warnings.Add(new(path, $"The rule is never asked: `{catchAll}` comes before it and takes every call."));
            else if (!seen.TryAdd(Subject(rule), rule.RuleId))
                warnings.Add(new(path, $"The rule is never asked: `{seen[Subject(rule)]}` comes before it and takes the same calls."));
            if (rule.Match.Count == 0 && rule.Condition.Count == 0)
                catchAll ??= rule.RuleId;
            Groups(rule, path, warnings);
            Modifiers(rule, path, warnings);
        }
        return warnings;
    }

    static string Subject(PolicyRule rule)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        CanonicalPolicy.WriteSubject(json, rule);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Groups(PolicyRule rule, string path, List<PolicyProblem> warnings)
    {
        foreach (var group in rule.Condition.OfType<GroupCondition>())
            if (group.Members.Any(member => member.Count == 0))
                warnings.Add(new($"{path}.condition.{group.Key}", group.WantsNone
                    ? "The rule can never match: an empty condition in `none_of` always holds."
                    : "`any_of` restricts nothing: an empty condition in it always holds."));
    }

    static void Modifiers(PolicyRule rule, string path, List<PolicyProblem> warnings)
    {
        var modifiers = rule.Modifiers;
        if (rule.Action != RuleAction.RequireApproval)
        {
            Idle("approvals_required", modifiers.ApprovalsRequired is not null, "REQUIRE_APPROVAL");
            Idle("approver_group", modifiers.ApproverGroup is not null, "REQUIRE_APPROVAL");
            Idle("approval_ttl_seconds", modifiers.ApprovalTtlSeconds is not null, "REQUIRE_APPROVAL");
            Idle("grant_uses", modifiers.GrantUses is not null, "REQUIRE_APPROVAL");
        }
        Idle("incident_severity", rule.Action != RuleAction.OpenIncident && modifiers.IncidentSeverity is not null, "OPEN_INCIDENT");
        Idle("sanitize_fields", rule.Action >= RuleAction.Deny && modifiers.SanitizeFields.Count > 0, "SANITIZE");

        void Idle(string key, bool isIdle, string action)
        {
            if (isIdle)
                warnings.Add(new($"{path}.{key}", $"`{key}` does nothing here; it goes with {action}."));
        }
    }
}
