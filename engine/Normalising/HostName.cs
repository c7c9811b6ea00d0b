using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Interven.Engine.Normalising;

/// <summary>The host of a web address in the form that a resolver would end up with (WHATWG URL, section 3.5).</summary>
static class HostName
{
    static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");
    static readonly SearchValues<char> Forbidden = SearchValues.Create("\0\t\n\r #/:<>?@[\\]^|%\x7f");
    static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    /// <summary>Null where no client would take it for a host; <paramref name="problem"/> then says why.</summary>
    public static string? Read(ReadOnlySpan<char> host, out string? problem)
    {
        problem = null;
        if (host.IsEmpty)
            return Refuse("has no host", out problem);
        if (host[0] == '[')
            return Ipv6(host, out problem);
        if (host.ContainsAnyExcept(Plain))
        {
            var mapped = Map(host);
            if (mapped is null || mapped.Length == 0 || mapped.AsSpan().ContainsAny(Forbidden))
                return Refuse("has a host that is no valid domain name", out problem);
            host = mapped;
        }
        if (host[^1] == '.' && host.Length > 1)
            host = host[..^1];
        if (host[^1] == '.')
            return Refuse("has a host that is no valid domain name", out problem);
        if (!Ipv4.EndsInNumber(host))
            return host.ToString();
        return Ipv4.TryRead(host, out var address) ? address : Refuse("has a host that looks like an IPv4 address and is none", out problem);
    }

    /// <summary>A domain as a person writes it, in the form of <see cref="Read"/>; null where it is none.</summary>
    public static string? ReadDomain(string domain) => Read(domain.AsSpan().Trim(), out _);

    static string? Map(ReadOnlySpan<char> host)
    {
        var decoded = Percent.Decode(host);
        if (System.Text.Ascii.IsValid(decoded))
            return decoded.ToLowerInvariant();
        try
        {
            return Idn.GetAscii(decoded).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    static string? Ipv6(ReadOnlySpan<char> host, out string? problem)
    {
        var inner = host[^1] == ']' ? host[1..^1] : [];
        if (inner.Contains('%') || !IPAddress.TryParse(inner, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            return Refuse("has an invalid IPv6 address", out problem);
        problem = null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : address.ToString();
    }

    static string? Refuse(string why, out string problem)
    {
        problem = why;
        return null;
    }
}
