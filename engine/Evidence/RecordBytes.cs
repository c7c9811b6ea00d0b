using System.Globalization;
using System.Security.Cryptography;
using Interven.Contracts;
using Interven.Engine.Risk;

namespace Interven.Engine.Evidence;

/// <summary>The one spelling of a record, which its hash is taken of: UTF-8 JSON, snake_case, fields in this order, absent where there is nothing.</summary>
public static class RecordBytes
{
    public static byte[] Write(DecisionRecord record)
    {
        using var json = new CanonicalJson(1536);
        json.BeginObject().Name("v").Number(DecisionRecord.Version);
        Identity(json, record);
        Call(json, record);
        Seen(json, record);
        Rules(json, record);
        Signals(json, record.Signals);
        Words(json, "violations", record.Violations);
        Body(json, record);
        return json.EndObject().Written.ToArray();
    }

    /// <summary>SHA-256 of the canonical bytes, 32 bytes.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> canonical) => SHA256.HashData(canonical);

    /// <summary>RFC 3339, UTC, milliseconds.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    static void Identity(CanonicalJson json, DecisionRecord record)
    {
        json.Name("trace_id").Uuid(record.Trace.Value);
        if (record.Parent is { } parent)
            json.Name("parent_trace_id").Uuid(parent.Value);
        json.Name("kind").String(record.Kind)
            .Name("tenant_id").Uuid(record.Tenant.Value)
            .Name("time").String(Time(record.Time))
            .Name("environment").String(record.Environment)
            .Name("decision").String(record.Decision.Word())
            .Name("risk_score").Score(record.RiskScore)
            .Name("risk_band").String(record.Band.Word());
        json.Name("reason_codes").BeginArray();
        foreach (var reason in record.Reasons)
            json.String(reason);
        json.EndArray();
    }

    static void Call(CanonicalJson json, DecisionRecord record) => json
        .Name("tool_name").String(record.Tool)
        .Name("operation").String(record.Operation)
        .Name("verb").String(record.Verb.Word())
        .Name("method").String(record.Method)
        .Name("url").String(record.Url)
        .Name("agent_id").String(record.AgentId)
        .Name("agent_name").String(record.AgentName)
        .Name("runtime_type").String(record.RuntimeType)
        .Name("key_id").String(record.KeyId)
        .Name("key_prefix").String(record.KeyPrefix)
        .Name("client_ip").String(record.ClientIp);

    static void Seen(CanonicalJson json, DecisionRecord record)
    {
        json.Name("classifications").BeginArray();
        foreach (var word in record.Classes.EachWord())
            json.String(word);
        json.EndArray().Name("findings").BeginArray();
        foreach (var found in record.Findings)
        {
            json.BeginObject().Name("data_class").String(found.DataClass).Name("kind").String(found.Kind).Name("path").String(found.Path)
                .Name("count").Number(found.Count).Name("confidence").String(found.Confidence.Word())
                .Name("classes").BeginArray();
            foreach (var word in found.Classes.EachWord())
                json.String(word);
            json.EndArray().Name("fingerprint").String(found.Fingerprint.ToString()).EndObject();
        }
        json.EndArray();
    }

    static void Rules(CanonicalJson json, DecisionRecord record)
    {
        if (record.Rule is { } rule)
            Rule(json, rule);
        if (record.WouldHave.Count > 0)
        {
            json.Name("would_have").BeginArray();
            foreach (var other in record.WouldHave)
            {
                json.BeginObject();
                Rule(json, other);
                json.EndObject();
            }
            json.EndArray();
        }
        if (record.Approval is { } approval)
            json.Name("approval_id").Uuid(approval.Value);
    }

    static void Rule(CanonicalJson json, RecordedRule rule)
    {
        json.Name("policy_id").Uuid(rule.PolicyId.Value).Name("policy_name").String(rule.PolicyName).Name("policy_version").Number(rule.PolicyVersion);
        if (rule.RuleId is { } id)
            json.Name("rule_id").String(id);
        json.Name("action").String(rule.Action.Word());
    }

    static void Signals(CanonicalJson json, IReadOnlyList<Signal> signals)
    {
        json.Name("signals").BeginArray();
        foreach (var signal in signals)
        {
            json.BeginObject().Name("engine").String(signal.Engine).Name("score").Score(signal.Score).Name("details").BeginObject();
            foreach (var detail in signal.Details)
            {
                json.Name(detail.Name);
                if (detail.Word is { } word)
                    json.String(word);
                else if (detail.Figure is { } figure)
                    json.Score(figure);
                else
                    json.Bool(true);
            }
            json.EndObject().EndObject();
        }
        json.EndArray();
    }

    static void Words(CanonicalJson json, string name, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return;
        json.Name(name).BeginArray();
        foreach (var word in words)
            json.String(word);
        json.EndArray();
    }

    static void Body(CanonicalJson json, DecisionRecord record)
    {
        json.Name("body_sha256").String(record.BodySha256).Name("body_bytes").Number(record.BodyBytes);
        if (record.ContextFacts.Length > 0)
            json.Name("context_facts").Raw(record.ContextFacts);
        json.Name("duration_us").Number(record.DurationUs).Name("engine_version").String(record.EngineVersion);
    }
}
