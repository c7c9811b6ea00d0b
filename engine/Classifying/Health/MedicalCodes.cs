using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Health;

/// <summary>Codes of diagnoses and procedures.</summary>
static class MedicalCodes
{
    /// <summary>ICD-10: a letter, a digit, a digit or letter, and up to four places after a dot (or three places alone).</summary>
    public static int Icd10(ReadOnlySpan<char> text, int at)
    {
        if (!char.IsAsciiLetterUpper(Chars.At(text, at)) || !char.IsAsciiDigit(Chars.At(text, at + 1)) || !char.IsAsciiLetterOrDigit(Chars.At(text, at + 2)))
            return 0;
        var end = at + 3;
        if (Chars.At(text, end) == '.' && Chars.TokenLength(text, end + 1, 5) is > 0 and <= 4 and var places)
            end += 1 + places;
        else
            end += Chars.TokenLength(text, end, 5);
        return end - at <= 8 && !Chars.IsWord(Chars.At(text, end)) && !Chars.IsTied(text, end) ? end - at : 0;
    }

    /// <summary>CPT: five digits, or four and F, T or U; HCPCS level II: a letter and four digits.</summary>
    public static int Cpt(ReadOnlySpan<char> text, int at)
    {
        if (at + 5 > text.Length || Chars.IsWord(Chars.At(text, at + 5)) || text.Slice(at + 1, 3).ContainsAnyExceptInRange('0', '9'))
            return 0;
        var (first, last) = (text[at], text[at + 4]);
        return char.IsAsciiDigit(first) && (char.IsAsciiDigit(last) || last is 'F' or 'T' or 'U') || first is >= 'A' and <= 'V' && char.IsAsciiDigit(last) ? 5 : 0;
    }
}
