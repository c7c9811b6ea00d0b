using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Interven.Contracts;

namespace Interven.Engine.Evidence.Export;

/// <summary>Events of Splunk's HTTP Event Collector, one after another: a batch there is no array.</summary>
public sealed class SplunkFormat : ExportFormat
{
    public override string Name => "splunk";
    public override string MediaType => "application/json";
    public override string Extension => "splunk.json";

    public override void Write(IReadOnlyList<ExportRecord> records, bool isFirst, ExportContext context, IBufferWriter<byte> into)
    {
        foreach (var record in records)
            Write(record, context, into);
    }

    /// <summary>One event with a line end.</summary>
    public static void Write(ExportRecord record, ExportContext context, IBufferWriter<byte> into)
    {
        var read = record.Record;
        Put(into, "{\"time\":", (record.Time.ToUnixTimeMilliseconds() / 1000m).ToString("0.000", CultureInfo.InvariantCulture), ",\"host\":\"",
            JsonEncodedText.Encode(context.Host).ToString(), "\",\"source\":\"interven\",\"sourcetype\":\"interven:decision\",\"event\":");
        RecordJson.Write(record, into);
        Put(into, ",\"fields\":{\"event_id\":\"", read.Trace.ToString(), "\",\"decision\":\"", read.Decision.Word(), "\",\"risk_band\":\"", read.Band.Word(),
            "\",\"environment\":\"", JsonEncodedText.Encode(read.Environment).ToString(), "\"}}\n");
    }

    static void Put(IBufferWriter<byte> into, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
            Encoding.UTF8.GetBytes(part, into);
    }
}
