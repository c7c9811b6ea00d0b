using Interven.Contracts;

namespace Interven.Engine.Classifying.Context;

/// <summary>Length of a value of some shape at <paramref name="at"/>; 0 where there is none.</summary>
delegate int Shape(ReadOnlySpan<char> text, int at);

/// <summary>
/// Data that only its label tells: a word in the text with the value right after it, or the name of the field that holds the value.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Confidence">How sure label and shape together are.</param>
/// <param name="Words">Labels in running text, three characters or longer.</param>
/// <param name="Fields">Names of fields, lower-case without separators.</param>
/// <param name="Shape">What the value looks like.</param>
/// <param name="Near">Where label and field say too little: words of which one must stand near.</param>
sealed record Labelled(DataKind Kind, Confidence Confidence, string[] Words, string[] Fields, Shape Shape, WordSet? Near = null)
{
    public IEnumerable<Detector> Detectors()
    {
        if (Words.Length > 0)
            yield return new(Kind.Name + "_label", new Trigger.Keywords([.. Words.Where(word => System.Text.Ascii.IsValid(word))]), InText);
        if (Fields.Length > 0)
            yield return new(Kind.Name + "_field", new Trigger.FieldName(Fields), InField);
    }

    void InText(in Probe probe)
    {
        var end = probe.At + probe.Length;
        if (Chars.IsWord(Chars.At(probe.Text, probe.At - 1)))
            return;
        // A plural or an apostrophe may follow the label; another word may not.
        while (end < probe.Text.Length && end - probe.At - probe.Length < 3 && probe.Text[end] is 's' or '\'' or '.')
            end++;
        if (Chars.IsWord(Chars.At(probe.Text, end)))
            return;
        var at = LeadIn.ValueAfter(probe.Text, end);
        if (at > end && Shape(probe.Text, at) is var length and > 0 && (Near is null || Surroundings.BesideIn(probe.Text, at, length, Near)))
            probe.Report(Kind, Confidence, at, length);
    }

    void InField(in Probe probe)
    {
        var start = 0;
        while (start < probe.Text.Length && char.IsWhiteSpace(probe.Text[start]))
            start++;
        if (Shape(probe.Text, start) is var length and > 0 && probe.Text[(start + length)..].IsWhiteSpace() && (Near is null || Surroundings.FieldSays(probe, Near)))
            probe.Report(Kind, Confidence, start, length);
    }
}
