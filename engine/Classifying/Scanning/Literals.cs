namespace Interven.Engine.Classifying.Scanning;

/// <summary>Turns the detector table around: who waits for which literal.</summary>
static class Literals
{
    public static Dictionary<string, Detector[]> ByDetector(IReadOnlyList<Detector> detectors, Func<Trigger, string[]?> literalsOf) =>
        detectors.SelectMany(d => literalsOf(d.Trigger) ?? [], (detector, literal) => (Literal: literal.ToLowerInvariant(), Detector: detector))
            .GroupBy(pair => pair.Literal, pair => pair.Detector, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Distinct().ToArray(), StringComparer.Ordinal);
}
