using System.Buffers;
using Interven.Engine.Evidence.Export;

namespace Interven.Grains.Sinks;

/// <summary>What one request to a sink holds.</summary>
/// <param name="Records">Events in it; records that the sink does not want are passed over.</param>
/// <param name="LastSeq">The cursor, once it has been taken.</param>
sealed record BuiltBatch(byte[] Body, string MediaType, int Records, long LastSeq);

/// <summary>Takes records into one request as long as it stays within what receivers take.</summary>
sealed class SinkBatcher(SinkDocument sink)
{
    const int MostBytes = 1 << 20;

    public BuiltBatch Take(IReadOnlyList<ExportRecord> records, ExportContext context)
    {
        var format = ExportFormat.Find(sink.Format)!;
        List<ExportRecord> wanted = [];
        var (bytes, last) = (0, records[0].Seq - 1);
        foreach (var record in records)
        {
            if (sink.Wants(record.Record.Decision))
            {
                bytes += record.Canonical.Length + record.Body.Length + 600;
                if (wanted.Count > 0 && bytes > MostBytes)
                    break;
                wanted.Add(record);
            }
            last = record.Seq;
        }
        var into = new ArrayBufferWriter<byte>(Math.Max(1024, bytes));
        if (wanted.Count > 0)
        {
            format.Begin(into);
            format.Write(wanted, true, context, into);
            format.End(into);
        }
        return new(into.WrittenSpan.ToArray(), sink.Format is "ndjson" or "ocsf" or "cef" ? format.MediaType : "application/json", wanted.Count, last);
    }
}
