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
        json.BeginObject().Name("v"u8).Number(DecisionRecord.Version);
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
    public static string Time(DateTimeOffset time)
    {
        Span<char> text = stackalloc char[24];
        WriteTime(time, text);
        return text.ToString();
    }

    /// <summary>The round-trip format has four digits more, and is written ten times as fast as one that is spelt out.</summary>
    static void WriteTime(DateTimeOffset time, Span<char> into)
    {
        Span<char> exact = stackalloc char[28];
        time.UtcDateTime.TryFormat(exact, out _, "O", CultureInfo.InvariantCulture);
        exact[..23].CopyTo(into);
        into[23] = 'Z';
    }

    static void Identity(CanonicalJson json, DecisionRecord record)
    {
        Span<char> time = stackalloc char[24];
        WriteTime(record.Time, time);
        json.Name("trace_id"u8).Uuid(record.Trace.Value);
        if (record.Parent is { } parent)
            json.Name("parent_trace_id"u8).Uuid(parent.Value);
        json.Name("kind"u8).String(record.Kind)
            .Name("tenant_id"u8).Uuid(record.Tenant.Value)
            .Name("time"u8).String(time)
            .Name("environment"u8).String(record.Environment)
            .Name("decision"u8).String(record.Decision.Word())
            .Name("risk_score"u8).Score(record.RiskScore)
            .Name("risk_band"u8).String(record.Band.Word());
        json.Name("reason_codes"u8).BeginArray();
        foreach (var reason in record.Reasons)
            json.String(reason);
        json.EndArray();
    }

    static void Call(CanonicalJson json, DecisionRecord record) => json
        .Name("tool_name"u8).String(record.Tool)
        .Name("operation"u8).String(record.Operation)
        .Name("verb"u8).String(record.Verb.Word())
        .Name("method"u8).String(record.Method)
        .Name("url"u8).String(record.Url)
        .Name("agent_id"u8).String(record.AgentId)
        .Name("agent_name"u8).String(record.AgentName)
        .Name("runtime_type"u8).String(record.RuntimeType)
        .Name("key_id"u8).String(record.KeyId)
        .Name("key_prefix"u8).String(record.KeyPrefix)
        .Name("client_ip"u8).String(record.ClientIp);

    static void Seen(CanonicalJson json, DecisionRecord record)
    {
        json.Name("classifications"u8).BeginArray();
        foreach (var word in record.Classes.EachWord())
            json.String(word);
        json.EndArray().Name("findings"u8).BeginArray();
        foreach (var found in record.Findings)
        {
            json.BeginObject().Name("data_class"u8).String(found.DataClass).Name("kind"u8).String(found.Kind).Name("path"u8).String(found.Path)
                .Name("count"u8).Number(found.Count).Name("confidence"u8).String(found.Confidence.Word())
                .Name("classes"u8).BeginArray();
            foreach (var word in found.Classes.EachWord())
                json.String(word);
            json.EndArray().Name("fingerprint"u8).String(found.Fingerprint.ToString()).EndObject();
        }
        json.EndArray();
    }

    static void Rules(CanonicalJson json, DecisionRecord record)
    {
        if (record.Rule is { } rule)
            Rule(json, rule);
        if (record.WouldHave.Count > 0)
        {
            json.Name("would_have"u8).BeginArray();
            foreach (var other in record.WouldHave)
            {
                json.BeginObject();
                Rule(json, other);
                json.EndObject();
            }
            json.EndArray();
        }
        if (record.Approval is { } approval)
            json.Name("approval_id"u8).Uuid(approval.Value);
    }

    static void Rule(CanonicalJson json, RecordedRule rule)
    {
        json.Name("policy_id"u8).Uuid(rule.PolicyId.Value).Name("policy_name"u8).String(rule.PolicyName).Name("policy_version"u8).Number(rule.PolicyVersion);
        if (rule.RuleId is { } id)
            json.Name("rule_id"u8).String(id);
        json.Name("action"u8).String(rule.Action.Word());
    }

    static void Signals(CanonicalJson json, IReadOnlyList<Signal> signals)
    {
        json.Name("signals"u8).BeginArray();
        for (var i = 0; i < signals.Count; i++)
        {
            var signal = signals[i];
            json.BeginObject().Name("engine"u8).String(signal.Engine).Name("score"u8).Score(signal.Score).Name("details"u8).BeginObject();
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
        json.Name("body_sha256"u8).String(record.BodySha256).Name("body_bytes"u8).Number(record.BodyBytes);
        if (record.ContextFacts.Length > 0)
            json.Name("context_facts"u8).Raw(record.ContextFacts);
        json.Name("duration_us"u8).Number(record.DurationUs).Name("engine_version"u8).String(record.EngineVersion);
    }
}
