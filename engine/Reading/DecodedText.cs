namespace Interven.Engine.Reading;

/// <summary>Files what a layer has decoded as a segment of its own.</summary>
static class DecodedText
{
    /// <summary>Adds the text from <paramref name="start"/> on, which was decoded from a run of <paramref name="carrier"/>; origin, node and (unless given) field are the carrier's.</summary>
    public static int Add(ScanText text, int carrier, TextLayer layer, uint spent, int start, int length, (int Start, int Length) run,
        bool exact, int firstPiece, (int Start, int Length)? field = null, TextOrigin? origin = null, bool isNumber = false)
    {
        var from = text.Segments[carrier];
        var (fieldStart, fieldLength) = field ?? (from.FieldStart, from.FieldLength);
        var segment = text.Add(new(start, length, origin ?? from.Origin, from.Node, layer, carrier, run.Start, run.Length, fieldStart, fieldLength));
        text.Trails.Set(segment, spent, exact, firstPiece, isNumber);
        return segment;
    }

    /// <summary>Adds a part of the carrier's text that needs no decoding and no copy.</summary>
    public static int AddView(ScanText text, int carrier, TextLayer layer, uint spent, (int Start, int Length) run,
        (int Start, int Length)? field = null, bool isNumber = false) =>
        Add(text, carrier, layer, spent, text.Segments[carrier].Start + run.Start, run.Length, run, true, text.Trails.PieceCount, field, null, isNumber);

    /// <summary>The spent layers of <paramref name="carrier"/> and this one.</summary>
    public static uint Spent(ScanText text, int carrier, TextLayer layer) => SegmentTrails.Spend(text.Trails.SpentOn(carrier), layer);
}
