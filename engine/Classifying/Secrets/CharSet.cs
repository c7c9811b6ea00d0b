namespace Interven.Engine.Classifying.Secrets;

/// <summary>A set of ASCII characters as 128 bits.</summary>
readonly record struct CharSet(ulong Low, ulong High)
{
    public static readonly CharSet Digits = Of("0-9");
    public static readonly CharSet Alphanumeric = Of("A-Za-z0-9");
    public static readonly CharSet Hex = Of("A-Fa-f0-9");
    public static readonly CharSet Base64 = Of("A-Za-z0-9+/");
    public static readonly CharSet Base64Url = Of("A-Za-z0-9_-");

    /// <summary>Characters and ranges, as inside the brackets of a regular expression; a hyphen that is meant stands last.</summary>
    public static CharSet Of(ReadOnlySpan<char> ranges)
    {
        var set = default(CharSet);
        for (var i = 0; i < ranges.Length; i++)
        {
            var last = i + 2 < ranges.Length && ranges[i + 1] == '-' ? ranges[i + 2] : ranges[i];
            for (var c = ranges[i]; c <= last; c++)
                set = set.With(c);
            if (last != ranges[i])
                i += 2;
        }
        return set;
    }

    public bool Has(char c) => c < 128 && ((c < 64 ? Low : High) >> (c & 63) & 1) != 0;

    /// <summary>How many characters from <paramref name="at"/> on are in the set, at most <paramref name="most"/>.</summary>
    public int Run(ReadOnlySpan<char> text, int at, int most)
    {
        var count = 0;
        while (count < most && at + count < text.Length && Has(text[at + count]))
            count++;
        return count;
    }

    /// <summary>How many characters just before <paramref name="at"/> are in the set, at most <paramref name="most"/>.</summary>
    public int RunBefore(ReadOnlySpan<char> text, int at, int most)
    {
        var count = 0;
        while (count < most && at - count - 1 >= 0 && Has(text[at - count - 1]))
            count++;
        return count;
    }

    CharSet With(char c) => c < 64 ? this with { Low = Low | 1UL << c } : this with { High = High | 1UL << (c & 63) };
}
