namespace Interven.Engine.Classifying;

/// <summary>
/// Settles findings that claim the same characters of one segment.
/// The stronger one is the surer, then the one with the harsher kind, then a vendor's, then the longer. The weaker one goes
/// if the stronger has all its classes; or if it is less sure (digits inside a token are no phone number); or if they merely cross, for then they contradict each other.
/// So an equally sure finding of another class inside a larger one stays: an e-mail address in a connection string.
/// </summary>
public static class Overlaps
{
    /// <summary>With so many open findings before it each finding is compared: keeps the work linear in hostile input.</summary>
    const int Window = 8;

    public static void Resolve(FindingList findings)
    {
        var items = findings.Editable;
        if (items.Length < 2)
            return;
        items.Sort(static (a, b) =>
            a.Segment != b.Segment ? a.Segment.CompareTo(b.Segment)
            : a.Start != b.Start ? a.Start.CompareTo(b.Start)
            : b.Length.CompareTo(a.Length));
        var kept = 0;
        foreach (var item in items)
            if (StandsAgainst(items[..kept], item, out var dropped))
            {
                if (dropped > 0)
                    kept = Compact(items[..kept], item);
                items[kept++] = item;
            }
        findings.Truncate(kept);
    }

    static bool StandsAgainst(ReadOnlySpan<Finding> kept, in Finding item, out int dropped)
    {
        dropped = 0;
        for (var i = kept.Length - 1; i >= Math.Max(0, kept.Length - Window); i--)
        {
            if (!Clash(kept[i], item))
                continue;
            if (IsStronger(kept[i], item))
                return false;
            dropped++;
        }
        return true;
    }

    static int Compact(Span<Finding> kept, in Finding winner)
    {
        var from = Math.Max(0, kept.Length - Window);
        var count = from;
        for (var i = from; i < kept.Length; i++)
            if (!Clash(kept[i], winner))
                kept[count++] = kept[i];
        return count;
    }

    static bool Clash(in Finding a, in Finding b)
    {
        if (a.Segment != b.Segment || a.Start >= b.End || b.Start >= a.End)
            return false;
        var (strong, weak) = IsStronger(a, b) ? (a, b) : (b, a);
        var nested = (a.Start <= b.Start && b.End <= a.End) || (b.Start <= a.Start && a.End <= b.End);
        return !nested || strong.Confidence > weak.Confidence || (strong.Kind.Classes & weak.Kind.Classes) == weak.Kind.Classes;
    }

    static bool IsStronger(in Finding a, in Finding b) =>
        a.Confidence != b.Confidence ? a.Confidence > b.Confidence
        : a.Kind.Severity != b.Kind.Severity ? a.Kind.Severity > b.Kind.Severity
        : a.Kind.Vendor is null != b.Kind.Vendor is null ? a.Kind.Vendor is not null
        : a.Length >= b.Length;
}
