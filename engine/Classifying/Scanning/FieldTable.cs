using System.Collections.Frozen;
using Interven.Engine.Reading;

namespace Interven.Engine.Classifying.Scanning;

/// <summary>Finds the detectors that wait for a field by its whole name, or by a word in it.</summary>
sealed class FieldTable
{
    readonly FrozenDictionary<string, Detector[]>.AlternateLookup<ReadOnlySpan<char>> byName;
    readonly GramIndex? words;

    public FieldTable(IReadOnlyList<Detector> detectors)
    {
        byName = detectors.Where(d => d.Trigger is Trigger.FieldName)
            .SelectMany(d => ((Trigger.FieldName)d.Trigger).Names, (detector, name) => (Name: FieldNames.Normalise(name), Detector: detector))
            .GroupBy(pair => pair.Name, pair => pair.Detector, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        var literals = Literals.ByDetector(detectors, trigger => (trigger as Trigger.FieldWord)?.Words);
        words = literals.Count == 0 ? null : new(literals);
    }

    public void Scan(ReadOnlySpan<char> span, ScanText text, int segment, FindingList findings)
    {
        var field = text.FieldOf(segment);
        if (field.IsEmpty || span.IsEmpty)
            return;
        Span<char> buffer = stackalloc char[FieldNames.MaxLength];
        if (byName.TryGetValue(FieldNames.Normalise(field, buffer), out var detectors))
            foreach (var detector in detectors)
                detector.Inspect(new Probe(text, segment, 0, span.Length, findings));
        words?.Scan(field, text, segment, findings);
    }
}
