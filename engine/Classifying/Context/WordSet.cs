namespace Interven.Engine.Classifying.Context;

/// <summary>Words and phrases to look for near a candidate: whole words, ignoring case.</summary>
/// <remarks>
/// The windows are short and the words many, so each word's start in the text asks a bitmap of first two letters before any word is compared;
/// a general multi-string search costs several times that on such windows.
/// </remarks>
sealed class WordSet
{
    const int Bits = 1024;

    readonly string[] words;
    readonly ulong[] openings = new ulong[Bits / 64];

    public WordSet(params string[] words)
    {
        // Longer phrases first, so that the length found is the longest.
        this.words = [.. words.OrderByDescending(word => word.Length)];
        foreach (var word in words)
        {
            Mark(char.ToLowerInvariant(word[0]), char.ToLowerInvariant(word[1]));
            Mark(char.ToUpperInvariant(word[0]), char.ToLowerInvariant(word[1]));
            Mark(char.ToLowerInvariant(word[0]), char.ToUpperInvariant(word[1]));
            Mark(char.ToUpperInvariant(word[0]), char.ToUpperInvariant(word[1]));
        }
    }

    public bool In(ReadOnlySpan<char> text)
    {
        var inWord = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (!inWord && LengthHere(text[at..]) > 0)
                return true;
            inWord = Chars.IsWord(text[at]);
        }
        return false;
    }

    /// <summary>Length of the word that begins at <paramref name="at"/>, or 0.</summary>
    public int LengthAt(ReadOnlySpan<char> text, int at) => Chars.IsWord(Chars.At(text, at - 1)) ? 0 : LengthHere(text[at..]);

    /// <summary>True where the whole of <paramref name="text"/> is one of the words.</summary>
    public bool Has(ReadOnlySpan<char> text) => LengthHere(text) == text.Length && !text.IsEmpty;

    /// <summary>True where <paramref name="text"/> ends with one of the words: <c>payment card</c>, not <c>card brand</c>.</summary>
    public bool Ends(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
            if (LengthAt(text, at) is > 0 and var length && at + length == text.Length)
                return true;
        return false;
    }

    int LengthHere(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || !IsMarked(text[0], text[1]))
            return 0;
        foreach (var word in words)
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && !Chars.IsWord(Chars.At(text, word.Length)))
                return word.Length;
        return 0;
    }

    void Mark(char first, char second) => openings[Slot(first, second) / 64] |= 1UL << Slot(first, second) % 64;

    bool IsMarked(char first, char second) => (openings[Slot(first, second) / 64] >> Slot(first, second) % 64 & 1) != 0;

    static int Slot(char first, char second) => (first * 37 + second) % Bits;
}
