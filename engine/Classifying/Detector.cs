namespace Interven.Engine.Classifying;

/// <summary>What makes the classifier call a detector. Triggers are found for all detectors in one pass over the text.</summary>
public abstract record Trigger
{
    /// <summary>Literals, ASCII, matched ignoring case, three characters or longer.</summary>
    public sealed record Keywords(params string[] Literals) : Trigger;

    /// <summary>A run of digits that may hold single blanks, dots, hyphens or slashes between digits, with at least <paramref name="MinDigits"/> and at most <paramref name="MaxDigits"/> digits. A longer run is offered in every part of whole groups that fits.</summary>
    public sealed record Digits(int MinDigits, int MaxDigits) : Trigger;

    /// <summary>A single character, such as <c>@</c>.</summary>
    public sealed record Character(char Value) : Trigger;

    /// <summary>The segment's field name, lower-cased without separators, is one of <paramref name="Names"/>.</summary>
    public sealed record FieldName(params string[] Names) : Trigger;

    /// <summary>The segment's field name holds one of <paramref name="Words"/> anywhere, ignoring case; three characters or longer. The probe's place is that of the word in the field's name.</summary>
    public sealed record FieldWord(params string[] Words) : Trigger;

    /// <summary>Every segment, as a whole: for tenants' own patterns, which have no literal to be found by.</summary>
    public sealed record EverySegment : Trigger;
}

/// <summary>One row of the detector table.</summary>
/// <param name="Name">For tests, benchmarks and the docs.</param>
/// <param name="Trigger">What calls it.</param>
/// <param name="Inspect">What it does there.</param>
public sealed record Detector(string Name, Trigger Trigger, Inspect Inspect);
