using System.Collections.Frozen;
using System.Net;

namespace Interven.Engine.Normalising;

/// <summary>
/// The tenant's own domains, sub-domains included. Inside without being listed: loopback and private addresses (RFC 1918, RFC 4193, RFC 6598), <c>localhost</c>,
/// names without a dot, <c>.local</c>, <c>.internal</c>, <c>.localhost</c>, <c>.home.arpa</c>. Link-local addresses are outside: credentials are had there.
/// </summary>
public sealed class InternalDomains
{
    static readonly string[] Reserved = ["local", "internal", "localhost", "home.arpa"];
    public static readonly InternalDomains None = new([]);

    readonly FrozenSet<string> domains;

    public InternalDomains(IReadOnlyList<string> domains)
    {
        this.domains = domains.Select(d => HostName.ReadDomain(d.Trim().TrimStart('*', '.', '@')))
            .OfType<string>().Concat(Reserved).ToFrozenSet(StringComparer.Ordinal);
        HasOwn = this.domains.Count > Reserved.Length;
    }

    /// <summary>False where the tenant has named none: who is inside can then not be told of people.</summary>
    public bool HasOwn { get; }

    /// <summary>True for a destination inside.</summary>
    /// <param name="host">As in <see cref="NormalUrl.Host"/>.</param>
    public bool Contains(ReadOnlySpan<char> host) =>
        IsOwn(host) || (IPAddress.TryParse(host, out var address) ? IsPrivate(address) : !host.IsEmpty && !host.Contains('.') && !host.Contains(':'));

    /// <summary>Whether whoever is named stands outside; null where that cannot be told.</summary>
    /// <param name="principal">E-mail address, domain, user name; <c>anyone</c> is everybody.</param>
    public bool? IsOutside(string principal)
    {
        if (principal is "anyone" or "anyoneWithLink" or "allUsers" or "allAuthenticatedUsers" or "*" or "public")
            return true;
        var text = principal.AsSpan().Trim().TrimEnd('>');
        var domain = text[(text.LastIndexOf('@') + 1)..];
        if (!domain.Contains('.') || domain.ContainsAny(' ', '/', ':') || !HasOwn)
            return null;
        return HostName.Read(domain, out _) is not { } host || !IsOwn(host);
    }

    bool IsOwn(ReadOnlySpan<char> host)
    {
        var lookup = domains.GetAlternateLookup<ReadOnlySpan<char>>();
        while (true)
        {
            if (lookup.Contains(host))
                return true;
            var dot = host.IndexOf('.');
            if (dot < 0)
                return false;
            host = host[(dot + 1)..];
        }
    }

    static bool IsPrivate(IPAddress address)
    {
        if (IPAddress.IsLoopback(address) || address.IsIPv6UniqueLocal)
            return true;
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && length == 4 && (bytes[0], bytes[1]) switch
        {
            (10, _) or (192, 168) => true,
            (172, var second) => second is >= 16 and < 32,
            (100, var second) => second is >= 64 and < 128,
            _ => false,
        };
    }
}
