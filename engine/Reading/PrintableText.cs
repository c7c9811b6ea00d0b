using System.Buffers;
using System.Text;

namespace Interven.Engine.Reading;

/// <summary>The readable parts of decoded bytes: ASCII and UTF-8, and UTF-16 of ASCII, whose zero bytes are passed over.</summary>
static class PrintableText
{
    /// <summary>Fewest readable bytes in a row for the bytes to count as text.</summary>
    public const int Shortest = 11;

    /// <summary>Shorter stretches between unreadable bytes are noise.</summary>
    const int ShortestKept = 4;

    static readonly SearchValues<byte> Ascii = SearchValues.Create([(byte)'\t', (byte)'\n', (byte)'\r', .. Enumerable.Range(0x20, 0x5F).Select(i => (byte)i)]);

    public static int LongestStretch(ReadOnlySpan<byte> bytes)
    {
        var (longest, current) = (0, 0);
        while (!bytes.IsEmpty)
        {
            var ascii = bytes.IndexOfAnyExcept(Ascii);
            current += ascii < 0 ? bytes.Length : ascii;
            longest = Math.Max(longest, current);
            if (ascii < 0)
                break;
            bytes = bytes[ascii..];
            var taken = Readable(bytes, out var used, out _);
            current = !taken ? 0 : bytes[0] == 0 ? current : current + used;
            bytes = bytes[used..];
        }
        return Math.Max(longest, current);
    }

    /// <summary>Appends the readable stretches, a line break between two of them.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, ScanText into)
    {
        var kept = into.Chars.Length;
        Span<char> units = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            var c = bytes[0];
            if (Ascii.Contains(c))
            {
                into.Append((char)c);
                bytes = bytes[1..];
                continue;
            }
            var taken = Readable(bytes, out var used, out var rune);
            bytes = bytes[used..];
            if (taken)
            {
                if (rune.Value != 0)
                    into.Write(units[..rune.EncodeToUtf16(units)]);
                continue;
            }
            if (into.Chars.Length - kept < ShortestKept)
                into.CutBack(kept);
            else if (into.Chars[^1] != '\n')
                into.Append('\n');
            kept = into.Chars.Length;
        }
    }

    static bool Readable(ReadOnlySpan<byte> bytes, out int used, out Rune rune)
    {
        used = 1;
        rune = default;
        if (bytes[0] < 0x80)
            return bytes[0] == 0;
        return Rune.DecodeFromUtf8(bytes, out rune, out used) == OperationStatus.Done;
    }
}
