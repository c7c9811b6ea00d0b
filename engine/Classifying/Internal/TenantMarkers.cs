using Interven.Contracts;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Internal;

/// <summary>Markers that a tenant named itself: whole words, any case, wherever they stand.</summary>
static class TenantMarkers
{
    const int ShortestKeyword = 3;

    public static IEnumerable<Detector> Detectors(IReadOnlyList<string> markers) => Detectors(markers, Kinds.TenantMarker, "tenant_marker");

    /// <summary>The same for literals of another kind.</summary>
    public static IEnumerable<Detector> Detectors(IReadOnlyList<string> markers, DataKind kind, string name)
    {
        foreach (var marker in markers.Select(marker => marker.Trim()).Where(marker => marker.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))
            foreach (var (trigger, offset) in Triggers(marker))
                yield return new(name, trigger, (in Probe probe) => Inspect(probe, marker, offset, kind));
    }

    static void Inspect(in Probe probe, string marker, int offset, DataKind kind)
    {
        var at = probe.At - offset;
        if (at < 0 || at + marker.Length > probe.Text.Length || !probe.Text.Slice(at, marker.Length).Equals(marker, StringComparison.OrdinalIgnoreCase))
            return;
        var opens = Chars.IsWord(marker[0]) && Chars.IsWord(Chars.At(probe.Text, at - 1));
        var closes = Chars.IsWord(marker[^1]) && Chars.IsWord(Chars.At(probe.Text, at + marker.Length));
        if (!opens && !closes)
            probe.Report(kind, Confidence.Medium, at, marker.Length);
    }

    /// <summary>The marker's longest ASCII part as keyword; where that is too short, its first character in both cases.</summary>
    static IEnumerable<(Trigger Trigger, int Offset)> Triggers(string marker)
    {
        var (start, length) = LongestAscii(marker);
        if (length >= ShortestKeyword)
            return [(new Trigger.Keywords(marker.Substring(start, length)), start)];
        return new[] { char.ToLowerInvariant(marker[0]), char.ToUpperInvariant(marker[0]) }.Distinct().Select(first => ((Trigger)new Trigger.Character(first), 0));
    }

    static (int Start, int Length) LongestAscii(string marker)
    {
        var (best, start) = ((Start: 0, Length: 0), 0);
        for (var i = 0; i <= marker.Length; i++)
            if (i == marker.Length || !char.IsAscii(marker[i]))
            {
                if (i - start > best.Length)
                    best = (start, i - start);
                start = i + 1;
            }
        return best;
    }
}
