using System.Buffers;
using System.Globalization;
using System.Text;
using Interven.Contracts;

namespace Interven.Engine.Evidence.Export;

/// <summary>RFC 4180 with a header row. Every field is quoted, and none can be taken for a formula. Lists are joined, so this is not the lossless form.</summary>
sealed class CsvFormat : ExportFormat
{
    static readonly (string Name, Func<ExportRecord, string> Value)[] Columns =
    [
        ("trace_id", row => row.Record.Trace.ToString()),
        ("seq", row => row.Seq.ToString(CultureInfo.InvariantCulture)),
        ("time", row => RecordBytes.Time(row.Time)),
        ("kind", row => row.Record.Kind),
        ("parent_trace_id", row => row.Record.Parent?.ToString() ?? ""),
        ("environment", row => row.Record.Environment),
        ("decision", row => row.Record.Decision.Word()),
        ("risk_score", row => row.Record.RiskScore.ToString("0.####", CultureInfo.InvariantCulture)),
        ("risk_band", row => row.Record.Band.Word()),
        ("reason_codes", row => string.Join(';', row.Record.Reasons)),
        ("tool_name", row => row.Record.Tool),
        ("operation", row => row.Record.Operation),
        ("verb", row => row.Record.Verb.Word()),
        ("method", row => row.Record.Method),
        ("url", row => row.Record.Url),
        ("agent_id", row => row.Record.AgentId),
        ("agent_name", row => row.Record.AgentName),
        ("runtime_type", row => row.Record.RuntimeType),
        ("key_prefix", row => row.Record.KeyPrefix),
        ("client_ip", row => row.Record.ClientIp),
        ("classifications", row => string.Join(';', row.Record.Classes.EachWord())),
        ("findings", row => string.Join(';', row.Record.Findings.Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.Kind} {found.Path} x{found.Count} {found.Confidence.Word()}")))),
        ("policy_id", row => row.Record.Rule?.PolicyId.ToString() ?? ""),
        ("policy_name", row => row.Record.Rule?.PolicyName ?? ""),
        ("policy_version", row => row.Record.Rule?.PolicyVersion.ToString(CultureInfo.InvariantCulture) ?? ""),
        ("rule_id", row => row.Record.Rule?.RuleId ?? ""),
        ("would_have", row => string.Join(';', row.Record.WouldHave.Select(rule => $"{rule.PolicyName}/{rule.RuleId} {rule.Action.Word()}"))),
        ("approval_id", row => row.Record.Approval?.ToString() ?? ""),
        ("signals", row => string.Join(';', row.Record.Signals.Select(signal => string.Create(CultureInfo.InvariantCulture, $"{signal.Engine} {signal.Score:0.####}")))),
        ("response_classes", row => string.Join(';', row.ResponseClasses.EachWord())),
        ("body_redacted", row => Encoding.UTF8.GetString(row.Body.Span)),
        ("body_sha256", row => row.Record.BodySha256),
        ("body_bytes", row => row.Record.BodyBytes.ToString(CultureInfo.InvariantCulture)),
        ("context_facts", row => Encoding.UTF8.GetString(row.Record.ContextFacts)),
        ("duration_us", row => row.Record.DurationUs.ToString(CultureInfo.InvariantCulture)),
        ("engine_version", row => row.Record.EngineVersion),
        ("hash", row => Convert.ToHexStringLower(row.Hash.Span)),
    ];

    public override string Name => "csv";
    public override string MediaType => "text/csv; charset=utf-8; header=present";
    public override string Extension => "csv";

    public override void Begin(IBufferWriter<byte> into) => CsvText.Row(Columns.Select(column => column.Name), into);

    public override void Write(IReadOnlyList<ExportRecord> records, bool isFirst, ExportContext context, IBufferWriter<byte> into)
    {
        foreach (var record in records)
            CsvText.Row(Columns.Select(column => column.Value(record)), into);
    }
}

/// <summary>Fields and rows of RFC 4180.</summary>
public static class CsvText
{
    static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n\0＝＋－＠");

    public static void Row(IEnumerable<string> fields, IBufferWriter<byte> into)
    {
        var isFirst = true;
        foreach (var field in fields)
        {
            into.Write(isFirst ? "\""u8 : ",\""u8);
            isFirst = false;
            Encoding.UTF8.GetBytes(Safe(field).Replace("\"", "\"\"", StringComparison.Ordinal), into);
            into.Write("\""u8);
        }
        into.Write("\r\n"u8);
    }

    /// <summary>A spreadsheet takes what begins so for a formula; an apostrophe before it makes it a text.</summary>
    public static string Safe(string field) => field.Length > 0 && Formula.Contains(field[0]) ? "'" + field : field;
}
