namespace Interven.Engine.Classifying.Secrets;

/// <summary>What a value is made of: tells a key from a word, a name or a number.</summary>
readonly record struct ValueShape(int Length, int Digits, int Lowers, int Uppers, int Others, int Changes, double Entropy)
{
    public int Letters => Lowers + Uppers;

    /// <summary>Counts the first 256 characters.</summary>
    public static ValueShape Of(ReadOnlySpan<char> value)
    {
        Span<byte> counts = stackalloc byte[128];
        counts.Clear();
        value = value[..Math.Min(value.Length, 255)];
        var (digits, lowers, uppers, others, changes) = (0, 0, 0, 0, 0);
        var before = 0;
        foreach (var c in value)
        {
            counts[c & 127]++;
            var sort = char.IsAsciiDigit(c) ? 1 : char.IsAsciiLetterLower(c) ? 2 : char.IsAsciiLetterUpper(c) ? 3 : 4;
            digits += sort == 1 ? 1 : 0;
            lowers += sort == 2 ? 1 : 0;
            uppers += sort == 3 ? 1 : 0;
            others += sort == 4 ? 1 : 0;
            changes += before == 1 != (sort == 1) && before != 0 ? 1 : 0;
            before = sort;
        }
        var entropy = 0.0;
        foreach (var count in counts)
            if (count > 0)
                entropy -= (double)count / value.Length * Math.Log2((double)count / value.Length);
        return new(value.Length, digits, lowers, uppers, others, changes, entropy);
    }
}

/// <summary>Tells values that a machine drew from those that a person wrote.</summary>
static class Randomness
{
    /// <summary>A key by its looks: long enough, mixed, of high entropy, not words with a number behind them.</summary>
    public static bool IsRandom(ReadOnlySpan<char> value, int shortest = 16)
    {
        var shape = ValueShape.Of(value);
        if (shape.Length < shortest || shape.Others * 4 > shape.Length)
            return false;
        if (shape.Letters == 0)
            return shape is { Digits: >= 30, Others: 0, Entropy: >= 2.5 };
        if (shape.Length is 32 or 40 or 64 && shape.Entropy >= 2.4 && !value.ContainsAnyExcept(Stops.Hex))
            return true;
        if (shape.Digits == 0)
            return shape.Length >= 16 && shape.Entropy >= 3.3 && (HasOddLetters(value) || shape is { Uppers: >= 4, Lowers: >= 4, Length: >= 20 } && !IsWords(value));
        var least = shape.Length >= 24 ? 2.9 : shape.Length >= 16 ? 2.8 : 2.6;
        return shape.Entropy >= least && (shape.Changes >= 4 && value.IndexOfAny("-_./") < 0 || !IsWords(value));
    }

    /// <summary>Words joined by separators or camel humps, with few digits: an identifier (<c>my_app_key_2</c>, <c>DefaultBeanFactory3</c>).</summary>
    public static bool IsWords(ReadOnlySpan<char> value)
    {
        var (words, odd, run, digits) = (0, 0, 0, 0);
        for (var i = 0; i <= value.Length; i++)
        {
            var inside = i < value.Length && char.IsAsciiLetter(value[i]) && !(run > 1 && char.IsAsciiLetterUpper(value[i]) && char.IsAsciiLetterLower(value[i - 1]));
            digits += i < value.Length && char.IsAsciiDigit(value[i]) ? 1 : 0;
            if (inside)
            {
                run++;
                continue;
            }
            if (run >= 3 && HasVowel(value.Slice(i - run, run)) && !HasOddLetters(value.Slice(i - run, run)))
                words += run;
            else
                odd += run;
            run = i < value.Length && char.IsAsciiLetter(value[i]) ? 1 : 0;
        }
        return words > 0 && odd * 4 <= words && digits * 4 <= words;
    }

    static bool HasVowel(ReadOnlySpan<char> word) => word.IndexOfAny(Stops.Vowels) >= 0;

    /// <summary>Five consonants in a row are hardly English.</summary>
    static bool HasOddLetters(ReadOnlySpan<char> value)
    {
        var run = 0;
        foreach (var c in value)
        {
            run = char.IsAsciiLetter(c) && !"aeiouyAEIOUY".Contains(c) ? run + 1 : 0;
            if (run >= 5)
                return true;
        }
        return false;
    }
}
