using Interven.Engine.Reading;

namespace Interven.Engine.Classifying;

/// <summary>Runs a table of detectors over a text.</summary>
public sealed class Classifier
{
    readonly IReadOnlyList<Detector> detectors;

    public Classifier(IReadOnlyList<Detector> detectors) => this.detectors = detectors;

    /// <summary>Adds what is found in <paramref name="text"/> to <paramref name="findings"/>.</summary>
    public void Classify(ScanText text, FindingList findings)
    {
        for (var segment = 0; segment < text.Segments.Length; segment++)
            foreach (var detector in detectors)
                Trigger(detector, text, segment, findings);
    }

    static void Trigger(Detector detector, ScanText text, int segment, FindingList findings)
    {
        var span = text.TextOf(segment);
        switch (detector.Trigger)
        {
            case Trigger.Character one:
                for (var at = 0; at < span.Length; at++)
                    if (span[at] == one.Value)
                        detector.Inspect(new Probe(text, segment, at, 1, findings));
                break;
            case Trigger.Keywords keywords:
                foreach (var literal in keywords.Literals)
                    for (var from = 0; ;)
                    {
                        var hit = span[from..].IndexOf(literal, StringComparison.OrdinalIgnoreCase);
                        if (hit < 0)
                            break;
                        detector.Inspect(new Probe(text, segment, from + hit, literal.Length, findings));
                        from += hit + 1;
                    }
                break;
        }
    }
}
