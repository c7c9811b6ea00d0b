using Interven.Engine.Classifying.Scanning;
using Interven.Engine.Reading;

namespace Interven.Engine.Classifying;

/// <summary>
/// Runs a table of detectors over a text, all in one pass. Compile once, share freely: it is immutable, and allocates nothing while nothing is found.
/// </summary>
public sealed class Classifier
{
    readonly GramIndex keywords;
    readonly DigitRuns digits;
    readonly CharacterTable characters;
    readonly FieldTable fields;
    readonly Detector[] everywhere;

    /// <exception cref="ArgumentException">A keyword is shorter than three characters, or not ASCII.</exception>
    public Classifier(IReadOnlyList<Detector> detectors)
    {
        keywords = new(Literals.ByDetector(detectors, trigger => (trigger as Trigger.Keywords)?.Literals));
        digits = new(detectors);
        characters = new(detectors);
        fields = new(detectors);
        everywhere = [.. detectors.Where(d => d.Trigger is Trigger.EverySegment)];
    }

    /// <summary>Adds what is found in <paramref name="text"/> to <paramref name="findings"/>, then settles overlaps (<see cref="Overlaps"/>).</summary>
    public void Classify(ScanText text, FindingList findings)
    {
        for (var segment = 0; segment < text.Segments.Length; segment++)
        {
            var span = text.TextOf(segment);
            keywords.Scan(span, text, segment, findings);
            digits.Scan(span, text, segment, findings);
            if (!characters.IsEmpty)
                characters.Scan(span, text, segment, findings);
            fields.Scan(span, text, segment, findings);
            foreach (var detector in everywhere)
                detector.Inspect(new Probe(text, segment, 0, span.Length, findings));
        }
        Overlaps.Resolve(findings);
    }
}
