using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Sanitising;

/// <summary>A finding at the place where it stands in the call as sent. The same match seen through several decodings is one of these.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Confidence">The surest of the merged findings.</param>
/// <param name="Place">Where it stands.</param>
public readonly record struct PlacedFinding(DataKind Kind, Confidence Confidence, TextPlace Place)
{
    /// <summary>Places all findings, by text, kind and start; findings of one kind that overlap are made one.</summary>
    public static List<PlacedFinding> Of(ScanText text, ReadOnlySpan<Finding> findings)
    {
        var placed = new List<PlacedFinding>(findings.Length);
        foreach (ref readonly var finding in findings)
            placed.Add(new(finding.Kind, finding.Confidence, text.MapToOutermost(finding)));
        placed.Sort(static (a, b) => (a.Place.Segment, string.CompareOrdinal(a.Kind.Name, b.Kind.Name), a.Place.Start, -a.Place.Length)
            .CompareTo((b.Place.Segment, 0, b.Place.Start, -b.Place.Length)));
        var kept = 0;
        for (var i = 0; i < placed.Count; i++)
            if (kept > 0 && placed[kept - 1] is var last && last.Kind.Name == placed[i].Kind.Name && last.Place.Segment == placed[i].Place.Segment && placed[i].Place.Start < last.Place.End)
                placed[kept - 1] = last.With(placed[i]);
            else
                placed[kept++] = placed[i];
        placed.RemoveRange(kept, placed.Count - kept);
        return placed;
    }

    PlacedFinding With(in PlacedFinding other)
    {
        var end = Math.Max(Place.End, other.Place.End);
        return new(Kind, Confidence > other.Confidence ? Confidence : other.Confidence, Place with { Length = end - Place.Start });
    }
}
