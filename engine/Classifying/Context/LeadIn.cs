namespace Interven.Engine.Classifying.Context;

/// <summary>The words that tie a label to its value: <c>call me on</c> …, <c>passport no. is:</c> ….</summary>
static class LeadIn
{
    const int MostWords = 5;
    const int Longest = 48;

    static readonly WordSet Ties = new(
        "number", "numbers", "num", "no", "nr", "nbr", "numero", "número", "nummer", "code", "id", "is", "was", "are", "at", "on", "of", "to", "via", "by",
        "me", "us", "him", "her", "them", "my", "our", "his", "their", "your", "the", "this", "new", "old", "current", "primary", "es", "ist", "est",
        "value", "back", "for", "please", "please:", "directly", "today", "now", "line", "office", "work", "home", "personal", "using", "with", "card");

    /// <summary>Where the value begins that follows a label ending at <paramref name="end"/>; -1 where something else follows.</summary>
    public static int ValueAfter(ReadOnlySpan<char> text, int end)
    {
        var limit = Math.Min(text.Length, end + Longest);
        var words = 0;
        for (var at = end; at < limit;)
        {
            if (IsFiller(text[at]) || text[at] == '.' && at - end < 16 && words <= 1)
            {
                at++;
                continue;
            }
            var length = Ties.LengthAt(text, at);
            if (length == 0 || ++words > MostWords)
                return at;
            at += length;
        }
        return -1;
    }

    /// <summary>True where one of <paramref name="labels"/> leads to the value at <paramref name="start"/> with nothing but tying words between.</summary>
    public static bool Reaches(ReadOnlySpan<char> text, int start, WordSet labels)
    {
        var stop = Math.Max(0, start - Longest);
        var at = start;
        for (var words = 0; words <= MostWords; words++)
        {
            while (at > stop && (IsFiller(text[at - 1]) || text[at - 1] == '.'))
                at--;
            var end = at;
            while (at > stop && (Chars.IsWord(text[at - 1]) || text[at - 1] == '\''))
                at--;
            if (end == at)
                return false;
            if (labels.Has(text[at..end]))
                return true;
            if (!Ties.Has(text[at..end]))
                return false;
        }
        return false;
    }

    static bool IsFiller(char c) => c is ' ' or '\t' or '\r' or '\n' or ':' or '=' or '#' or '"' or '\'' or '\\' or '(' or '[' or '>' or '|' or '_' or '-' or '*' or '`' or '\u2116' or '\u2019';
}
