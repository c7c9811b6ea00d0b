using Interven.Contracts;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>Weighs what a name promises, how it is joined, and what the value is made of.</summary>
static class ValueJudge
{
    /// <returns>Null where the value is no secret.</returns>
    public static Confidence? Judge(Promise promise, Joint joint, bool quoted, ReadOnlySpan<char> value)
    {
        if (value.Length < 4 || !quoted && HoldsAssignment(value))
            return null;
        var confidence = promise == Promise.Password ? Password(joint, quoted, value) : Key(promise, joint, quoted, value);
        return confidence is not null && Placeholders.IsPlaceholder(value) ? null : confidence;
    }

    /// <summary>A bare value with <c>a=b</c> in it is more code or the next setting, no key; at its end stands padding.</summary>
    static bool HoldsAssignment(ReadOnlySpan<char> value)
    {
        var equals = value.IndexOf('=');
        return equals >= 0 && equals + 1 < value.Length && char.IsAsciiLetterOrDigit(value[equals + 1]);
    }

    static Confidence? Key(Promise promise, Joint joint, bool quoted, ReadOnlySpan<char> value)
    {
        if (joint != Joint.Assigned && value.TrimEnd('=').Contains('='))
            return null;
        if (value.IndexOfAny(Stops.NoKey) >= 0 || IsCode(value, quoted) || value.Contains("://", StringComparison.Ordinal) || value[0] is '/' or '.' or '#' or '$' or '%')
            return null;
        if (IsUuid(value))
            return promise == Promise.Key || joint == Joint.Assigned ? Confidence.Medium : Confidence.Low;
        var shortest = joint == Joint.Loose ? 16 : promise == Promise.Key ? 10 : 16;
        if (!Randomness.IsRandom(value, shortest) || NoSecret.Is(value))
            return null;
        if (NoSecret.IsShortId(value))
            return Confidence.Low;
        var shape = ValueShape.Of(value);
        if (shape.Digits == 0 && (joint == Joint.Loose && shape.Length is not (32 or 40 or 64) || !quoted && promise == Promise.Weak && shape.Length < 32))
            return null;
        return shape.Digits < 2 && joint == Joint.Loose ? null : Confidence.Medium;
    }

    static Confidence? Password(Joint joint, bool quoted, ReadOnlySpan<char> value)
    {
        if (value.Length > 256 || IsCode(value, quoted) || value.IndexOfAny("\n\r") >= 0)
            return null;
        var shape = ValueShape.Of(value);
        if (shape.Letters == 0)
            return quoted && joint == Joint.Assigned && shape is { Others: 0, Length: >= 6 } ? Confidence.Medium : null;
        if (shape.Length < (quoted ? 4 : 6))
            return null;
        var mixed = shape.Digits > 0 || shape.Others > 0 && value.IndexOfAny(Stops.Symbols) >= 0;
        if (value.Contains(' ') && (!quoted || joint != Joint.Assigned || shape.Length > 64 || !mixed))
            return null;
        if (mixed && (shape.Digits > 0 || quoted))
            return value[0] is '/' or '.' or '#' ? null : Confidence.Medium;
        return quoted && joint >= Joint.Said && shape.Others == 0 ? Confidence.Medium : Confidence.Low;
    }

    /// <summary>Brackets that close in the wrong order: no code and no template does that, a password may.</summary>
    public static bool IsTangle(ReadOnlySpan<char> value)
    {
        Span<char> open = stackalloc char[16];
        var depth = 0;
        foreach (var c in value[..Math.Min(value.Length, 128)])
        {
            if (c is '(' or '[' or '{' && depth < open.Length)
                open[depth++] = c == '(' ? ')' : c == '[' ? ']' : '}';
            else if (c is ')' or ']' or '}' && depth > 0 && open[--depth] != c)
                return value.Length >= 12;
        }
        return false;
    }

    /// <summary>Calls, member access, paths, look-ups: code that fetches a secret is none.</summary>
    static bool IsCode(ReadOnlySpan<char> value, bool quoted)
    {
        if (value.Contains("()", StringComparison.Ordinal) || !quoted && value.IndexOfAny("([{") >= 0)
            return true;
        if (quoted)
            return IsBetweenLiterals(value);
        if (!char.IsAsciiLetter(value[0]))
            return false;
        var dots = value.Count('.');
        return dots > 0 && Randomness.IsWords(value) || value.Contains("::", StringComparison.Ordinal) || value.Contains("->", StringComparison.Ordinal);
    }

    /// <summary>The quote closed a literal instead of opening one: what follows joins it with the next (<c>"password=" + value + "…"</c>).</summary>
    static bool IsBetweenLiterals(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        return value.Length > 1 && value[0] is '+' or '.' && value[^1] is '+' or '.' or '(' && value.ContainsAnyInRange('a', 'z');
    }

    static bool IsUuid(ReadOnlySpan<char> value) => value.Length == 36 && value[8] == '-' && value[13] == '-' && Guid.TryParseExact(value, "D", out _);
}
