using System.Buffers;
using System.Globalization;
using System.Text;
using Interven.Contracts;

namespace Interven.Engine.Evidence.Export;

/// <summary>Common Event Format, a line for each record, for SIEMs that read syslog.</summary>
sealed class CefFormat : ExportFormat
{
    public override string Name => "cef";
    public override string MediaType => "text/plain; charset=utf-8";
    public override string Extension => "cef";

    public override void Write(IReadOnlyList<ExportRecord> records, bool isFirst, ExportContext context, IBufferWriter<byte> into)
    {
        foreach (var record in records)
            Encoding.UTF8.GetBytes(Line(record, context), into);
    }

    static string Line(ExportRecord record, ExportContext context)
    {
        var read = record.Record;
        var line = new StringBuilder(512);
        line.Append("CEF:0|Interven|Interven Gateway|").Append(Header(read.EngineVersion)).Append('|').Append(read.Decision.Word()).Append('|')
            .Append(Header($"{read.Tool}.{read.Operation}")).Append('|').Append(SeverityOf(read.Band)).Append('|');
        Put(line, "rt", record.Time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        Put(line, "externalId", read.Trace.ToString());
        Put(line, "act", read.Decision.Word());
        Put(line, "reason", string.Join(',', read.Reasons));
        Put(line, read.ClientIp.Contains(':', StringComparison.Ordinal) ? "c6a2" : "src", read.ClientIp);
        Put(line, "suser", read.AgentId);
        Put(line, "app", read.Tool);
        Put(line, "requestMethod", read.Method);
        Put(line, "request", read.Url);
        Put(line, "dvchost", context.Host);
        Labelled(line, "cs1", "policy", read.Rule?.PolicyName ?? "");
        Labelled(line, "cs2", "rule", read.Rule?.RuleId ?? "");
        Labelled(line, "cs3", "classes", string.Join(',', read.Classes.EachWord()));
        Labelled(line, "cs4", "environment", read.Environment);
        Labelled(line, "cs5", "hash", Convert.ToHexStringLower(record.Hash.Span));
        Labelled(line, "cs6", "tenant", read.Tenant.ToString());
        Labelled(line, "cn1", "seq", record.Seq.ToString(CultureInfo.InvariantCulture));
        Labelled(line, "cfp1", "risk_score", read.RiskScore.ToString("0.####", CultureInfo.InvariantCulture));
        line[^1] = '\n';
        return line.ToString();
    }

    static void Labelled(StringBuilder line, string key, string label, string value)
    {
        if (value.Length == 0)
            return;
        Put(line, key + "Label", label);
        Put(line, key, value);
    }

    static void Put(StringBuilder line, string key, string value)
    {
        if (value.Length > 0)
            line.Append(key).Append('=').Append(Spelt(value)).Append(' ');
    }

    static int SeverityOf(RiskBand band) => band switch { RiskBand.Low => 2, RiskBand.Medium => 5, RiskBand.High => 8, _ => 10 };

    /// <summary>In the header, bars and backslashes are escaped, and there is no line end.</summary>
    static string Header(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' ');

    /// <summary>In the extension, equals signs and backslashes are escaped, and line ends are spelt.</summary>
    static string Spelt(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);
}
