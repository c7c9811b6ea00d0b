namespace Interven.Engine.Sanitising;

/// <summary>One span of a plain text, and what it is replaced by.</summary>
/// <param name="Segment">The plain segment.</param>
/// <param name="Start">Start inside its text.</param>
/// <param name="Length">Length in UTF-16 units.</param>
/// <param name="Marker">What is written instead (<c>[REDACTED:CREDIT_CARD]</c>).</param>
/// <param name="Severity">Of two that overlap, the more severe one names the marker.</param>
/// <param name="Quote">Quotation mark to put around the marker, as it is written at that depth: a number of a nested document becomes a string there.</param>
readonly record struct Redaction(int Segment, int Start, int Length, string Marker, double Severity, string Quote = "")
{
    public int End => Start + Length;

    /// <summary>Sorts by place and makes one of those that overlap, or that touch and say the same.</summary>
    public static void Merge(List<Redaction> redactions)
    {
        redactions.Sort(static (a, b) => (a.Segment, a.Start, -a.Length).CompareTo((b.Segment, b.Start, -b.Length)));
        var kept = 0;
        for (var i = 0; i < redactions.Count; i++)
            if (kept > 0 && redactions[kept - 1].TakesIn(redactions[i]))
                redactions[kept - 1] = redactions[kept - 1].With(redactions[i]);
            else
                redactions[kept++] = redactions[i];
        redactions.RemoveRange(kept, redactions.Count - kept);
    }

    bool TakesIn(in Redaction next) =>
        Segment == next.Segment && (next.Start < End || next.Start == End && next.Marker == Marker && Quote.Length + next.Quote.Length == 0);

    Redaction With(in Redaction next)
    {
        var end = Math.Max(End, next.End);
        var quote = Length == end - Start && Quote.Length > 0 ? Quote : next.Start == Start && next.End == end ? next.Quote : "";
        var marker = next.Severity > Severity ? next : this;
        return new(Segment, Start, end - Start, marker.Marker, marker.Severity, quote);
    }
}
