using System.Net;

namespace Interven.Silo.Egress;

/// <summary>What may be called: https on the open internet, and whatever the operator allows beyond it.</summary>
sealed class EgressRules(EgressOptions options)
{
    const int FirstFreePort = 1024;

    public bool AllowsPrivate => options.AllowPrivate.Count > 0;

    /// <summary>Whether a connection to this very address may be made.</summary>
    public bool MayConnect(IPAddress address, int port, bool isHttps) =>
        IsAllowedPrivate(address) || isHttps && IsWebPort(port) && PublicAddresses.Contains(address);

    public bool IsAllowedPrivate(IPAddress address) => PublicAddresses.Any(options.AllowPrivate, PublicAddresses.Plain(address));

    /// <summary>No mail, shells or name servers: of the well-known ports only that of https.</summary>
    static bool IsWebPort(int port) => port is 443 or >= FirstFreePort;

    /// <summary>What is wrong with a URL before anything is resolved, in words without the URL; null where nothing is.</summary>
    public string? Problem(Uri url)
    {
        try
        {
            return Fault(url);
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException)
        {
            // A host that cannot be spelled in ASCII.
            return "The URL is not well-formed.";
        }
    }

    string? Fault(Uri url)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("https" or "http"))
            return "The URL must begin with https://.";
        if (url.UserInfo.Length > 0)
            return "The URL must not carry a user name or password.";
        if (url.IdnHost.Length == 0)
            return "The URL names no host.";
        var isHttps = url.Scheme == "https";
        if (!isHttps && !AllowsPrivate)
            return "The URL must begin with https://.";
        if (LiteralAddress(url) is { } address)
            return MayConnect(address, url.Port, isHttps) ? null : "The URL leads to an address or port that may not be called.";
        if (IsLoopbackName(url.IdnHost) && !IsAllowedPrivate(IPAddress.Loopback) && !IsAllowedPrivate(IPAddress.IPv6Loopback))
            return "The URL leads to an address or port that may not be called.";
        return AllowsPrivate || IsWebPort(url.Port) ? null : "The URL leads to an address or port that may not be called.";
    }

    static bool IsLoopbackName(string host)
    {
        var name = host.TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }

    static IPAddress? LiteralAddress(Uri url) => IPAddress.TryParse(url.IdnHost.Trim('[', ']').TrimEnd('.'), out var address) ? address : null;
}
