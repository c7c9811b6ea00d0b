namespace Interven.Engine.Reading;

/// <summary>Tells whether a text is JSON without the exception that the reader would throw: most strings with a bracket in front are not.</summary>
ref struct JsonShape
{
    readonly ReadOnlySpan<char> text;
    int at;
    int depth;
    ulong objects;
    bool wantsValue;

    JsonShape(ReadOnlySpan<char> text)
    {
        this.text = text;
        wantsValue = true;
    }

    /// <summary>True for a value that <see cref="JsonTree"/> can read, but for a number beyond the finite.</summary>
    public static bool Fits(ReadOnlySpan<char> text)
    {
        var shape = new JsonShape(text);
        do
        {
            SkipBlanks(text, ref shape.at);
            if (shape.at >= text.Length || !(shape.wantsValue ? shape.Value() : shape.Continuation()))
                return false;
        }
        while (shape.depth > 0 || shape.wantsValue);
        return text[shape.at..].Trim(" \t\r\n").IsEmpty;
    }

    readonly bool InObject => (objects >> depth - 1 & 1) == 1;

    /// <summary>A scalar, or the opening of an object (with its first name) or an array.</summary>
    bool Value()
    {
        if (text[at] is not ('{' or '['))
        {
            wantsValue = false;
            return Scalar(text, ref at);
        }
        if (depth == JsonTreeReader.MaxDepth)
            return false;
        var bit = 1UL << depth++;
        objects = text[at++] == '{' ? objects | bit : objects & ~bit;
        SkipBlanks(text, ref at);
        wantsValue = at >= text.Length || text[at] != Closing;
        return !wantsValue || !InObject || Name(text, ref at);
    }

    /// <summary>A comma (with the next name) or the end of an object or array.</summary>
    bool Continuation()
    {
        var mark = text[at++];
        if (mark == ',')
        {
            wantsValue = true;
            return !InObject || Name(text, ref at);
        }
        if (mark != Closing)
            return false;
        depth--;
        return true;
    }

    readonly char Closing => InObject ? '}' : ']';

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
