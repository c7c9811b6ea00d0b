using System.Buffers;

namespace Interven.Engine.Evidence.Export;

/// <summary>One shape in which records leave. Pure: pages of records in, bytes out, and no state between the pages.</summary>
public abstract class ExportFormat
{
    public static readonly IReadOnlyList<ExportFormat> All = [new NdjsonFormat(), new JsonFormat(), new CsvFormat(), new SplunkFormat(), new DatadogFormat(), new OcsfFormat(), new CefFormat()];

    /// <summary>As callers name it.</summary>
    public abstract string Name { get; }

    public abstract string MediaType { get; }

    /// <summary>Of the file's name.</summary>
    public abstract string Extension { get; }

    /// <summary>Null where there is no such format.</summary>
    public static ExportFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>Before the first record.</summary>
    public virtual void Begin(IBufferWriter<byte> into) { }

    /// <param name="records">A page, in order.</param>
    /// <param name="isFirst">It holds the export's first record.</param>
    /// <param name="context">What the export is made for.</param>
    /// <param name="into">Where the bytes go.</param>
    public abstract void Write(IReadOnlyList<ExportRecord> records, bool isFirst, ExportContext context, IBufferWriter<byte> into);

    /// <summary>After the last record.</summary>
    public virtual void End(IBufferWriter<byte> into) { }
}

/// <summary>One record a line; the lossless form.</summary>
sealed class NdjsonFormat : ExportFormat
{
    public override string Name => "ndjson";
    public override string MediaType => "application/x-ndjson";
    public override string Extension => "ndjson";

    public override void Write(IReadOnlyList<ExportRecord> records, bool isFirst, ExportContext context, IBufferWriter<byte> into)
    {
        foreach (var record in records)
        {
            RecordJson.Write(record, into);
            into.Write("\n"u8);
        }
    }
}

/// <summary>One array.</summary>
sealed class JsonFormat : ExportFormat
{
    public override string Name => "json";
    public override string MediaType => "application/json";
    public override string Extension => "json";

    public override void Begin(IBufferWriter<byte> into) => into.Write("["u8);

    public override void Write(IReadOnlyList<ExportRecord> records, bool isFirst, ExportContext context, IBufferWriter<byte> into)
    {
        foreach (var record in records)
        {
            into.Write(isFirst ? "\n"u8 : ",\n"u8);
            isFirst = false;
            RecordJson.Write(record, into);
        }
    }

    public override void End(IBufferWriter<byte> into) => into.Write("\n]\n"u8);
}
