using System.Text;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Classifying;

/// <summary>Calls detectors the plainest way that fits the meaning of their triggers, one detector and one place at a time: detectors are tested apart from the one-pass core.</summary>
static class EveryTrigger
{
    public static FindingList FindIn(string json, IEnumerable<Detector> detectors)
    {
        using var tree = JsonTree.Parse(Encoding.UTF8.GetBytes(json), out var problem);
        Assert.True(tree is not null, problem?.Message);
        using var text = new ScanText();
        BodyText.Read(tree, 0, text);
        var findings = new FindingList();
        Run(text, detectors, findings);
        return findings;
    }

    public static void Run(ScanText text, IEnumerable<Detector> detectors, FindingList findings)
    {
        foreach (var detector in detectors)
            for (var segment = 0; segment < text.Segments.Length; segment++)
                Call(detector, text, segment, findings);
    }

    static void Call(Detector detector, ScanText text, int segment, FindingList findings)
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
                    for (var at = 0; at + literal.Length <= span.Length; at++)
                        if (span[at..].StartsWith(literal, StringComparison.OrdinalIgnoreCase))
                            detector.Inspect(new Probe(text, segment, at, literal.Length, findings));
                break;
            case Trigger.Digits digits:
                Digits(detector, digits, text, segment, findings);
                break;
            case Trigger.FieldName field when field.Names.Contains(Normalised(text.FieldOf(segment))):
                detector.Inspect(new Probe(text, segment, 0, span.Length, findings));
                break;
        }
    }

    static void Digits(Detector detector, Trigger.Digits digits, ScanText text, int segment, FindingList findings)
    {
        var span = text.TextOf(segment);
        for (var at = 0; at < span.Length; at++)
        {
            if (!char.IsAsciiDigit(span[at]))
                continue;
            var (end, count) = (at, 0);
            while (end < span.Length && (char.IsAsciiDigit(span[end])
                || span[end] is ' ' or '.' or '-' or '/' && end + 1 < span.Length && char.IsAsciiDigit(span[end + 1])))
                count += char.IsAsciiDigit(span[end++]) ? 1 : 0;
            if (count >= digits.MinDigits && count <= digits.MaxDigits)
                detector.Inspect(new Probe(text, segment, at, end - at, findings));
            at = end;
        }
    }

    static string Normalised(ReadOnlySpan<char> field) =>
        field.ToString().ToLowerInvariant().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
