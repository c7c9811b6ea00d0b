namespace Interven.Engine.Reading;

/// <summary>Tells whether a text is JSON without the exception that the reader would throw: most strings with a bracket in front are not.</summary>
static class JsonShape
{
    /// <summary>True for an object, array or string that <see cref="JsonTree"/> can read.</summary>
    public static bool Fits(ReadOnlySpan<char> text)
    {
        Span<bool> isObject = stackalloc bool[JsonTreeReader.MaxDepth + 1];
        var depth = 0;
        var at = 0;
        var value = true;
        while (true)
        {
            SkipBlanks(text, ref at);
            if (at >= text.Length)
                return false;
            if (value)
            {
                if (text[at] is '{' or '[')
                {
                    if (depth == JsonTreeReader.MaxDepth)
                        return false;
                    isObject[++depth] = text[at++] == '{';
                    SkipBlanks(text, ref at);
                    if (at < text.Length && text[at] == (isObject[depth] ? '}' : ']'))
                        value = false;
                    else if (isObject[depth] && !Name(text, ref at))
                        return false;
                    continue;
                }
                if (!Scalar(text, ref at))
                    return false;
                value = false;
            }
            else if (text[at] == ',' && depth > 0)
            {
                at++;
                if (isObject[depth] && !Name(text, ref at))
                    return false;
                value = true;
                continue;
            }
            else if (depth > 0 && text[at] == (isObject[depth] ? '}' : ']'))
            {
                at++;
                depth--;
            }
            else
                return false;
            if (depth == 0)
                return text[at..].Trim(" \t\r\n").IsEmpty;
        }
    }

    static bool Name(ReadOnlySpan<char> text, ref int at)
    {
        SkipBlanks(text, ref at);
        if (!String(text, ref at))
            return false;
        SkipBlanks(text, ref at);
        return at < text.Length && text[at++] == ':';
    }

    static bool Scalar(ReadOnlySpan<char> text, ref int at) => text[at] switch
    {
        '"' => String(text, ref at),
        't' => Word(text, ref at, "true"),
        'f' => Word(text, ref at, "false"),
        'n' => Word(text, ref at, "null"),
        _ => Number(text, ref at),
    };

    static bool Word(ReadOnlySpan<char> text, ref int at, string word)
    {
        if (!text[at..].StartsWith(word, StringComparison.Ordinal))
            return false;
        at += word.Length;
        return true;
    }

    static bool String(ReadOnlySpan<char> text, ref int at)
    {
        if (at >= text.Length || text[at] != '"')
            return false;
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return true;
            }
            if (text[at] < ' ' || text[at] == '\\' && !Escape(text, ref at))
                return false;
        }
        return false;
    }

    static bool Escape(ReadOnlySpan<char> text, ref int at)
    {
        if (at + 1 >= text.Length || !"\"\\/bfnrtu".Contains(text[at + 1], StringComparison.Ordinal))
            return false;
        if (text[at + 1] == 'u')
        {
            if (!CharacterCodes.TryEscape(text, at, out var consumed, out var rune) || rune == System.Text.Rune.ReplacementChar)
                return false;
            at += consumed - 1;
        }
        else
            at++;
        return true;
    }

    static bool Number(ReadOnlySpan<char> text, ref int at)
    {
        if (text[at] == '-')
            at++;
        if (at < text.Length && text[at] == '0')
            at++;
        else if (!Digits(text, ref at))
            return false;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (!Digits(text, ref at))
                return false;
        }
        if (at >= text.Length || text[at] is not ('e' or 'E'))
            return true;
        at++;
        if (at < text.Length && text[at] is '+' or '-')
            at++;
        return Digits(text, ref at);
    }

    static bool Digits(ReadOnlySpan<char> text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at > from;
    }

    static void SkipBlanks(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            at++;
    }
}
