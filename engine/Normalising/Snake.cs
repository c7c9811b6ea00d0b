namespace Interven.Engine.Normalising;

/// <summary>Names in snake_case, whatever way they were written: <c>createDBInstance</c>, <c>Create-DB instance</c> → <c>create_db_instance</c>.</summary>
static class Snake
{
    /// <summary>Longest name given out, in UTF-16 units.</summary>
    public const int Longest = 100;

    public static string Of(ReadOnlySpan<char> name)
    {
        if (name.Length <= Longest && IsSnake(name))
            return name.ToString();
        Span<char> room = stackalloc char[Longest];
        return room[..Write(name, room)].ToString();
    }

    static int Write(ReadOnlySpan<char> name, Span<char> to)
    {
        var length = 0;
        var gap = false;
        for (var i = 0; i < name.Length && length < to.Length - 1; i++)
        {
            if (!char.IsLetterOrDigit(name[i]))
            {
                gap = length > 0;
                continue;
            }
            if (gap || i > 0 && StartsWord(name, i))
                to[length++] = '_';
            gap = false;
            to[length++] = char.ToLowerInvariant(name[i]);
        }
        return length;
    }

    static bool StartsWord(ReadOnlySpan<char> name, int at) =>
        char.IsUpper(name[at]) && char.IsLetterOrDigit(name[at - 1])
        && (!char.IsUpper(name[at - 1]) || at + 1 < name.Length && char.IsLower(name[at + 1]));

    static bool IsSnake(ReadOnlySpan<char> name)
    {
        var gap = true;
        foreach (var c in name)
        {
            if (c == '_' ? gap : !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
                return false;
            gap = c == '_';
        }
        return !gap;
    }
}
