namespace Interven.Engine.Risk;

/// <summary>A 64-bit hash for the index. It needs no key: whoever makes a host collide with a listed one only gets himself listed.</summary>
static class ThreatHash
{
    public const ulong Start = 0xcbf29ce484222325;
    const ulong Prime = 0x100000001b3;

    public static ulong Continue(ulong hash, ReadOnlySpan<char> text, bool lower = false)
    {
        foreach (var c in text)
            hash = (hash ^ (lower && char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c)) * Prime;
        return hash;
    }

    /// <summary>One character of a host that is hashed from its end, so that every parent domain falls out on the way.</summary>
    public static ulong Prepend(ulong hash, char c) => (hash ^ (char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c)) * Prime;

    public static ulong End(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        return hash ^ (hash >> 33);
    }

    public static ulong OfHost(ReadOnlySpan<char> host)
    {
        var hash = Start;
        for (var i = host.Length - 1; i >= 0; i--)
            hash = Prepend(hash, host[i]);
        return End(hash);
    }
}
