using System.Globalization;
using System.Text;

namespace Interven.Engine.Alerts;

/// <summary>Text from outside as people are shown it: nothing invisible, nothing that turns the direction of writing, no new lines, and never half a character.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="IsExact">False where something was taken away or cut, so that it is not all that there is.</param>
public readonly record struct ShownText(string Text, bool IsExact)
{
    const char Ellipsis = '…';

    /// <summary>More marks on one letter than any language has pile up into something else.</summary>
    const int MostMarks = 4;

    /// <summary>Letters that show nothing.</summary>
    static readonly HashSet<int> Blank = [0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC];

    /// <param name="text">As it came.</param>
    /// <param name="most">Longest result in UTF-16 units, at least 1.</param>
    /// <param name="keepLines">New lines stay; otherwise they are shown as a sign.</param>
    public static ShownText Of(string? text, int most, bool keepLines = false)
    {
        if (string.IsNullOrEmpty(text))
            return new("", true);
        var (exact, marks) = (true, 0);
        var plain = new StringBuilder(Math.Min(text.Length, most + 64));
        foreach (var rune in text.EnumerateRunes())
        {
            // Whatever lies beyond what can be shown is cut anyway.
            if (plain.Length > most)
                break;
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (rune.Value == '\n')
                plain.Append(keepLines ? "\n" : "⏎");
            else if (rune.Value == '\t' || category is UnicodeCategory.SpaceSeparator)
                plain.Append(' ');
            else if (marks > MostMarks || IsUnseen(rune, category))
                exact = false;
            else
                plain.Append(rune.ToString());
        }
        return plain.Length <= most ? new(plain.ToString(), exact) : new(Cut(plain.ToString(), most), false);
    }

    static bool IsUnseen(Rune rune, UnicodeCategory category) => category
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || rune == Rune.ReplacementChar || Blank.Contains(rune.Value)
        || rune.Value is >= 0xFE00 and <= 0xFE0E or >= 0xE0100 and <= 0xE01EF;

    /// <summary>At most so long, ended by an ellipsis, never within what people see as one character.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = 0;
        while (end < text.Length && StringInfo.GetNextTextElementLength(text, end) is var length && end + length <= most - 1)
            end += length;
        return text[..end] + Ellipsis;
    }
}
