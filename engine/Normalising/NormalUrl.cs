namespace Interven.Engine.Normalising;

/// <summary>An absolute URL in the one form that all its spellings share. Made by <see cref="UrlNormaliser.Read"/>.</summary>
public sealed class NormalUrl
{
    readonly int pathStart;
    readonly int queryStart;

    internal NormalUrl(string text, string scheme, string host, int port, int pathStart, int queryStart)
    {
        (Text, Scheme, Host, Port) = (text, scheme, host, port);
        (this.pathStart, this.queryStart) = (pathStart, queryStart);
    }

    /// <summary>The whole URL: no userinfo, fragment, default port or dot segments.</summary>
    public string Text { get; }

    /// <summary>Lower-case.</summary>
    public string Scheme { get; }

    /// <summary>Lower-case, IDN as punycode, IPv4 as four decimals, IPv6 without brackets; for pseudo-schemes what stands in the host's place. May be empty there.</summary>
    public string Host { get; }

    /// <summary>-1 where the scheme's own port is used.</summary>
    public int Port { get; }

    /// <summary>With its leading slash; empty only for pseudo-schemes.</summary>
    public ReadOnlySpan<char> Path => Text.AsSpan(pathStart, (queryStart < 0 ? Text.Length : queryStart) - pathStart);

    /// <summary>Without the question mark.</summary>
    public ReadOnlySpan<char> Query => queryStart < 0 ? [] : Text.AsSpan(queryStart + 1);

    /// <summary>What stood before the <c>@</c>. It is no part of <see cref="Text"/>, and has to be scanned: a password may stand there.</summary>
    public string? UserInfo { get; internal init; }

    /// <summary>What stood after the <c>#</c>: never sent to a server, but scanned all the same.</summary>
    public string? Fragment { get; internal init; }

    /// <summary>True for http, https, ws and wss; false for <c>tool</c>, <c>exec</c> and whatever else is no web address.</summary>
    public bool IsWeb => Scheme is "https" or "http" or "wss" or "ws";

    public override string ToString() => Text;
}
