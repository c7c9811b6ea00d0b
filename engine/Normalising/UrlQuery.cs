namespace Interven.Engine.Normalising;

/// <summary>Looks up fields of a query string or form-encoded text.</summary>
static class UrlQuery
{
    /// <summary>The decoded value of the first field of that name; null where there is none.</summary>
    public static string? Find(ReadOnlySpan<char> query, ReadOnlySpan<char> name) =>
        TryFind(query, name, out var value) ? Percent.Decode(value, form: true) : null;

    /// <summary>The decoded value of the last field of that name; null where there is none.</summary>
    public static string? FindLast(ReadOnlySpan<char> query, ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> last = default;
        var isThere = false;
        foreach (var field in query.Split('&'))
            if (TryFind(query[field], name, out var value))
            {
                last = value;
                isThere = true;
            }
        return isThere ? Percent.Decode(last, form: true) : null;
    }

    public static bool TryFind(ReadOnlySpan<char> query, ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        while (!query.IsEmpty)
        {
            var end = query.IndexOf('&');
            var field = end < 0 ? query : query[..end];
            query = end < 0 ? [] : query[(end + 1)..];
            var equals = field.IndexOf('=');
            if (IsNamed(equals < 0 ? field : field[..equals], name))
            {
                value = equals < 0 ? [] : field[(equals + 1)..];
                return true;
            }
        }
        value = default;
        return false;
    }

    static bool IsNamed(ReadOnlySpan<char> field, ReadOnlySpan<char> name) =>
        field.SequenceEqual(name) || field.Contains('%') && Percent.Decode(field, form: true).AsSpan().SequenceEqual(name);
}
