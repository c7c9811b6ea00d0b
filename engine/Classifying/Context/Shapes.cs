using Interven.Engine.Classifying.Checksums;

namespace Interven.Engine.Classifying.Context;

/// <summary>Shapes of labelled values.</summary>
static class Shapes
{
    /// <summary>A token of letters and digits with single blanks or hyphens inside, as document numbers are written, and at least <paramref name="digits"/> digits.</summary>
    public static Shape Code(int least, int most, int digits) => (text, at) =>
    {
        var (count, figures, end) = (0, 0, at);
        for (var i = at; i < text.Length && i - at < most + 8; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterOrDigit(c))
            {
                count++;
                figures += char.IsAsciiDigit(c) ? 1 : 0;
                end = i + 1;
            }
            else if (c is not ('-' or ' ' or '.' or '/') || !char.IsAsciiLetterOrDigit(Chars.At(text, i + 1)) || c == ' ' && (!HasDigit(text, i + 1) || !(HasDigit(text, at) || IsPrefix(text, at))))
                break;
        }
        return count >= least && count <= most && figures >= digits && !Chars.IsWord(Chars.At(text, end)) && !Chars.IsTied(text, end) ? end - at : 0;
    };

    /// <summary>Like <see cref="Code"/>, but not what is grouped 3-2-4: that is a US number, and a detector of its own knows which of those are given out.</summary>
    public static Shape CodeButNotGroupedLikeSsn(int least, int most, int digits)
    {
        var code = Code(least, most, digits);
        return (text, at) => code(text, at) is var length && length == 11 && text[at + 3] == text[at + 6] && !char.IsAsciiLetterOrDigit(text[at + 3]) ? 0 : length;
    }

    /// <summary>Digits with single blanks, dots, hyphens or slashes between, that pass <paramref name="check"/>.</summary>
    public static Shape Number(int least, int most, DigitCheck? check = null) => (text, at) =>
    {
        Span<char> digits = stackalloc char[most];
        var (count, end) = (0, at);
        for (var i = at; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                if (count == most)
                    return 0;
                digits[count++] = text[i];
                end = i + 1;
            }
            else if (text[i] is not ('-' or ' ' or '.' or '/') || !char.IsAsciiDigit(Chars.At(text, i + 1)))
                break;
        }
        return count >= least && !Chars.IsWord(Chars.At(text, end)) && (check is null || check(digits[..count])) ? end - at : 0;
    };

    /// <summary>A calendar date with a year: numeric in any order, or with the name of a month.</summary>
    public static int Date(ReadOnlySpan<char> text, int at)
    {
        var (end, numbers, year, month, digits) = (at, 0, false, false, 0);
        for (var i = at; i <= text.Length && i - at < 24; i++)
        {
            var c = Chars.At(text, i);
            if (char.IsAsciiDigit(c) && i < text.Length)
            {
                digits++;
                continue;
            }
            if (digits > 0)
            {
                numbers++;
                year |= digits is 4 or 8;
                month |= digits == 8;
                (end, digits) = (i, 0);
            }
            if (numbers == 3 || i >= text.Length || c == 'T')
                break;
            if (char.IsLetter(c) && MonthLength(text, i) is var length and > 0)
                (month, i, end) = (true, i + length - 1, i + length);
            else if (!(c is '-' or '/' or '.' or ' ' or ',' || IsOrdinal(text, i)))
                break;
        }
        return numbers == 3 || year && month && numbers > 0 ? TimeEnd(text, end) - at : 0;
    }

    static int TimeEnd(ReadOnlySpan<char> text, int end)
    {
        if (Chars.At(text, end) != 'T' || !char.IsAsciiDigit(Chars.At(text, end + 1)))
            return end;
        for (end++; end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is ':' or '.' or '+' or '-' or 'Z');)
            end++;
        return end;
    }

    /// <summary>One to three capitals before the number, as in <c>U 06764100</c>.</summary>
    static bool IsPrefix(ReadOnlySpan<char> text, int at) =>
        Chars.TokenLength(text, at, 4) is > 0 and < 4 and var length && !text.Slice(at, length).ContainsAnyExceptInRange('A', 'Z');

    static bool HasDigit(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]))
            if (char.IsAsciiDigit(text[at++]))
                return true;
        return false;
    }

    static bool IsOrdinal(ReadOnlySpan<char> text, int at) =>
        text[at] is 's' or 't' or 'n' or 'd' or 'r' or 'h' or 'o' or 'f' && (char.IsAsciiDigit(Chars.At(text, at - 1)) || char.IsAsciiDigit(Chars.At(text, at - 2)) || text[at] is 'o' or 'f');

    static int MonthLength(ReadOnlySpan<char> text, int at)
    {
        foreach (var name in Months)
            if (text[at..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                var end = at + 3;
                while (char.IsLetter(Chars.At(text, end)))
                    end++;
                return end - at <= 9 ? end - at : 0;
            }
        return 0;
    }

    static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
}
