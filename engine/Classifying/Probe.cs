using Interven.Contracts;
using Interven.Engine.Reading;

namespace Interven.Engine.Classifying;

/// <summary>One place worth a look: what a detector gets when its trigger is met.</summary>
public readonly ref struct Probe(ScanText document, int segment, int at, int length, FindingList findings)
{
    /// <summary>The whole document, for a look at neighbours.</summary>
    public ScanText Document { get; } = document;

    /// <summary>Index of the segment that holds the trigger.</summary>
    public int Segment { get; } = segment;

    /// <summary>The segment's text.</summary>
    public ReadOnlySpan<char> Text { get; } = document.TextOf(segment);

    /// <summary>Name of the field that holds the text; empty where there is none.</summary>
    public ReadOnlySpan<char> Field => Document.FieldOf(Segment);

    /// <summary>Where the trigger (keyword, digit run, character) starts in <see cref="Text"/>.</summary>
    public int At { get; } = at;

    /// <summary>The trigger's length.</summary>
    public int Length { get; } = length;

    /// <summary>Where findings go, for detectors that report several segments of one document.</summary>
    internal FindingList Findings { get; } = findings;

    /// <summary>Adds a finding at <paramref name="start"/> of <see cref="Text"/>.</summary>
    public void Report(DataKind kind, Confidence confidence, int start, int length) =>
        Findings.Add(new(kind, confidence, Segment, start, length));
}

/// <summary>Looks at one place and reports what it is sure of. Must cost time linear in a bounded window around the place.</summary>
public delegate void Inspect(in Probe probe);
