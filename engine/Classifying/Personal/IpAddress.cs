using System.Net;
using System.Net.Sockets;
using Interven.Contracts;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Personal;

/// <summary>
/// IP addresses. A public one that a word near it calls an address is MEDIUM; any other is LOW: it may be a version, an example or a machine of one's own.
/// </summary>
static class IpAddress
{
    const int LongestV6 = 45;

    static readonly WordSet Words = new("ip", "ips", "ipv4", "ipv6", "address", "ip address", "ipaddress", "ipaddr", "addr", "remote addr", "remoteaddr", "clientip", "client ip", "x-forwarded-for", "forwarded", "visitor", "logged in from", "login from", "sourceip", "userip", "remoteip", "hostip");

    public static readonly IReadOnlyList<Detector> Detectors =
    [
        new("ip_v4", new Trigger.Digits(4, 12), Version4),
        new("ip_v6", new Trigger.Character(':'), Version6),
    ];

    static void Version4(in Probe probe)
    {
        var text = probe.Text.Slice(probe.At, probe.Length);
        if (text.Length is < 7 or > 15 || text.Count('.') != 3 || !Chars.NumberStandsAlone(probe.Text, probe.At, probe.Length))
            return;
        uint address = 0;
        foreach (var part in text.Split('.'))
        {
            var octet = text[part];
            if (octet.Length is 0 or > 3 || octet.Length > 1 && octet[0] == '0' || octet.ContainsAnyExceptInRange('0', '9') || Checksums.Weighted.Remainder(octet, 1000) > 255)
                return;
            address = address << 8 | (uint)Checksums.Weighted.Remainder(octet, 1000);
        }
        var sure = IsPublic(address) && Surroundings.Mention(probe, probe.At, probe.Length, Words);
        probe.Report(Kinds.IpAddress, sure ? Confidence.Medium : Confidence.Low, probe.At, probe.Length);
    }

    /// <summary>Outside the private, shared, loopback, link-local, documentation, multicast and reserved blocks (RFC 6890).</summary>
    static bool IsPublic(uint address) => (address >> 24, address >> 16 & 255, address >> 8 & 255) switch
    {
        (0 or 10 or 127 or >= 224, _, _) => false,
        (100, >= 64 and < 128, _) or (169, 254, _) or (172, >= 16 and < 32, _) or (192, 168, _) or (198, 18 or 19, _) => false,
        (192, 0, 0 or 2) or (198, 51, 100) or (203, 0, 113) => false,
        _ => true,
    };

    static void Version6(in Probe probe)
    {
        var text = probe.Text;
        var (start, end) = (probe.At, probe.At);
        while (start > 0 && probe.At - start <= LongestV6 && IsV6(text[start - 1]))
            start--;
        // Only the first colon of an address looks at it.
        if (text[start..probe.At].Contains(':'))
            return;
        while (end < text.Length && end - start <= LongestV6 && IsV6(text[end]))
            end++;
        var address = text[start..end].TrimEnd('.');
        if (address.Length < 6 || address.Count(':') < 2 || Chars.IsWord(Chars.At(text, start - 1)) || Chars.IsWord(Chars.At(text, end)))
            return;
        if (!address.Contains("::", StringComparison.Ordinal) && address.Count(':') != 7 || !IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
            return;
        probe.Report(Kinds.IpAddress, IsPublic(parsed) && Surroundings.Mention(probe, start, address.Length, Words) ? Confidence.Medium : Confidence.Low, start, address.Length);
    }

    static bool IsPublic(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        var isDocumentation = bytes[..4].SequenceEqual((ReadOnlySpan<byte>)[0x20, 0x01, 0x0d, 0xb8]);
        return bytes[0] != 0 && !isDocumentation && !address.IsIPv6LinkLocal && !address.IsIPv6Multicast && !address.IsIPv6UniqueLocal && !address.IsIPv6SiteLocal;
    }

    static bool IsV6(char c) => char.IsAsciiHexDigit(c) || c is ':' or '.';
}
