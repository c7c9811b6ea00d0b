using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Evidence;
using Interven.Engine.Reading;
using Interven.Engine.Risk;

namespace Interven.Engine.Deciding;

/// <summary>Turns findings, which are places in buffers, into values that may be kept: paths, counts and keyed fingerprints.</summary>
static class FoundValues
{
    /// <summary>So many different values are told apart; the rest of a flood counts in the classes and the score only.</summary>
    const int Most = 500;

    public static IReadOnlyList<FoundValue> Of(JsonTree tree, int body, ScanText text, FindingList findings, FingerprintKey key)
    {
        if (findings.Count == 0)
            return [];
        var paths = new FindingPaths(tree, body, text, findings);
        var found = new Dictionary<(string Kind, string Path, Confidence, Fingerprint), FoundValue>();
        foreach (ref readonly var finding in findings.Items)
        {
            if (found.Count == Most)
                break;
            var value = text.TextOf(finding.Segment).Slice(finding.Start, finding.Length);
            var (path, print) = (paths.Of(finding.Segment), key.OfValue(value));
            var id = (finding.Kind.Name, path, finding.Confidence, print);
            found[id] = found.TryGetValue(id, out var same)
                ? same with { Count = same.Count + 1 }
                : new(finding.Kind.Name, finding.Kind.Classes, path, finding.Confidence, 1, print);
        }
        return [.. found.Values];
    }

    /// <summary>Values that are sure enough to be recognised again, with what they would do outside.</summary>
    public static IReadOnlyList<(ulong Fingerprint, double Severity)> Severities(ScanText text, FindingList findings, FingerprintKey key)
    {
        List<(ulong, double)> severities = [];
        foreach (ref readonly var finding in findings.Items)
            if (finding.Confidence >= Confidence.Medium && severities.Count < Most)
                severities.Add((key.OfValue(text.TextOf(finding.Segment).Slice(finding.Start, finding.Length)).High, RiskTable.Current.Severity(finding.Kind)));
        return severities;
    }
}
