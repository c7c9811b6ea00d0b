using System.IO.Compression;

namespace Interven.Engine.Reading;

/// <summary>Unpacks gzip (RFC 1952) and zlib (RFC 1950) found inside base64. What it may give is bounded by the decode budget, so a bomb ends as <c>DECODE_LIMIT</c>.</summary>
static class Inflation
{
    /// <summary>Most that is unpacked for each packed byte.</summary>
    const int MostRatio = 64;

    /// <summary>By the base64 of the first bytes: gzip, and zlib at its usual levels.</summary>
    public static bool LooksCompressed(ReadOnlySpan<char> base64) =>
        base64.StartsWith("H4sI", StringComparison.Ordinal) || base64.StartsWith("eJ", StringComparison.Ordinal)
        || base64.StartsWith("eAE", StringComparison.Ordinal) || base64.StartsWith("eNo", StringComparison.Ordinal);

    public static bool IsCompressed(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 12 && (bytes[0], bytes[1]) is (0x1F, 0x8B) or (0x78, 0x9C) or (0x78, 0x01) or (0x78, 0xDA) or (0x78, 0x5E);

    public static bool TryFile(ScanText text, int segment, ReadOnlySpan<byte> bytes, (int Start, int Length) run)
    {
        if (text.Trails.IsSpent(segment, TextLayer.Compressed) || text.Trails.IsSpent(segment, TextLayer.Base64))
        {
            text.DecodeLimitReached = true;
            return false;
        }
        if (!text.AffordInflation())
            return false;
        var most = Math.Min(text.Affordable, bytes.Length * MostRatio);
        var unpacked = Unpack(bytes, most, out var whole);
        text.DecodeLimitReached |= !whole;
        if (PrintableText.LongestStretch(unpacked) < PrintableText.Shortest || !text.Afford(unpacked.Length))
            return false;
        var start = text.Chars.Length;
        PrintableText.Write(unpacked, text);
        var spent = SegmentTrails.Spend(DecodedText.Spent(text, segment, TextLayer.Base64), TextLayer.Compressed);
        DecodedText.Add(text, segment, TextLayer.Compressed, spent, start, text.Chars.Length - start, run, false, text.Trails.PieceCount);
        return true;
    }

    /// <summary>Gives what could be unpacked; <paramref name="whole"/> is false where more was there than <paramref name="most"/>.</summary>
    static ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> bytes, int most, out bool whole)
    {
        using var packed = new MemoryStream(bytes.ToArray());
        using Stream unpack = bytes[0] == 0x1F ? new GZipStream(packed, CompressionMode.Decompress) : new ZLibStream(packed, CompressionMode.Decompress);
        var into = new byte[most + 1];
        var count = 0;
        try
        {
            for (var read = 1; read > 0 && count < into.Length; count += read)
                read = unpack.Read(into, count, into.Length - count);
        }
        catch (InvalidDataException)
        {
            // A stream that breaks off, or only begins like one: what came out of it until then counts.
        }
        whole = count <= most;
        return into.AsSpan(0, Math.Min(count, most));
    }
}
