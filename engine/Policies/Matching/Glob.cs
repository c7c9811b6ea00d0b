using System.Text;

namespace Interven.Engine.Policies.Matching;

/// <summary>
/// A pattern over a whole text, ignoring case: <c>*</c> is any run (also an empty one), <c>?</c> one character, <c>[abc]</c>, <c>[a-z]</c>, <c>[!abc]</c> one of
/// (or none of) a set; everything else is itself. The pieces between stars are found leftmost, which is enough, so no text makes it slow:
/// time is at most length of the text × length of the pattern.
/// </summary>
public sealed class Glob
{
    /// <summary>Longest pattern taken.</summary>
    public const int MaxLength = 512;

    readonly GlobPiece[] pieces;
    readonly bool hasStar;

    Glob(string text, GlobPiece[] pieces, bool hasStar) => (Text, this.pieces, this.hasStar) = (text, pieces, hasStar);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The one text that matches (but for case), or null where more than one does.</summary>
    public string? Literal => hasStar ? null : pieces[0].Literal;

    /// <summary>Matches everything.</summary>
    public bool IsEverything => hasStar && Array.TrueForAll(pieces, piece => piece.Length == 0);

    /// <summary>Reads a pattern; <paramref name="fault"/> says what is wrong with a bad one.</summary>
    public static Glob? Parse(string text, out string fault)
    {
        if (text.Length is 0 or > MaxLength)
        {
            fault = $"A pattern has 1 to {MaxLength} characters.";
            return null;
        }
        var pieces = new List<GlobPiece>();
        var tokens = new List<GlobToken>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '*')
            {
                pieces.Add(new([.. tokens]));
                tokens.Clear();
                at++;
            }
            else if (GlobToken.Read(text, ref at, out fault) is { } token)
                tokens.Add(token);
            else
                return null;
        }
        pieces.Add(new([.. tokens]));
        fault = "";
        return new Glob(text, [.. pieces], pieces.Count > 1);
    }

    public bool Matches(ReadOnlySpan<char> text)
    {
        var first = pieces[0];
        if (!hasStar)
            return text.Length == first.Length && first.StandsAt(text, 0);
        var last = pieces[^1];
        if (text.Length < first.Length + last.Length || !first.StandsAt(text, 0) || !last.StandsAt(text, text.Length - last.Length))
            return false;
        var rest = text[first.Length..(text.Length - last.Length)];
        for (var i = 1; i < pieces.Length - 1; i++)
        {
            var found = pieces[i].FindIn(rest);
            if (found < 0)
                return false;
            rest = rest[(found + pieces[i].Length)..];
        }
        return true;
    }

    public override string ToString() => Text;
}

/// <summary>What stands between two stars.</summary>
sealed class GlobPiece
{
    readonly GlobToken[] tokens;

    public GlobPiece(GlobToken[] tokens)
    {
        this.tokens = tokens;
        if (Array.TrueForAll(tokens, token => token.Set is null && !token.IsAny))
            Literal = string.Concat(tokens.Select(token => token.Char));
    }

    public string? Literal { get; }

    public int Length => tokens.Length;

    public bool StandsAt(ReadOnlySpan<char> text, int at)
    {
        var here = text.Slice(at, tokens.Length);
        if (Literal is not null)
            return here.Equals(Literal, StringComparison.OrdinalIgnoreCase);
        for (var i = 0; i < tokens.Length; i++)
            if (!tokens[i].Takes(here[i]))
                return false;
        return true;
    }

    public int FindIn(ReadOnlySpan<char> text)
    {
        if (Literal is not null)
            return text.IndexOf(Literal, StringComparison.OrdinalIgnoreCase);
        for (var at = 0; at + tokens.Length <= text.Length; at++)
            if (StandsAt(text, at))
                return at;
        return -1;
    }
}

/// <summary>One character of a pattern.</summary>
readonly record struct GlobToken(char Char, bool IsAny, string? Set, bool Inverted)
{
    public static GlobToken? Read(string text, ref int at, out string fault)
    {
        fault = "";
        var first = text[at++];
        if (first != '[')
            return new(first, first == '?', null, false);
        var close = text.IndexOf(']', Math.Min(at + 1, text.Length));
        if (close < 0)
        {
            fault = text.IndexOf(']', at) >= 0 ? "A set `[]` is empty." : "A set that `[` opens is not closed by `]`.";
            return null;
        }
        var inverted = text[at] is '!' or '^';
        var set = text[(inverted ? at + 1 : at)..close];
        at = close + 1;
        return Spread(set, out fault) is { } members ? new('[', false, members, inverted) : null;
    }

    public bool Takes(char c) =>
        IsAny || (Set is null ? Fold(c) == Fold(Char) : Set.Contains(Fold(c), StringComparison.Ordinal) != Inverted);

    static char Fold(char c) => char.ToUpperInvariant(c);

    static string? Spread(string set, out string fault)
    {
        fault = set.Length == 0 ? "A set `[!]` is empty." : "";
        var members = new StringBuilder();
        for (var i = 0; i < set.Length && fault.Length == 0; i++)
        {
            var to = i + 2 < set.Length && set[i + 1] == '-' ? set[i + 2] : set[i];
            if (to < set[i])
                fault = $"The range `{set[i]}-{to}` runs backwards.";
            for (int c = set[i]; c <= to; c++)
                members.Append(Fold((char)c));
            if (i + 2 < set.Length && set[i + 1] == '-')
                i += 2;
        }
        return fault.Length == 0 ? members.ToString() : null;
    }
}
