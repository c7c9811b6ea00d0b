namespace Interven.Engine.Risk;

/// <summary>A URL cut into what threat lists compare: host without case, and what follows it without fragment. http and https are the same page.</summary>
readonly ref struct ThreatUrl
{
    ThreatUrl(ReadOnlySpan<char> host, ReadOnlySpan<char> port, ReadOnlySpan<char> path, ReadOnlySpan<char> query)
    {
        Host = host;
        Port = port;
        Path = path;
        Query = query;
    }

    public ReadOnlySpan<char> Host { get; }

    /// <summary>Empty for the default ones.</summary>
    public ReadOnlySpan<char> Port { get; }

    /// <summary>Without a trailing slash.</summary>
    public ReadOnlySpan<char> Path { get; }

    /// <summary>With its question mark; empty for none.</summary>
    public ReadOnlySpan<char> Query { get; }

    public bool IsRoot => Path.IsEmpty && Query.IsEmpty;

    public static bool TryRead(ReadOnlySpan<char> url, out ThreatUrl read)
    {
        read = default;
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return false;
        var rest = url[(start + 3)..];
        var fragment = rest.IndexOf('#');
        if (fragment >= 0)
            rest = rest[..fragment];
        var end = rest.IndexOfAny('/', '?');
        var authority = end < 0 ? rest : rest[..end];
        var tail = end < 0 ? [] : rest[end..];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var colon = authority.LastIndexOf(':');
        var isBracketed = !authority.IsEmpty && authority[0] == '[';
        var port = colon > 0 && (!isBracketed || authority[colon - 1] == ']') ? authority[(colon + 1)..] : [];
        var host = (port.IsEmpty ? authority.TrimEnd(':') : authority[..colon]).Trim("[]").TrimEnd('.');
        if (host.IsEmpty || host.Length > 253)
            return false;
        var question = tail.IndexOf('?');
        var path = question < 0 ? tail : tail[..question];
        read = new(host, port is "80" or "443" ? [] : port, path.TrimEnd('/'), question < 0 ? [] : tail[question..]);
        return true;
    }

    /// <summary>The spelling that is hashed.</summary>
    public string Compared() => $"{Host.ToString().ToLowerInvariant()}:{Port}{Path}{Query}";

    public ulong Hash(bool withQuery)
    {
        var hash = ThreatHash.Continue(ThreatHash.Start, Host, lower: true);
        hash = ThreatHash.Continue(ThreatHash.Continue(hash, ":"), Port);
        hash = ThreatHash.Continue(hash, Path);
        return ThreatHash.End(withQuery ? ThreatHash.Continue(hash, Query) : hash);
    }
}
