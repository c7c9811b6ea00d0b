namespace Interven.Engine.Risk;

public enum ThreatFormat : byte
{
    /// <summary>One URL, host, address or CIDR a line; <c>#</c> begins a comment; hosts files too.</summary>
    Plain,

    /// <summary>abuse.ch URLhaus, text or CSV download.</summary>
    UrlHaus,

    /// <summary>OpenPhish, one URL a line.</summary>
    OpenPhish,

    /// <summary>CISA's catalogue of known exploited vulnerabilities, JSON.</summary>
    Kev,
}

/// <summary>A threat list as it was read.</summary>
/// <param name="Name">For the signal's details.</param>
/// <param name="Hosts">Lower-case hosts; their sub-domains are meant too.</param>
/// <param name="Addresses">IPv4 or IPv6 addresses and IPv4 CIDRs.</param>
/// <param name="Urls">URLs as they are compared: no scheme, fragment or default port.</param>
/// <param name="Vulnerabilities">CVE numbers.</param>
/// <param name="Skipped">Lines that were none of these.</param>
public sealed record ThreatFeed(
    string Name, IReadOnlyList<string> Hosts, IReadOnlyList<string> Addresses, IReadOnlyList<string> Urls, IReadOnlyList<string> Vulnerabilities, int Skipped);
