namespace Interven.Engine.Reading;

/// <summary>Finds runs of base64, base64url and hex in a text and decodes those that hold printable text.</summary>
static class EncodedRuns
{
    /// <summary>Shorter runs are words.</summary>
    public const int Shortest = 16;

    /// <summary>Lines of wrapped base64 are at least this long (RFC 7468: 64, RFC 2045: 76).</summary>
    const int WrappedLine = 60;

    /// <summary>Reads all runs. To find them only every 16th character is looked at where words are short.</summary>
    public static void Read(ScanText text, int segment)
    {
        var length = text.Segments[segment].Length;
        // Of an unmasked text the carrier has shown all runs but those that the unmasking changed.
        var unmasked = text.Segments[segment].Layer is TextLayer.Percent or TextLayer.Html or TextLayer.Escapes or TextLayer.Folded;
        for (var from = 0; from + Shortest <= length;)
        {
            var chars = text.TextOf(segment);
            var back = from + Shortest - 1;
            while (back >= from && Sextets.IsOne(chars[back]))
                back--;
            if (back >= from)
            {
                from = back + 1;
                continue;
            }
            var end = EndOf(chars, from + Shortest);
            if (!unmasked || !TextPiece.Unchanged(text.Trails.PiecesOf(segment), from, end - from))
                Read(text, segment, from, end);
            from = end;
        }
    }

    static int EndOf(ReadOnlySpan<char> chars, int at)
    {
        var line = at - Shortest;
        while (true)
        {
            while (at < chars.Length && Sextets.IsOne(chars[at]))
                at++;
            var next = at;
            while (next < chars.Length && chars[next] is '\r' or '\n')
                next++;
            if (next == at || next - at > 2 || at - line < WrappedLine || next >= chars.Length || !Sextets.IsOne(chars[next]))
                break;
            line = at = next;
        }
        while (at < chars.Length && chars[at] == '=')
            at++;
        return at;
    }

    static void Read(ScanText text, int segment, int from, int end)
    {
        var run = text.TextOf(segment)[from..end];
        // In an address a run begins where its path does, and what is packed at one of the slashes.
        var packed = Inflation.LooksCompressed(run) ? 0 : run.IndexOf("/H4sI", StringComparison.Ordinal) + 1;
        if ((packed > 0 || Inflation.LooksCompressed(run)) && EncodedText.TryBase64(text, segment, from + packed, end, 0))
            return;
        var (start, length) = RunStreaks.HexIn(text.TextOf(segment)[from..end]);
        if (length > 0 && EncodedText.TryHex(text, segment, from + start, length))
            return;
        if (RunStreaks.PhaseOf(text.TextOf(segment)[from..end]) is >= 0 and var phase)
            EncodedText.TryBase64(text, segment, from, end, phase);
    }
}
