using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Interven.Contracts;

namespace Interven.Engine.Evidence.Export;

/// <summary>
/// A record as one JSON object on one line: the canonical bytes as they were hashed, and behind them what is not hashed. Whoever cuts the line at
/// <c>,"seq":</c> and closes the brace has the hashed bytes again.
/// </summary>
static class RecordJson
{
    public static void Write(ExportRecord record, IBufferWriter<byte> into, bool withBody = true)
    {
        into.Write(record.Canonical.Span[..^1]);
        into.Write(",\"seq\":"u8);
        Number(record.Seq, into);
        into.Write(",\"hash\":\""u8);
        Hex(record.Hash.Span, into);
        into.Write("\",\"response_classes\":["u8);
        var isFirst = true;
        foreach (var word in record.ResponseClasses.EachWord())
        {
            into.Write(isFirst ? "\""u8 : ",\""u8);
            Encoding.UTF8.GetBytes(word, into);
            into.Write("\""u8);
            isFirst = false;
        }
        into.Write("]"u8);
        if (withBody && !record.Body.IsEmpty)
        {
            into.Write(",\"body_redacted\":"u8);
            OneLine(record.Body.Span, into);
        }
        into.Write("}"u8);
    }

    public static void Number(long value, IBufferWriter<byte> into)
    {
        Utf8Formatter.TryFormat(value, into.GetSpan(20), out var written);
        into.Advance(written);
    }

    /// <summary>Line ends of a JSON text stand between its tokens only, where they mean nothing.</summary>
    static void OneLine(ReadOnlySpan<byte> json, IBufferWriter<byte> into)
    {
        for (var at = json.IndexOfAny((byte)'\n', (byte)'\r'); at >= 0; at = json.IndexOfAny((byte)'\n', (byte)'\r'))
        {
            into.Write(json[..at]);
            json = json[(at + 1)..];
        }
        into.Write(json);
    }

    static void Hex(ReadOnlySpan<byte> bytes, IBufferWriter<byte> into)
    {
        Convert.TryToHexStringLower(bytes, into.GetSpan(bytes.Length * 2), out var written);
        into.Advance(written);
    }
}
