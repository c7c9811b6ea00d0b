namespace Interven.Engine.Normalising.Catalogue;

/// <summary>Host and path prefix → tool: one look-up for the host itself, one for each domain above it.</summary>
sealed class HostIndex
{
    readonly Dictionary<string, List<Place>> exact = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<Place>> below = new(StringComparer.Ordinal);

    /// <summary>Adds <c>host/prefix</c>, <c>*.domain/prefix</c> or <c>*</c>; false where that very place is taken.</summary>
    public bool TryAdd(string pattern, CompiledTool tool)
    {
        var slash = pattern.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? pattern : pattern[..slash];
        var prefix = slash < 0 ? [] : pattern[slash..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (table, key) = host == "*" ? (below, "") : host.StartsWith("*.", StringComparison.Ordinal) ? (below, host[2..]) : (exact, host);
        if (!table.TryGetValue(key, out var places))
            table[key] = places = [];
        if (places.Exists(p => p.Prefix.SequenceEqual(prefix, StringComparer.OrdinalIgnoreCase)))
            return false;
        places.Add(new(prefix, tool));
        places.Sort((a, b) => b.Prefix.Length - a.Prefix.Length);
        return true;
    }

    /// <summary>The tool at that address, and how many segments of the path belong to its prefix.</summary>
    public CompiledTool? Find(ReadOnlySpan<char> host, PathSegments path, out int prefix)
    {
        if (In(exact, host, path, out prefix) is { } tool)
            return tool;
        for (var dot = host.IndexOf('.'); dot >= 0; dot = host.IndexOf('.'))
        {
            host = host[(dot + 1)..];
            if (In(below, host, path, out prefix) is { } above)
                return above;
        }
        return In(below, "", path, out prefix);
    }

    static CompiledTool? In(Dictionary<string, List<Place>> table, ReadOnlySpan<char> host, PathSegments path, out int prefix)
    {
        prefix = 0;
        if (!table.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(host, out var places))
            return null;
        foreach (var place in places)
            if (place.Covers(path))
            {
                prefix = place.Prefix.Length;
                return place.Tool;
            }
        return null;
    }

    sealed record Place(string[] Prefix, CompiledTool Tool)
    {
        public bool Covers(PathSegments path)
        {
            if (path.Count < Prefix.Length)
                return false;
            for (var i = 0; i < Prefix.Length; i++)
                if (Prefix[i][0] != '{' && !path[i].Equals(Prefix[i], StringComparison.OrdinalIgnoreCase))
                    return false;
            return true;
        }
    }
}
