using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Sanitising;

/// <summary>The markers that a pass wrote: a field called <c>password</c> whose value is a marker holds no password.</summary>
sealed class EmittedMarkers
{
    readonly HashSet<string> markers = new(StringComparer.Ordinal) { Sanitiser.FieldMarker };
    int longest = Sanitiser.FieldMarker.Length;

    public EmittedMarkers(ReadOnlySpan<Finding> findings) => Add(findings);

    public void Add(ReadOnlySpan<Finding> findings)
    {
        foreach (ref readonly var finding in findings)
            if (markers.Add(finding.Kind.Redaction))
                longest = Math.Max(longest, finding.Kind.Redaction.Length);
    }

    /// <summary>True where the finding lies inside one marker.</summary>
    public bool Covers(ScanText text, in Finding finding)
    {
        var place = text.MapToOutermost(finding);
        var plain = text.TextOf(place.Segment);
        var from = Math.Max(0, place.End - longest);
        if (place.Start < from)
            return false;
        var open = plain[from..(place.Start + 1)].LastIndexOf('[');
        if (open < 0)
            return false;
        var close = plain[(from + open)..].IndexOf(']');
        return close >= 0 && from + open + close + 1 >= place.End
            && markers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(plain.Slice(from + open, close + 1));
    }
}
