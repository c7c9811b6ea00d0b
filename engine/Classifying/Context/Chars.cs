namespace Interven.Engine.Classifying.Context;

/// <summary>Edges and shapes of tokens.</summary>
static class Chars
{
    /// <summary>The character at <paramref name="index"/>, or a blank beyond either end.</summary>
    public static char At(ReadOnlySpan<char> text, int index) => (uint)index < (uint)text.Length ? text[index] : ' ';

    public static bool IsWord(char c) => c < 128 ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c);

    /// <summary>Upper case of an ASCII letter; any other character as it is.</summary>
    public static char Upper(char c) => char.IsAsciiLetterLower(c) ? (char)(c & ~0x20) : c;

    /// <summary>True where no letter or digit touches the range from outside.</summary>
    public static bool StandsAlone(ReadOnlySpan<char> text, int start, int length) =>
        !IsWord(At(text, start - 1)) && !IsWord(At(text, start + length));

    /// <summary>
    /// True where a number is not a part of something longer: a word, a decimal fraction, a hyphenated identifier such as a UUID, a path or a version.
    /// </summary>
    public static bool NumberStandsAlone(ReadOnlySpan<char> text, int start, int length) =>
        !Joins(text, start - 1, -1) && !Joins(text, start + length, 1);

    /// <summary>True where underscores at <paramref name="at"/> lead on to a word, as in an identifier; as a sign of emphasis (<c>_C01234567_</c>) they end there.</summary>
    public static bool IsTied(ReadOnlySpan<char> text, int at, int step = 1) => At(text, at) == '_' && IsWord(At(text, At(text, at + step) == '_' ? at + 2 * step : at + step));

    /// <summary>Copies letters and digits of the range in upper case, leaving separators out; returns how many, or -1 where they do not fit.</summary>
    public static int Compact(ReadOnlySpan<char> text, Span<char> into)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
                continue;
            if (count == into.Length)
                return -1;
            into[count++] = Upper(c);
        }
        return count;
    }

    /// <summary>Length of the run of ASCII letters and digits at <paramref name="start"/>, at most <paramref name="limit"/>.</summary>
    public static int TokenLength(ReadOnlySpan<char> text, int start, int limit)
    {
        var end = start;
        while (end < text.Length && end - start < limit && char.IsAsciiLetterOrDigit(text[end]))
            end++;
        return end - start;
    }

    static bool Joins(ReadOnlySpan<char> text, int at, int step) =>
        At(text, at) is var next && IsWord(next) || next is '-' or '.' && IsWord(At(text, at + step)) || IsTied(text, at, step);
}
