using System.Net;
using System.Net.Sockets;

namespace Interven.Engine.Risk;

/// <summary>Threat feeds for looking up: hashes only, about 30 bytes an entry. Immutable.</summary>
public sealed class ThreatIndex
{
    readonly Dictionary<ulong, byte> hosts = [];
    readonly Dictionary<ulong, byte> urls = [];
    readonly Dictionary<ulong, byte> vulnerabilities = [];
    readonly Dictionary<IPAddress, byte> addresses = [];
    readonly Dictionary<(uint Network, int Bits), byte> networks = [];
    readonly int[] networkBits;
    readonly string[] names;

    /// <param name="feeds">At most 255.</param>
    public ThreatIndex(IReadOnlyList<ThreatFeed> feeds)
    {
        names = [.. feeds.Take(byte.MaxValue).Select(feed => feed.Name)];
        for (byte i = 0; i < names.Length; i++)
        {
            foreach (var host in feeds[i].Hosts)
                hosts.TryAdd(ThreatHash.OfHost(host), i);
            foreach (var url in feeds[i].Urls)
                urls.TryAdd(ThreatHash.End(ThreatHash.Continue(ThreatHash.Start, url)), i);
            foreach (var cve in feeds[i].Vulnerabilities)
                vulnerabilities.TryAdd(ThreatHash.OfHost(cve), i);
            foreach (var address in feeds[i].Addresses)
                AddAddress(address, i);
        }
        networkBits = [.. networks.Keys.Select(key => key.Bits).Distinct()];
    }

    public int Count => hosts.Count + urls.Count + vulnerabilities.Count + addresses.Count + networks.Count;

    internal bool HasVulnerabilities => vulnerabilities.Count > 0;

    internal bool HasPlaces => Count > vulnerabilities.Count;

    /// <summary>The feed that lists the host, a parent domain of it or its address; null for none.</summary>
    public string? FindHost(ReadOnlySpan<char> host)
    {
        host = host.TrimEnd('.');
        if (host.IsEmpty || host.Length > 253)
            return null;
        if (char.IsAsciiDigit(host[^1]) || host.Contains(':'))
            return IPAddress.TryParse(host.Trim("[]"), out var address) ? FindAddress(address) : null;
        var hash = ThreatHash.Start;
        for (var i = host.Length - 1; i >= 0; i--)
        {
            hash = ThreatHash.Prepend(hash, host[i]);
            if ((i == 0 || host[i - 1] == '.') && hosts.TryGetValue(ThreatHash.End(hash), out var feed))
                return names[feed];
        }
        return null;
    }

    internal string? FindUrl(in ThreatUrl url) =>
        urls.Count == 0 ? null
        : urls.TryGetValue(url.Hash(withQuery: true), out var feed) || !url.Query.IsEmpty && urls.TryGetValue(url.Hash(withQuery: false), out feed) ? names[feed]
        : null;

    internal string? FindVulnerability(ReadOnlySpan<char> cve) =>
        vulnerabilities.TryGetValue(ThreatHash.OfHost(cve), out var feed) ? names[feed] : null;

    string? FindAddress(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (addresses.TryGetValue(address, out var feed))
            return names[feed];
        if (address.AddressFamily != AddressFamily.InterNetwork)
            return null;
        var number = Number(address);
        foreach (var bits in networkBits)
            if (networks.TryGetValue((number & Mask(bits), bits), out feed))
                return names[feed];
        return null;
    }

    void AddAddress(string text, byte feed)
    {
        if (IPAddress.TryParse(text, out var address))
            addresses.TryAdd(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, feed);
        else if (IPNetwork.TryParse(text, out var network) && network.BaseAddress.AddressFamily == AddressFamily.InterNetwork)
            networks.TryAdd((Number(network.BaseAddress), network.PrefixLength), feed);
    }

    static uint Number(IPAddress v4)
    {
        Span<byte> bytes = stackalloc byte[4];
        v4.TryWriteBytes(bytes, out _);
        return (uint)(bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3]);
    }

    static uint Mask(int bits) => bits == 0 ? 0 : uint.MaxValue << (32 - bits);
}
