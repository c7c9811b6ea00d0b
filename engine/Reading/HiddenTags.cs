namespace Interven.Engine.Reading;

/// <summary>Reads text written in Unicode tag characters (U+E0020 to U+E007E): invisible to people, read as ASCII by language models.</summary>
static class HiddenTags
{
    /// <summary>Fewer are the flag of a region.</summary>
    const int Fewest = 7;

    const char High = '\uDB40';

    public static void Read(ScanText text, int segment)
    {
        var one = text.Segments[segment];
        if (text.Trails.IsSpent(segment, TextLayer.Folded) || text.TextOf(segment).Count(High) < Fewest || !text.Afford(one.Length))
            return;
        var (start, firstPiece) = (text.Chars.Length, text.Trails.PieceCount);
        for (var at = 0; at < one.Length - 1; at++)
        {
            var low = text.Buffer[one.Start + at + 1];
            if (text.Buffer[one.Start + at] != High || low is < '\uDC20' or > '\uDC7E')
                continue;
            if (firstPiece == text.Trails.PieceCount && at > 0)
                text.Trails.AddPiece(firstPiece, 0, 0, 0, at);
            text.Trails.AddPiece(firstPiece, text.Chars.Length - start, at, 1, 2);
            text.Append((char)(low - '\uDC00'));
        }
        DecodedText.Add(text, segment, TextLayer.Folded, DecodedText.Spent(text, segment, TextLayer.Folded),
            start, text.Chars.Length - start, (0, one.Length), true, firstPiece);
    }
}
