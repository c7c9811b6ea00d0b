using System.Buffers;
using System.Text;
using System.Text.Json;
using Interven.Contracts;

namespace Interven.Engine.Evidence.Export;

/// <summary>Arrays for Datadog's log intake, one on each line, none beyond what one request may hold. The intake cuts longer entries and says 202 all the same, so we cut first and say so.</summary>
public sealed class DatadogFormat : ExportFormat
{
    public const int MostEntries = 1000, MostBytes = 5_000_000, MostEntryBytes = 900 * 1024;

    /// <summary>The intake drops what is older; the record then comes with the time of its sending, and its own beside it.</summary>
    public static readonly TimeSpan MostAge = TimeSpan.FromHours(18);

    public override string Name => "datadog";
    public override string MediaType => "application/x-ndjson";
    public override string Extension => "datadog.ndjson";

    public override void Write(IReadOnlyList<ExportRecord> records, bool isFirst, ExportContext context, IBufferWriter<byte> into)
    {
        var (entries, bytes) = (0, 0);
        foreach (var record in records)
        {
            var entry = Entry(record, context);
            if (entries == MostEntries || entries > 0 && bytes + entry.Length + 2 > MostBytes)
            {
                into.Write("]\n"u8);
                (entries, bytes) = (0, 0);
            }
            into.Write(entries == 0 ? "["u8 : ","u8);
            into.Write(entry);
            (entries, bytes) = (entries + 1, bytes + entry.Length + 2);
        }
        if (entries > 0)
            into.Write("]\n"u8);
    }

    /// <summary>One entry, at most <see cref="MostEntryBytes"/> long.</summary>
    public static byte[] Entry(ExportRecord record, ExportContext context)
    {
        var whole = Entry(record, context, isCut: false);
        return whole.Length <= MostEntryBytes ? whole : Entry(record, context, isCut: true);
    }

    static byte[] Entry(ExportRecord record, ExportContext context, bool isCut)
    {
        var read = record.Record;
        var isOld = context.Now - record.Time > MostAge;
        var attributes = new ArrayBufferWriter<byte>(2048);
        RecordJson.Write(record, attributes, withBody: !isCut);
        var into = new ArrayBufferWriter<byte>(attributes.WrittenCount + 512);
        using (var json = new Utf8JsonWriter(into, new() { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("ddsource"u8, "interven"u8);
            json.WriteString("ddtags"u8, $"env:{Tag(read.Environment)},decision:{Tag(read.Decision.Word())},risk:{Tag(read.Band.Word())},tool:{Tag(read.Tool)}");
            json.WriteString("hostname"u8, context.Host);
            json.WriteString("service"u8, "interven"u8);
            json.WriteString("status"u8, StatusOf(read));
            json.WriteNumber("timestamp"u8, (isOld ? context.Now : record.Time).ToUnixTimeMilliseconds());
            if (isOld)
                json.WriteString("original_time"u8, RecordBytes.Time(record.Time));
            json.WriteString("message"u8, $"{read.Decision.Word()} {read.Tool}.{read.Operation} by {read.AgentId}");
            if (isCut)
                json.WriteBoolean("truncated"u8, true);
            json.WritePropertyName("interven"u8);
            json.WriteRawValue(attributes.WrittenSpan, skipInputValidation: true);
            json.WriteEndObject();
        }
        return into.WrittenSpan.ToArray();
    }

    static string StatusOf(DecisionRecord record) => record.Decision switch { Decision.Deny => "error", Decision.RequireApproval => "warn", _ => "info" };

    /// <summary>What a tag may hold; anything else becomes an underscore.</summary>
    static string Tag(string text)
    {
        var tag = new StringBuilder(text.Length);
        foreach (var c in text.Length <= 100 ? text : text[..100])
            tag.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' ? char.ToLowerInvariant(c) : '_');
        return tag.ToString();
    }
}
