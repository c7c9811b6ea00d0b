namespace Interven.Engine.Classifying.Secrets;

/// <summary>Where a token may begin and end.</summary>
static class Boundaries
{
    /// <summary>Not inside a word; but a terminal's colour code (<c>ESC[93m</c>) or an escaped line break (<c>\n</c>) is no word.</summary>
    public static bool StartsAt(ReadOnlySpan<char> text, int at)
    {
        if (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
            return true;
        if (at >= 2 && text[at - 2] == '\\' && text[at - 1] is ('n' or 't' or 'r'))
            return true;
        if (text[at - 1] != 'm')
            return false;
        var digits = CharSet.Digits.RunBefore(text, at - 1, 3);
        return digits > 0 && at - 2 - digits >= 0 && text[at - 2 - digits] is '[' or ';';
    }

    public static bool EndsAt(ReadOnlySpan<char> text, int end, CharSet alphabet) => end >= text.Length || !alphabet.Has(text[end]);
}
