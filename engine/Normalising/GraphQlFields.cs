namespace Interven.Engine.Normalising;

/// <summary>
/// The root fields of a GraphQL document: what it really asks for, whatever its operation is called. One pass, no validation; fields of fragments
/// on a root type count too, so that none can be hidden in one.
/// </summary>
ref struct GraphQlFields
{
    /// <summary>More root fields than this are not told apart.</summary>
    public const int Most = 64;

    readonly ReadOnlySpan<char> text;
    int at;

    GraphQlFields(ReadOnlySpan<char> text) => this.text = text;

    public static List<(string Name, bool Mutates)> Of(ReadOnlySpan<char> document)
    {
        var reader = new GraphQlFields(document);
        var fields = new List<(string, bool)>();
        var mutates = false;
        for (var token = reader.Next(); !token.IsEmpty && fields.Count < Most; token = reader.Next())
        {
            if (token[0] == '{')
            {
                reader.Selection(fields, mutates, 0);
                mutates = false;
            }
            else if (token is "fragment")
                reader.Fragment(fields);
            else if (token is "mutation")
                mutates = true;
            else if (token[0] == '(')
                reader.SkipBalanced('(', ')');
        }
        return fields;
    }

    // "fragment Name on Type @directive { … }": on a root type its fields are root fields.
    void Fragment(List<(string, bool)> fields)
    {
        Next();
        Next();
        var type = Next();
        var token = Next();
        while (!token.IsEmpty && token[0] != '{')
        {
            if (token[0] == '(')
                SkipBalanced('(', ')');
            token = Next();
        }
        if (type.Contains("mutation", StringComparison.OrdinalIgnoreCase))
            Selection(fields, true, 0);
        else if (type.Contains("query", StringComparison.OrdinalIgnoreCase))
            Selection(fields, false, 0);
        else
            SkipBalanced('{', '}');
    }

    void Selection(List<(string, bool)> fields, bool mutates, int depth)
    {
        for (var token = Next(); !token.IsEmpty && token[0] != '}' && fields.Count < Most; token = Next())
        {
            if (token[0] == '.')
                Spread(fields, mutates, depth);
            else if (token[0] == '@')
                Next();
            else if (token[0] == '(')
                SkipBalanced('(', ')');
            else if (token[0] == '{')
                SkipBalanced('{', '}');
            else if (IsName(token[0]))
                fields.Add((Field(token).ToString(), mutates));
        }
    }

    // "alias: field" is the field.
    ReadOnlySpan<char> Field(ReadOnlySpan<char> name)
    {
        var before = at;
        if (Next() is ":")
            return Next();
        at = before;
        return name;
    }

    // "... on Mutation { field }" and "... { field }" are selections of the same level; "...Name" is read where the fragment stands.
    void Spread(List<(string, bool)> fields, bool mutates, int depth)
    {
        var before = at;
        for (var token = Next(); !token.IsEmpty; token = Next())
        {
            if (token[0] == '{' && depth < 16)
            {
                Selection(fields, mutates, depth + 1);
                return;
            }
            if (token is "on")
                Next();
            else if (token[0] == '@')
                Next();
            else if (token[0] == '(')
                SkipBalanced('(', ')');
            else
                break;
            before = at;
        }
        at = before;
        if (at < text.Length && IsName(Peek()))
            Next();
    }

    char Peek()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at < text.Length ? text[at] : '\0';
    }

    void SkipBalanced(char open, char close)
    {
        var depth = 1;
        while (depth > 0 && Next() is { IsEmpty: false } token)
            depth += token[0] == open ? 1 : token[0] == close ? -1 : 0;
    }

    /// <summary>A name, a string, <c>...</c> or one sign; empty at the end.</summary>
    ReadOnlySpan<char> Next()
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is ',' or '\ufeff' or '#'))
            at = text[at] == '#' && text[at..].IndexOfAny('\n', '\r') is var end ? end < 0 ? text.Length : at + end : at + 1;
        if (at >= text.Length)
            return [];
        var start = at++;
        if (text[start] == '"')
            SkipString(start);
        else if (IsName(text[start]))
            while (at < text.Length && (IsName(text[at]) || char.IsAsciiDigit(text[at])))
                at++;
        else if (text[start..].StartsWith("..."))
            at = start + 3;
        return text[start..at];
    }

    void SkipString(int start)
    {
        if (text[start..].StartsWith("\"\"\""))
        {
            var end = text[(start + 3)..].IndexOf("\"\"\"");
            at = end < 0 ? text.Length : start + 3 + end + 3;
            return;
        }
        while (at < text.Length && text[at] is not ('"' or '\n'))
            at += text[at] == '\\' && at + 1 < text.Length ? 2 : 1;
        at = Math.Min(text.Length, at + 1);
    }

    static bool IsName(char c) => char.IsAsciiLetter(c) || c == '_';
}
