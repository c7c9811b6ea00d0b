using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Interven.Contracts;

namespace Interven.Engine.Alerts;

/// <summary>An alert as our own JSON, and the signature that proves it is ours.</summary>
public static class WebhookBody
{
    public const string SignatureHeader = "X-Interven-Signature", TimestampHeader = "X-Interven-Timestamp", IdHeader = "X-Interven-Delivery";

    /// <param name="alert">What to tell.</param>
    /// <param name="delivery">The same for every attempt: receivers drop what they have by it.</param>
    /// <param name="now">Time of sending.</param>
    public static byte[] Of(Alert alert, string delivery, DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", TypeOf(alert));
            json.WriteString("delivery_id", delivery);
            json.WriteString("sent_at", Time(now));
            json.WriteString("tenant", alert.TenantName);
            json.WriteString("url", alert.Link);
            switch (alert)
            {
                case Alert.Approval approval:
                    Approval(json, approval.Facts);
                    Call(json, approval.Call);
                    break;
                case Alert.Decided decided:
                    Call(json, decided.Call);
                    break;
                case Alert.Incident incident:
                    Incident(json, incident.Facts);
                    break;
                case Alert.Summary summary:
                    json.WriteNumber("count", summary.Count);
                    break;
            }
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    /// <summary><c>v1=</c> and HMAC-SHA-256, lower-case hex, over <c>v1:{timestamp}:{body}</c>.</summary>
    public static string Sign(string secret, long timestamp, ReadOnlySpan<byte> body)
    {
        var start = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v1:{timestamp}:"));
        var signed = new byte[start.Length + body.Length];
        start.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(start.Length));
        return "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    static string TypeOf(Alert alert) => alert switch
    {
        Alert.Approval => "approval.pending",
        Alert.Decided { Call.Decision: Decision.Sanitize } => "decision.sanitized",
        Alert.Decided => "decision.denied",
        Alert.Incident => "incident",
        Alert.Summary { Kind: AlertEvents.RequireApproval } => "approvals.pending",
        Alert.Summary => "alerts.more",
        _ => "test",
    };

    static void Approval(Utf8JsonWriter json, ApprovalFacts facts)
    {
        json.WriteStartObject("approval");
        json.WriteString("approval_id", facts.Id);
        json.WriteString("sentence", facts.Sentence);
        json.WriteString("expires_at", Time(facts.ExpiresAt));
        json.WriteString("call_hash", facts.Hash);
        json.WriteNumber("approvals_required", facts.Required);
        if (facts.EscalateTo is { Length: > 0 } whom)
            json.WriteString("escalate_to", whom);
        json.WriteEndObject();
    }

    static void Call(Utf8JsonWriter json, CallFacts call)
    {
        json.WriteStartObject("decision");
        json.WriteString("trace_id", call.Trace);
        json.WriteString("time", Time(call.Time));
        json.WriteString("decision", call.Decision.Word());
        json.WriteString("risk_band", call.Band.Word());
        json.WriteNumber("risk_score", Math.Round(call.Score, 4));
        json.WriteStartArray("reason_codes");
        foreach (var code in call.Reasons)
            json.WriteStringValue(code);
        json.WriteEndArray();
        json.WriteStartArray("classifications");
        foreach (var word in call.Classes.EachWord())
            json.WriteStringValue(word);
        json.WriteEndArray();
        json.WriteString("agent_id", call.AgentId);
        json.WriteString("agent_name", call.AgentName);
        json.WriteString("env_name", call.Env);
        json.WriteString("tool_name", call.Tool);
        json.WriteString("operation", call.Operation);
        json.WriteString("method", call.Method);
        json.WriteString("url", call.Url);
        if (call.PolicyName is { } policy)
            json.WriteString("policy_name", policy);
        json.WriteEndObject();
    }

    static void Incident(Utf8JsonWriter json, IncidentFacts facts)
    {
        json.WriteStartObject("incident");
        json.WriteString("incident_id", facts.Id);
        json.WriteString("title", facts.Title);
        json.WriteString("severity", facts.Severity.Word());
        json.WriteString("status", facts.Status);
        json.WriteString("agent_id", facts.AgentId);
        json.WriteString("tool_name", facts.Tool);
        json.WriteString("env_name", facts.Env);
        json.WriteEndObject();
    }

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(RfcTimeConverter.Format, CultureInfo.InvariantCulture);
}
