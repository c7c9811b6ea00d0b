namespace Interven.Engine.Classifying.Secrets;

/// <summary>How a value is joined to its name.</summary>
enum Joint : byte
{
    /// <summary>Only a blank (<c>apikey 8f3…</c>) or a hyphen (<c>prospect-token-8f3…</c>).</summary>
    Loose,

    /// <summary>An argument after the name (<c>("token", "8f3…")</c>) or a flag (<c>--token 8f3</c>).</summary>
    Near,

    /// <summary>A word between: <c>password is …</c>.</summary>
    Said,

    /// <summary><c>= : := =&gt;</c> and their like, or an XML element.</summary>
    Assigned,
}

/// <summary>A value that stands behind a name.</summary>
readonly record struct ValuePlace(int Start, int Length, Joint Joint, bool Quoted);

/// <summary>Reads the value behind a name in code, JSON, YAML, env files, command lines, headers, XML and prose. Looks at most <see cref="Reach"/> characters far.</summary>
static class ValueAfter
{
    /// <summary>A longer value is no password; a longer key is cut.</summary>
    const int Longest = 512;

    /// <summary>Blanks, quotes and operators between name and value.</summary>
    const int Reach = 48;

    static readonly string[] Words = ["is", "was", "to", "value", "string", "str", "var", "const", "as", "be", "set", "bearer", "basic", "token", "code", "of", "for"];

    public static bool TryRead(ReadOnlySpan<char> text, int nameStart, int nameEnd, out ValuePlace place)
    {
        place = default;
        var at = nameEnd;
        var joint = IsFlag(text, nameStart) ? Joint.Near : Joint.Loose;
        var limit = Math.Min(text.Length, nameEnd + Reach);
        var (blank, quote, lines) = (false, false, 0);
        for (; at < limit; at++)
        {
            var c = text[at];
            if (c is '=' or ':' || c == '>' && (joint > Joint.Loose || at == nameEnd))
                joint = Joint.Assigned;
            else if (c == ',' && joint < Joint.Assigned && (quote || blank && joint == Joint.Near))
                joint = Joint.Near;
            else if (c is '\n' or '\r')
            {
                if (++lines > (joint == Joint.Loose ? 1 : 3))
                    return false;
                blank = true;
            }
            else if (c is ' ' or '\t')
                blank = true;
            else if (c is '"' or '\'' or '`')
            {
                if (joint > Joint.Loose || blank)
                    break;
                quote = true;
            }
            else if (c == '\\' && at + 1 < limit && text[at + 1] is '"' or '\'' or '\\' or 'n' or 't')
                at += text[at + 1] is 'n' or 't' ? 1 : 0;
            else if (c == '(' && at == nameEnd)
                joint = Joint.Near;
            else if (IsFiller(c, joint, quote, blank, text[at + 1 < text.Length ? at + 1 : at]))
                continue;
            else if (char.IsAsciiLetter(c) && SkipsWord(text, ref at, ref joint, quote || blank))
                blank = true;
            else
                break;
        }
        if (at >= text.Length || at == nameEnd)
            return false;
        place = Read(text, at, joint);
        return place.Length > 0;
    }

    /// <summary>Brackets, parts of operators, and the hyphen or dot that joins a name and its key.</summary>
    static bool IsFiller(char c, Joint joint, bool quote, bool blank, char next) => c switch
    {
        ']' or ')' => joint == Joint.Loose && quote,
        '*' or '|' or '?' or '@' or '[' => true,
        '(' => joint == Joint.Assigned || quote || blank,
        '-' => joint == Joint.Loose,
        '.' => joint == Joint.Loose && (!blank || next == '='),
        '!' => next == '=',
        _ => false,
    };

    /// <summary>The string literal that a name is compared with, where it stands first: <c>"s3cret" == password</c>.</summary>
    public static bool TryReadBefore(ReadOnlySpan<char> text, int nameStart, out ValuePlace place)
    {
        place = default;
        while (nameStart > 0 && (char.IsAsciiLetterOrDigit(text[nameStart - 1]) || text[nameStart - 1] == '_'))
            nameStart--;
        var before = text[..nameStart].TrimEnd(' ');
        if (!before.EndsWith("==", StringComparison.Ordinal) && !before.EndsWith("!=", StringComparison.Ordinal))
            return false;
        before = before.TrimEnd("!= ");
        if (before.Length < 3 || before[^1] is not ('"' or '\''))
            return false;
        var open = before[Math.Max(0, before.Length - 130)..^1].LastIndexOf(before[^1]);
        open += open < 0 ? 0 : Math.Max(0, before.Length - 130);
        place = new(open + 1, before.Length - open - 2, Joint.Assigned, true);
        return open >= 0 && place.Length > 0;
    }

    /// <summary>Steps over a word that belongs to the joint: a type, "is", "Bearer", a string prefix (<c>b"…</c>).</summary>
    static bool SkipsWord(ReadOnlySpan<char> text, ref int at, ref Joint joint, bool apart)
    {
        if (!apart && joint == Joint.Loose)
            return false;
        var end = at;
        while (end < text.Length && end - at < 10 && char.IsAsciiLetter(text[end]))
            end++;
        var word = text[at..end];
        if (end < text.Length && text[end] is '"' or '\'' && word.Length <= 2)
        {
            at = end - 1;
            return true;
        }
        if (end >= text.Length || text[end] is not (' ' or '\t' or '='))
            return false;
        foreach (var known in Words)
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                if (joint < Joint.Said)
                    joint = Joint.Said;
                at = end - 1;
                return true;
            }
        return false;
    }

    static ValuePlace Read(ReadOnlySpan<char> text, int at, Joint joint)
    {
        var rest = text[at..Math.Min(text.Length, at + Longest)];
        if (rest[0] is '"' or '\'' or '`')
        {
            var inner = rest[1..];
            var close = inner.IndexOf(rest[0]);
            var line = inner.IndexOf('\n');
            if (close < 0 || line >= 0 && line < close)
                close = line >= 0 ? line : inner.Length;
            if (close > 0 && inner[close - 1] == '\\')
                close--;
            return new(at + 1, close, joint, true);
        }
        var end = rest.IndexOfAny(Stops.Bare);
        if (end < 0)
            end = rest.Length;
        var escape = rest[..end].IndexOf('\\');
        if (escape > 0 && escape + 1 < rest.Length && rest[escape + 1] is 'n' or 'r' or 't' or '"' or '\'' or '\\')
            end = escape;
        var amp = joint == Joint.Assigned ? rest[..end].IndexOf('&') : -1;
        if (amp > 0)
            end = amp;
        return new(at, end, joint, false);
    }

    static bool IsFlag(ReadOnlySpan<char> text, int nameStart)
    {
        while (nameStart > 0 && (char.IsAsciiLetterOrDigit(text[nameStart - 1]) || text[nameStart - 1] is '_' or '-'))
            nameStart--;
        return nameStart + 1 < text.Length && text[nameStart] == '-' && (nameStart == 0 || char.IsWhiteSpace(text[nameStart - 1]));
    }
}
