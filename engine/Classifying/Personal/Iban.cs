using Interven.Contracts;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Personal;

/// <summary>International bank account numbers (ISO 13616): country, length, ISO/IEC 7064 MOD 97-10. Written as one token or in groups of four.</summary>
static class Iban
{
    const int Longest = 34;

    /// <summary>How far into an IBAN its first long run of digits begins at most: country, check digits, bank code and blanks.</summary>
    const int FarthestRun = 11;

    static readonly Dictionary<string, int> Lengths = Tables.Read<Dictionary<string, int>>("Classifying/Personal/iban-lengths.yaml");

    static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> LengthOf = Lengths.GetAlternateLookup<ReadOnlySpan<char>>();

    // An IBAN has at least one run of six digits or more, check digits included; the letters are looked for around it.
    public static readonly Detector Detector = new("iban", new Trigger.Digits(5, int.MaxValue), Inspect);

    static void Inspect(in Probe probe)
    {
        var text = probe.Text;
        var start = Start(text, probe.At);
        if (start < 0 || Chars.IsWord(Chars.At(text, start - 1)))
            return;
        Span<char> country = [char.ToUpperInvariant(text[start]), char.ToUpperInvariant(text[start + 1])];
        if (!LengthOf.TryGetValue(country, out var length))
            return;
        var end = End(text, start, length);
        if (end > 0 && IsValid(text[start..end]))
            probe.Report(Kinds.Iban, Confidence.High, start, end - start);
    }

    /// <summary>Two letters and two digits at a word's edge, at the run or up to three groups of four before it.</summary>
    static int Start(ReadOnlySpan<char> text, int at)
    {
        for (var start = at - 2; start >= 0 && at - start <= FarthestRun; start--)
        {
            var c = text[start];
            if (!char.IsAsciiLetterOrDigit(c) && c is not (' ' or '-'))
                return -1;
            if (char.IsAsciiLetter(c) && char.IsAsciiLetter(text[start + 1]) && char.IsAsciiDigit(Chars.At(text, start + 2)) && char.IsAsciiDigit(Chars.At(text, start + 3))
                && !Chars.IsWord(Chars.At(text, start - 1)))
                return start;
        }
        return -1;
    }

    static int End(ReadOnlySpan<char> text, int start, int length)
    {
        var at = start;
        for (var left = length; left > 0; at++)
        {
            var c = Chars.At(text, at);
            if (char.IsAsciiLetterOrDigit(c))
                left--;
            else if (at >= text.Length || c is not (' ' or '-') || !char.IsAsciiLetterOrDigit(Chars.At(text, at + 1)))
                return -1;
        }
        return Chars.IsWord(Chars.At(text, at)) || IsOneGroupMore(text, at) ? -1 : at;
    }

    /// <summary>A number that is written in groups does not end where another group of digits follows.</summary>
    static bool IsOneGroupMore(ReadOnlySpan<char> text, int end) =>
        Chars.At(text, end) == ' ' && Chars.At(text, end - 5) == ' ' && Chars.TokenLength(text, end + 1, 5) is > 0 and < 5 && char.IsAsciiDigit(Chars.At(text, end + 1));

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        Span<char> compact = stackalloc char[Longest];
        var count = Chars.Compact(text, compact);
        if (count < 15)
            return false;
        var rest = 0;
        for (var i = 0; i < count; i++)
        {
            var c = compact[(i + 4) % count];
            rest = char.IsAsciiDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
        }
        return rest == 1;
    }
}
