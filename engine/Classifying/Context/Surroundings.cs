using Interven.Engine.Reading;

namespace Interven.Engine.Classifying.Context;

/// <summary>Looks for words near a candidate: in the text beside it, in the name of its field, and, where that name says nothing, in what stands right before it.</summary>
static class Surroundings
{
    const int Before = 64;
    const int After = 32;
    const int LongestField = 64;

    static readonly WordSet SaysNothing = new("value", "number", "id", "no", "num", "text", "content", "data", "input", "answer");

    public static bool Mention(in Probe probe, int start, int length, WordSet words) =>
        BesideIn(probe.Text, start, length, words) || FieldSays(probe, words);

    public static bool BesideIn(ReadOnlySpan<char> text, int start, int length, WordSet words)
    {
        // Whole words only: the window widens to the edges of the words that it cuts.
        var from = Math.Max(0, start - Before);
        while (from > 0 && start - from < Before + 16 && Chars.IsWord(text[from - 1]))
            from--;
        var end = start + length;
        var to = Math.Min(text.Length, end + After);
        return words.In(text[from..start]) || words.In(text[end..to]);
    }

    /// <summary>True where the field's name, or for names such as <c>value</c> what stands right before it, has one of <paramref name="words"/>.</summary>
    public static bool FieldSays(in Probe probe, WordSet words)
    {
        Span<char> buffer = stackalloc char[LongestField * 2];
        var field = Spell(probe.Field, buffer);
        return field.Length > 0 && (words.In(field) || SaysNothing.Has(field) && NeighboursSay(probe, words));
    }

    /// <summary>True where no field holds the text, or one whose name fits anything.</summary>
    public static bool FieldSaysNothing(in Probe probe)
    {
        Span<char> buffer = stackalloc char[LongestField * 2];
        return probe.Field.Length == 0 || SaysNothing.Has(Spell(probe.Field, buffer));
    }

    /// <summary>Writes <c>homePhone_number</c> as <c>home phone number</c>, so that whole words can be looked for.</summary>
    public static ReadOnlySpan<char> Spell(ReadOnlySpan<char> name, Span<char> buffer)
    {
        name = name.Length > LongestField ? name[^LongestField..] : name;
        var count = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1]))
                buffer[count++] = ' ';
            buffer[count++] = char.IsLetterOrDigit(name[i]) ? char.ToLowerInvariant(name[i]) : ' ';
        }
        return buffer[..count];
    }

    /// <summary><c>nhs number</c> without its <c>number</c>.</summary>
    static ReadOnlySpan<char> WithoutGenericEnd(ReadOnlySpan<char> spelled) =>
        spelled.LastIndexOf(' ') is var blank and > 0 && SaysNothing.Has(spelled[(blank + 1)..]) ? spelled[..blank] : spelled;

    static bool NeighboursSay(in Probe probe, WordSet words)
    {
        Span<char> buffer = stackalloc char[LongestField * 2];
        var segments = probe.Document.Segments;
        for (int i = probe.Segment - 1, looked = 0; i >= 0 && looked < 4; i--, looked++)
        {
            if (segments[i].Layer != TextLayer.Plain || segments[i].Length > LongestField)
                return false;
            var before = Spell(probe.Document.TextOf(i), buffer);
            if (words.Ends(before) || words.Ends(WithoutGenericEnd(before)))
                return true;
        }
        return false;
    }
}
