using Interven.Engine.Reading;

namespace Interven.Engine.Classifying.Scanning;

/// <summary>
/// Finds runs of digits that may hold single blanks, dots, hyphens or slashes between digits. A detector that the whole run's length fits is called once, with the whole run;
/// where the run is too long for it ("2026-11-22 4111 1111 1111 1111"), it is called for every sequence of whole groups that fits.
/// </summary>
sealed class DigitRuns
{
    /// <summary>Runs of more digits are read in pieces of this many.</summary>
    const int MaxGroups = 64;

    readonly (int Min, int Max, Detector Detector)[] detectors;
    readonly int fewest;

    public DigitRuns(IEnumerable<Detector> all)
    {
        detectors = [.. all.Where(d => d.Trigger is Trigger.Digits).Select(d => (((Trigger.Digits)d.Trigger).MinDigits, ((Trigger.Digits)d.Trigger).MaxDigits, d))];
        fewest = detectors.Length == 0 ? int.MaxValue : detectors.Min(d => d.Min);
    }

    public void Scan(ReadOnlySpan<char> span, ScanText text, int segment, FindingList findings)
    {
        if (span.Length < fewest)
            return;
        Span<Group> groups = stackalloc Group[MaxGroups];
        for (var at = 0; at < span.Length;)
        {
            var first = span[at..].IndexOfAnyInRange('0', '9');
            if (first < 0)
                return;
            at += first;
            var count = ReadGroups(span, at, groups, out var digits);
            if (digits >= fewest)
                Offer(groups[..count], digits, text, segment, findings);
            at = groups[count - 1].End;
        }
    }

    /// <summary>Digits without a separator among them.</summary>
    readonly record struct Group(int Start, int End)
    {
        public int Digits => End - Start;
    }

    static int ReadGroups(ReadOnlySpan<char> span, int at, Span<Group> groups, out int digits)
    {
        var count = 0;
        digits = 0;
        while (count < groups.Length)
        {
            var end = at + 1;
            while (end < span.Length && char.IsAsciiDigit(span[end]))
                end++;
            groups[count++] = new(at, end);
            digits += end - at;
            if (end + 1 >= span.Length || span[end] is not (' ' or '.' or '-' or '/') || !char.IsAsciiDigit(span[end + 1]))
                break;
            at = end + 1;
        }
        return count;
    }

    void Offer(ReadOnlySpan<Group> groups, int digits, ScanText text, int segment, FindingList findings)
    {
        foreach (ref readonly var entry in detectors.AsSpan())
        {
            if (digits < entry.Min)
                continue;
            if (digits <= entry.Max)
                entry.Detector.Inspect(new Probe(text, segment, groups[0].Start, groups[^1].End - groups[0].Start, findings));
            else
                OfferParts(groups, entry.Min, entry.Max, entry.Detector, text, segment, findings);
        }
    }

    static void OfferParts(ReadOnlySpan<Group> groups, int min, int max, Detector detector, ScanText text, int segment, FindingList findings)
    {
        for (var first = 0; first < groups.Length; first++)
        {
            var digits = 0;
            for (var last = first; last < groups.Length && (digits += groups[last].Digits) <= max; last++)
                if (digits >= min)
                    detector.Inspect(new Probe(text, segment, groups[first].Start, groups[last].End - groups[first].Start, findings));
        }
    }
}
