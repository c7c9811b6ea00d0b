using System.Buffers;

namespace Interven.Engine.Reading;

/// <summary>Decodes one run of base64 or hex and files what is readable in it.</summary>
static class EncodedText
{
    public static bool TryHex(ScanText text, int segment, int start, int length)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(length / 2 + 1);
        var run = text.TextOf(segment).Slice(start, length);
        Convert.FromHexString(run, bytes, out _, out var count);
        var filed = File(text, segment, TextLayer.Hex, bytes.AsSpan(0, count), (start, length));
        ArrayPool<byte>.Shared.Return(bytes);
        return filed;
    }

    public static bool TryBase64(ScanText text, int segment, int start, int end, int phase)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(end - start);
        var count = Decode(text.TextOf(segment)[start..end], phase, bytes);
        var filed = File(text, segment, TextLayer.Base64, bytes.AsSpan(0, count), (start, end - start));
        ArrayPool<byte>.Shared.Return(bytes);
        return filed;
    }

    static int Decode(ReadOnlySpan<char> run, int phase, Span<byte> into)
    {
        var (bits, held, count) = (0, 0, 0);
        foreach (var c in run)
        {
            var sextet = Sextets.Of(c);
            if (sextet < 0 || phase-- > 0)
                continue;
            bits = bits << 6 | sextet;
            held += 6;
            if (held < 8)
                continue;
            held -= 8;
            into[count++] = (byte)(bits >> held);
            bits &= (1 << held) - 1;
        }
        return count;
    }

    static bool File(ScanText text, int segment, TextLayer layer, ReadOnlySpan<byte> bytes, (int Start, int Length) run)
    {
        if (Inflation.IsCompressed(bytes) && Inflation.TryFile(text, segment, bytes, run))
            return true;
        if (bytes.Length < PrintableText.Shortest || PrintableText.LongestStretch(bytes) < PrintableText.Shortest)
            return false;
        if (text.Trails.IsSpent(segment, layer))
        {
            text.DecodeLimitReached = true;
            return false;
        }
        if (!text.Afford(bytes.Length))
            return false;
        var start = text.Chars.Length;
        PrintableText.Write(bytes, text);
        DecodedText.Add(text, segment, layer, DecodedText.Spent(text, segment, layer), start, text.Chars.Length - start, run, false, text.Trails.PieceCount);
        return true;
    }
}
