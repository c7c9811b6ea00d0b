using System.Buffers;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>
/// The shape of a token in a small subset of regular expressions: literals, sets and bounded counts, no alternatives, matched greedily without going back, so the time is the match's length.
/// <c>\a</c> letters and digits, <c>\b</c> those and <c>_ -</c>, <c>\w</c> those and <c>_</c>, <c>\h \H</c> hex (lower, any), <c>\l \u</c> lower or upper letters and digits, <c>\d</c> digits, <c>\6</c> base64, <c>\5</c> base32; <c>[…]</c>; <c>{n} {n,m} {n,}</c>.
/// </summary>
sealed class TokenPattern
{
    /// <summary>Stands for "no upper bound"; nothing longer is a token.</summary>
    const int Longest = 4096;

    readonly List<Part> parts = [];
    readonly int anchor;

    public TokenPattern(string pattern)
    {
        for (var at = 0; at < pattern.Length;)
            at = ReadPart(pattern, at);
        anchor = parts.FindIndex(part => part.Literal is { Length: >= 3 });
        if (anchor < 0)
            throw new ArgumentException($"The pattern `{pattern}` has no literal of three characters to be found by.", nameof(pattern));
    }

    /// <summary>The literal that triggers a look.</summary>
    public string Anchor => parts[anchor].Literal!;

    readonly record struct Part(string? Literal, CharSet Set, int Min, int Max)
    {
        /// <summary>The set for long runs: a token's beginning, said over and over, costs each of its places the whole run.</summary>
        public SearchValues<char>? Alphabet { get; } = Literal is null && Max > 64 ? SearchValues.Create([.. Enumerable.Range(0, 128).Select(c => (char)c).Where(Set.Has)]) : null;
    }

    /// <summary>Where the token lies whose anchor stands at <paramref name="at"/>; length 0 if there is none.</summary>
    public (int Start, int Length) Match(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        for (var i = anchor - 1; i >= 0; i--)
            if (!StepBack(parts[i], text, ref start))
                return default;
        // Before the way forward, which may be long: a run of one alphabet then costs each place one look.
        if (!Boundaries.StartsAt(text, start))
            return default;
        var end = at;
        for (var i = anchor; i < parts.Count; i++)
            if (!Step(parts[i], text, ref end))
                return default;
        return Boundaries.EndsAt(text, end, parts[^1].Literal is null ? parts[^1].Set : CharSet.Alphanumeric)
            ? (start, end - start) : default;
    }

    static bool Step(in Part part, ReadOnlySpan<char> text, ref int at)
    {
        if (part.Literal is { } literal)
        {
            if (!text[at..].StartsWith(literal, StringComparison.Ordinal))
                return false;
            at += literal.Length;
            return true;
        }
        var run = part.Alphabet is null ? part.Set.Run(text, at, part.Max) : LongRun(text[at..], part);
        at += run;
        return run >= part.Min;
    }

    static int LongRun(ReadOnlySpan<char> text, in Part part)
    {
        text = text[..Math.Min(text.Length, part.Max)];
        return text.IndexOfAnyExcept(part.Alphabet!) is var end and >= 0 ? end : text.Length;
    }

    static bool StepBack(in Part part, ReadOnlySpan<char> text, ref int at)
    {
        if (part.Literal is { } literal)
        {
            at -= literal.Length;
            return at >= 0 && text[at..].StartsWith(literal, StringComparison.Ordinal);
        }
        var run = part.Set.RunBefore(text, at, part.Max);
        at -= run;
        return run >= part.Min;
    }

    int ReadPart(string pattern, int at)
    {
        if (pattern[at] == '[')
        {
            var close = pattern.IndexOf(']', at);
            return ReadCount(pattern, close + 1, CharSet.Of(pattern.AsSpan(at + 1, close - at - 1)));
        }
        if (pattern[at] == '\\' && SetOf(pattern[at + 1]) is { } set)
            return ReadCount(pattern, at + 2, set);
        var literal = "";
        for (; at < pattern.Length && pattern[at] != '[' && !(pattern[at] == '\\' && SetOf(pattern[at + 1]) is not null); at++)
            literal += pattern[at] == '\\' ? pattern[++at] : pattern[at];
        parts.Add(new(literal, default, 0, 0));
        return at;
    }

    int ReadCount(string pattern, int at, CharSet set)
    {
        if (at >= pattern.Length || pattern[at] != '{')
        {
            parts.Add(new(null, set, 1, 1));
            return at;
        }
        var close = pattern.IndexOf('}', at);
        var bounds = pattern[(at + 1)..close].Split(',');
        var min = int.Parse(bounds[0], System.Globalization.CultureInfo.InvariantCulture);
        parts.Add(new(null, set, min, bounds.Length == 1 ? min : bounds[1].Length == 0 ? Longest : int.Parse(bounds[1], System.Globalization.CultureInfo.InvariantCulture)));
        return close + 1;
    }

    static CharSet? SetOf(char letter) => letter switch
    {
        'a' => CharSet.Alphanumeric,
        'b' => CharSet.Base64Url,
        'w' => CharSet.Of("A-Za-z0-9_"),
        'h' => CharSet.Of("a-f0-9"),
        'H' => CharSet.Hex,
        'l' => CharSet.Of("a-z0-9"),
        'u' => CharSet.Of("A-Z0-9"),
        'd' => CharSet.Digits,
        '6' => CharSet.Base64,
        '5' => CharSet.Of("A-Z2-7"),
        _ => null,
    };
}
