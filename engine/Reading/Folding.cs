using System.Globalization;
using System.Text;

namespace Interven.Engine.Reading;

/// <summary>
/// What a character outside ASCII is taken for: Unicode NFKC, digits of all scripts, look-alike letters; what is not shown is removed, and so are
/// combining marks on ASCII letters and digits.
/// </summary>
static class Folding
{
    const ushort Kept = 0;
    const ushort Mark = 1;

    static readonly List<string> Folds = ["", ""];
    static readonly Dictionary<string, ushort> Indexes = [];
    static readonly Dictionary<int, ushort> Wide = [];
    static readonly ushort[] Narrow = Build();

    /// <summary>Gives the length of the character at <paramref name="at"/>, and what replaces it: null where it stays.</summary>
    public static int Of(ReadOnlySpan<char> text, int at, out string? folded)
    {
        folded = null;
        var c = text[at];
        if (!char.IsSurrogate(c))
        {
            var index = Narrow[c];
            if (index == Mark ? at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || Narrow[text[at - 1]] == Mark) : index != Kept)
                folded = Folds[index];
            return 1;
        }
        if (at + 1 >= text.Length || !char.IsSurrogatePair(c, text[at + 1]))
            return 1;
        var rune = new Rune(c, text[at + 1]);
        if (rune.Value is >= 0xE0000 and <= 0xE0FFF)
            folded = "";
        else if (Wide.TryGetValue(rune.Value, out var wide))
            folded = Folds[wide];
        else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
            folded = Folds[IndexOf(Digit(Rune.GetNumericValue(rune)))];
        return 2;
    }

    static ushort[] Build()
    {
        var narrow = new ushort[0x10000];
        for (var digit = 0; digit < 10; digit++)
            IndexOf(Digit(digit));
        for (var value = 0x80; value <= 0xFFFD; value++)
            if (value is not (>= 0x3400 and < 0xA000 or >= 0xAC00 and < 0xF900 or >= 0xFDD0 and < 0xFDF0))
                narrow[value] = Classify((char)value);
        foreach (var (from, to) in new[] { (0x1D400, 0x1D7FF), (0x1F100, 0x1F1FF), (0x1FBF0, 0x1FBF9) })
            for (var value = from; value <= to; value++)
            {
                var normal = char.ConvertFromUtf32(value).Normalize(NormalizationForm.FormKC);
                if (normal.Length < 2 || !char.IsSurrogate(normal[0]))
                    Wide[value] = IndexOf(PlainLetters(normal));
            }
        return narrow;
    }

    static ushort Classify(char c)
    {
        if (IsUnseen(c))
            return IndexOf("");
        var category = char.GetUnicodeCategory(c);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            return Mark;
        if (category == UnicodeCategory.DecimalDigitNumber || CharUnicodeInfo.GetDigitValue(c) >= 0)
            return IndexOf(Digit(CharUnicodeInfo.GetNumericValue(c)));
        if (category is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            return IndexOf("\n");
        var folded = Lookalikes.Of(c) is var like && like != c ? like.ToString() : PlainLetters(c.ToString().Normalize(NormalizationForm.FormKC));
        return folded.Length == 1 && folded[0] == c ? Kept : IndexOf(folded);
    }

    /// <summary>Zero-width, bidi-control and other characters that leave no mark on paper (Unicode: Default_Ignorable_Code_Point).</summary>
    static bool IsUnseen(char c) => c is '\u00AD' or '\u034F' or '\u061C' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u3164' or '\uFEFF' or '\uFFA0'
        or >= '\u180B' and <= '\u180F' or >= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2060' and <= '\u206F'
        or >= '\uFE00' and <= '\uFE0F' or >= '\uFFF0' and <= '\uFFFB' or >= '\u0080' and <= '\u009F' and not '\u0085';

    static string PlainLetters(string text) => string.Create(text.Length, text, static (into, from) =>
    {
        for (var i = 0; i < from.Length; i++)
            into[i] = Lookalikes.Of(from[i]);
    });

    static string Digit(double value) => ((int)value).ToString(CultureInfo.InvariantCulture);

    static ushort IndexOf(string fold)
    {
        if (Indexes.TryGetValue(fold, out var known))
            return known;
        Folds.Add(fold);
        return Indexes[fold] = (ushort)(Folds.Count - 1);
    }
}
