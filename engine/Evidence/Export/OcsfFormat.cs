using System.Buffers;
using System.Text.Json;
using Interven.Contracts;

namespace Interven.Engine.Evidence.Export;

/// <summary>OCSF 1.8.0, API Activity (6003) with the profiles security_control and ai_operation; one event a line.</summary>
sealed class OcsfFormat : ExportFormat
{
    const int Category = 6, Class = 6003;
    const string SchemaVersion = "1.8.0";

    public override string Name => "ocsf";
    public override string MediaType => "application/x-ndjson";
    public override string Extension => "ocsf.ndjson";

    public override void Write(IReadOnlyList<ExportRecord> records, bool isFirst, ExportContext context, IBufferWriter<byte> into)
    {
        using var json = new Utf8JsonWriter(into, new() { SkipValidation = true });
        foreach (var record in records)
        {
            Event(json, record);
            json.Flush();
            json.Reset();
            into.Write("\n"u8);
        }
    }

    static void Event(Utf8JsonWriter json, ExportRecord record)
    {
        var read = record.Record;
        var (activity, activityName) = OcsfWords.Activity(read);
        json.WriteStartObject();
        json.WriteNumber("activity_id"u8, activity);
        json.WriteString("activity_name"u8, activityName);
        json.WriteNumber("category_uid"u8, Category);
        json.WriteString("category_name"u8, "Application Activity"u8);
        json.WriteNumber("class_uid"u8, Class);
        json.WriteString("class_name"u8, "API Activity"u8);
        json.WriteNumber("type_uid"u8, Class * 100 + activity);
        json.WriteString("type_name"u8, "API Activity: " + activityName);
        json.WriteNumber("time"u8, record.Time.ToUnixTimeMilliseconds());
        Numbered(json, "severity", OcsfWords.Severity(read));
        json.WriteString("message"u8, $"{read.Decision.Word()} {read.Tool}.{read.Operation} by {read.AgentId}");
        Metadata(json, record);
        Parties(json, read);
        Control(json, read);
        Unmapped(json, record);
        json.WriteEndObject();
    }

    static void Metadata(Utf8JsonWriter json, ExportRecord record)
    {
        var read = record.Record;
        json.WriteStartObject("metadata"u8);
        json.WriteString("version"u8, SchemaVersion);
        json.WriteStartObject("product"u8);
        json.WriteString("name"u8, "Interven Gateway"u8);
        json.WriteString("vendor_name"u8, "Interven"u8);
        json.WriteString("version"u8, read.EngineVersion);
        json.WriteEndObject();
        json.WriteStartArray("profiles"u8);
        json.WriteStringValue("security_control"u8);
        json.WriteStringValue("ai_operation"u8);
        json.WriteEndArray();
        json.WriteString("uid"u8, read.Trace.ToString());
        json.WriteNumber("sequence"u8, record.Seq);
        json.WriteString("tenant_uid"u8, read.Tenant.ToString());
        json.WriteString("correlation_uid"u8, (read.Parent ?? read.Trace).ToString());
        json.WriteString("log_name"u8, "decisions"u8);
        json.WriteEndObject();
    }

    static void Parties(Utf8JsonWriter json, DecisionRecord read)
    {
        json.WriteStartObject("actor"u8);
        json.WriteString("app_uid"u8, read.AgentId);
        json.WriteString("app_name"u8, read.AgentName.Length > 0 ? read.AgentName : read.AgentId);
        json.WriteStartObject("user"u8);
        json.WriteString("uid"u8, read.KeyId);
        json.WriteString("name"u8, read.KeyPrefix);
        json.WriteNumber("type_id"u8, 4);
        json.WriteString("type"u8, "Service"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("api"u8);
        json.WriteString("operation"u8, read.Operation);
        json.WriteStartObject("service"u8);
        json.WriteString("name"u8, read.Tool);
        json.WriteEndObject();
        json.WriteStartObject("request"u8);
        json.WriteString("uid"u8, read.Trace.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("src_endpoint"u8);
        json.WriteString("name"u8, read.AgentId);
        if (read.ClientIp.Length > 0)
            json.WriteString("ip"u8, read.ClientIp);
        json.WriteEndObject();
        json.WriteStartObject("http_request"u8);
        json.WriteString("http_method"u8, read.Method.ToUpperInvariant());
        json.WriteNumber("body_length"u8, read.BodyBytes);
        json.WriteStartObject("url"u8);
        json.WriteString("url_string"u8, read.Url);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("message_context"u8);
        json.WriteString("uid"u8, read.AgentId);
        json.WriteStartObject("application"u8);
        json.WriteString("name"u8, read.RuntimeType.Length > 0 ? read.RuntimeType : read.AgentId);
        json.WriteEndObject();
        json.WriteNumber("ai_role_id"u8, 4);
        json.WriteString("ai_role"u8, "Agent"u8);
        json.WriteEndObject();
    }

    static void Control(Utf8JsonWriter json, DecisionRecord read)
    {
        var outcome = OcsfWords.Outcome(read);
        Numbered(json, "action", outcome.Action);
        Numbered(json, "disposition", outcome.Disposition);
        Numbered(json, "status", outcome.Status);
        if (read.Reasons.Count > 0)
        {
            json.WriteString("status_code"u8, read.Reasons[0].ToLowerInvariant());
            json.WriteString("status_detail"u8, string.Join(", ", read.Reasons));
        }
        json.WriteBoolean("is_alert"u8, read.Band >= RiskBand.High || read.Decision == Decision.Deny);
        Numbered(json, "risk_level", OcsfWords.RiskLevel(read.Band));
        json.WriteNumber("risk_score"u8, (int)Math.Round(read.RiskScore * 100, MidpointRounding.AwayFromZero));
        if (read.Rule is not { } rule)
            return;
        json.WriteStartObject("policy"u8);
        json.WriteString("uid"u8, rule.PolicyId.ToString());
        json.WriteString("name"u8, rule.PolicyName);
        json.WriteString("version"u8, rule.PolicyVersion.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteBoolean("is_applied"u8, true);
        json.WriteEndObject();
    }

    static void Unmapped(Utf8JsonWriter json, ExportRecord record)
    {
        var whole = new ArrayBufferWriter<byte>(2048);
        RecordJson.Write(record, whole);
        json.WriteStartObject("unmapped"u8);
        json.WritePropertyName("interven"u8);
        json.WriteRawValue(whole.WrittenSpan, skipInputValidation: true);
        json.WriteEndObject();
    }

    static void Numbered(Utf8JsonWriter json, string name, (int Id, string Word) value)
    {
        json.WriteNumber(name + "_id", value.Id);
        json.WriteString(name, value.Word);
    }
}
