using System.Buffers;

namespace Interven.Engine.Classifying.Context;

/// <summary>Words and phrases to look for near a candidate: whole words, ignoring case.</summary>
sealed class WordSet
{
    readonly string[] words;
    readonly SearchValues<string> any;

    public WordSet(params string[] words)
    {
        this.words = words;
        any = SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);
    }

    public IReadOnlyList<string> Words => words;

    public bool In(ReadOnlySpan<char> text)
    {
        for (var from = 0; from < text.Length;)
        {
            var hit = text[from..].IndexOfAny(any);
            if (hit < 0)
                return false;
            if (LengthAt(text, from + hit) > 0)
                return true;
            from += hit + 1;
        }
        return false;
    }

    /// <summary>Length of the word that begins at <paramref name="at"/>, or 0.</summary>
    public int LengthAt(ReadOnlySpan<char> text, int at)
    {
        if (Chars.IsWord(Chars.At(text, at - 1)))
            return 0;
        foreach (var word in words)
            if (text[at..].StartsWith(word, StringComparison.OrdinalIgnoreCase) && !Chars.IsWord(Chars.At(text, at + word.Length)))
                return word.Length;
        return 0;
    }

    /// <summary>True where the whole of <paramref name="text"/> is one of the words.</summary>
    public bool Has(ReadOnlySpan<char> text)
    {
        foreach (var word in words)
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
