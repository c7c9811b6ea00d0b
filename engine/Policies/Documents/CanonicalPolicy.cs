using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Policies.Conditions;

namespace Interven.Engine.Policies.Documents;

/// <summary>Writes a document in its one canonical spelling.</summary>
static class CanonicalPolicy
{
    public static byte[] Write(PolicyDocument policy)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("name", policy.Name);
        WriteText(json, "description", policy.Description);
        WriteText(json, "env_name", policy.EnvName);
        if (!policy.Enabled)
            json.WriteBoolean("enabled", false);
        if (policy.Mode == PolicyMode.Monitor)
            json.WriteString("mode", "monitor");
        if (policy.ComplianceTags.Count > 0)
            json.WriteStrings("compliance_tags", policy.ComplianceTags);
        json.WriteStartArray("rules");
        foreach (var rule in policy.Rules)
            WriteRule(json, rule);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    static void WriteRule(Utf8JsonWriter json, PolicyRule rule)
    {
        json.WriteStartObject();
        json.WriteString("rule_id", rule.RuleId);
        WriteText(json, "description", rule.Description);
        if (rule.Priority != PolicyRule.DefaultPriority)
            json.WriteNumber("priority", rule.Priority);
        WriteSubject(json, rule);
        json.WriteString("action", rule.Action.Word());
        WriteModifiers(json, rule.Modifiers);
        json.WriteEndObject();
    }

    /// <summary>Which calls the rule is about: two rules that write the same here match the same calls.</summary>
    public static void WriteSubject(Utf8JsonWriter json, PolicyRule rule)
    {
        json.WriteStartObject("match");
        foreach (var clause in rule.Match)
            clause.WriteTo(json);
        json.WriteEndObject();
        json.WriteStartObject("condition");
        foreach (var condition in rule.Condition)
            condition.WriteTo(json);
        json.WriteEndObject();
    }

    static void WriteModifiers(Utf8JsonWriter json, RuleModifiers modifiers)
    {
        WriteText(json, "reason_code", modifiers.ReasonCode);
        WriteText(json, "tag", modifiers.Tag);
        WriteText(json, "escalate_to", modifiers.EscalateTo);
        WriteText(json, "incident_severity", modifiers.IncidentSeverity?.Word());
        if (modifiers.SanitizeFields.Count > 0)
            json.WriteStrings("sanitize_fields", [.. modifiers.SanitizeFields.Select(path => path.Text)]);
        WriteNumber(json, "approvals_required", modifiers.ApprovalsRequired);
        WriteText(json, "approver_group", modifiers.ApproverGroup);
        WriteNumber(json, "approval_ttl_seconds", modifiers.ApprovalTtlSeconds);
        WriteNumber(json, "grant_uses", modifiers.GrantUses);
    }

    static void WriteText(Utf8JsonWriter json, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(key, value);
    }

    static void WriteNumber(Utf8JsonWriter json, string key, int? value)
    {
        if (value is { } number)
            json.WriteNumber(key, number);
    }
}
