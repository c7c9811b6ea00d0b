using System.Buffers;
using System.Globalization;

namespace Interven.Engine.Normalising;

/// <summary>
/// Reads absolute URLs the way clients do (WHATWG URL for web addresses), so that a different spelling never is a different destination.
/// What clients read in two ways (a backslash that may or may not end the host) is refused.
/// </summary>
public static class UrlNormaliser
{
    const string Absolute = "`url` must be absolute, for example `https://slack.com/api/chat.postMessage` or `tool://langgraph/transfer_funds`";
    static readonly SearchValues<char> Ignored = SearchValues.Create("\t\n\r");

    /// <summary>The normal form, or null and a sentence for the caller's 400. Never throws; linear in the length.</summary>
    public static NormalUrl? Read(string? url, out string? problem)
    {
        if (string.IsNullOrWhiteSpace(url))
            return Refuse("`url` is required", out problem);
        var text = url.AsSpan().Trim(Controls);
        if (text.ContainsAny(Ignored))
            text = string.Concat(url.Trim(Controls.ToArray()).Split('\t', '\n', '\r'));
        var colon = SchemeLength(text);
        if (colon <= 0)
            return Refuse(Absolute, out problem);
        var scheme = Scheme(text[..colon]);
        var rest = text[(colon + 1)..];
        if (scheme is "https" or "http" or "wss" or "ws")
            return Web(scheme, rest.TrimStart(['/', '\\']), out problem);
        return rest.StartsWith("//", StringComparison.Ordinal) ? Pseudo(scheme, rest[2..], out problem) : Refuse(Absolute, out problem);
    }

    static ReadOnlySpan<char> Controls =>
        "\0\x1\x2\x3\x4\x5\x6\x7\x8\x9\xa\xb\xc\xd\xe\xf\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f ";

    static int SchemeLength(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == ':')
                return i;
            if (!char.IsAsciiLetter(c) && (i == 0 || !char.IsAsciiDigit(c) && c is not ('+' or '-' or '.')))
                return -1;
        }
        return -1;
    }

    static string Scheme(ReadOnlySpan<char> text) => text switch
    {
        "https" => "https",
        "http" => "http",
        "tool" => "tool",
        "mcp" => "mcp",
        _ => text.ToString().ToLowerInvariant(),
    };

    static NormalUrl? Web(string scheme, ReadOnlySpan<char> rest, out string? problem)
    {
        var end = rest.IndexOfAny("/\\?#");
        var authority = end < 0 ? rest : rest[..end];
        var after = end < 0 ? [] : rest[end..];
        if (!after.IsEmpty && after[0] == '\\' && NextPart(after[1..]).Contains('@'))
            return Refuse("`url` has a backslash before an `@`: clients disagree on which host that is", out problem);
        var at = authority.LastIndexOf('@');
        var (hostEnd, port) = Port(authority[(at + 1)..], scheme);
        if (port < -1)
            return Refuse("`url` has an invalid port", out problem);
        var host = HostName.Read(authority.Slice(at + 1, hostEnd), out problem);
        if (host is null)
            return Refuse($"`url` {problem}", out problem);
        var fragment = after.IndexOf('#');
        return Compose(scheme, host, port, fragment < 0 ? after : after[..fragment], true,
            at < 0 ? null : authority[..at].ToString(), fragment < 0 ? null : after[(fragment + 1)..].ToString());
    }

    // A pseudo-scheme names things of its own, with '#' and '@' in them (channels, addresses): no port, userinfo or fragment.
    static NormalUrl? Pseudo(string scheme, ReadOnlySpan<char> rest, out string? problem)
    {
        problem = null;
        var end = rest.IndexOfAny('/', '?');
        var name = new CharBuffer(stackalloc char[128]);
        var authority = end < 0 ? rest : rest[..end];
        for (var at = 0; at < authority.Length;)
            Percent.Append(ref name, authority, ref at);
        var host = name.Written.ToString().ToLowerInvariant();
        name.Dispose();
        return Compose(scheme, host, -1, end < 0 ? [] : rest[end..], false, null, null);
    }

    static ReadOnlySpan<char> NextPart(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('/', '?', '#');
        return end < 0 ? text : text[..end];
    }

    /// <summary>-1 for the scheme's own port, -2 for none at all.</summary>
    static (int HostEnd, int Port) Port(ReadOnlySpan<char> hostAndPort, string scheme)
    {
        var colon = hostAndPort.IndexOf(':');
        if (!hostAndPort.IsEmpty && hostAndPort[0] == '[')
        {
            var close = hostAndPort.IndexOf(']');
            if (close < 0 || close + 1 < hostAndPort.Length && hostAndPort[close + 1] != ':')
                return (hostAndPort.Length, -1);
            colon = close + 1 < hostAndPort.Length ? close + 1 : -1;
        }
        if (colon < 0)
            return (hostAndPort.Length, -1);
        var digits = hostAndPort[(colon + 1)..];
        if (digits.IsEmpty)
            return (colon, -1);
        if (digits.Length > 32 || digits.ContainsAnyExceptInRange('0', '9') || !ushort.TryParse(digits, CultureInfo.InvariantCulture, out var port))
            return (colon, -2);
        return (colon, port == (scheme is "https" or "wss" ? 443 : 80) ? -1 : port);
    }

    static NormalUrl Compose(string scheme, string host, int port, ReadOnlySpan<char> pathAndQuery, bool web, string? userInfo, string? fragment)
    {
        var url = new CharBuffer(stackalloc char[512]);
        url.Append(scheme);
        url.Append("://");
        if (host.Contains(':', StringComparison.Ordinal) && web)
        {
            url.Append('[');
            url.Append(host);
            url.Append(']');
        }
        else
            url.Append(host);
        if (port >= 0)
        {
            url.Append(':');
            url.Append(port.ToString(CultureInfo.InvariantCulture));
        }
        var pathStart = url.Length;
        var queryStart = UrlPath.Append(ref url, pathAndQuery, web);
        var result = new NormalUrl(url.Written.ToString(), scheme, host, port, pathStart, queryStart) { UserInfo = userInfo, Fragment = fragment };
        url.Dispose();
        return result;
    }

    static NormalUrl? Refuse(string why, out string problem)
    {
        problem = why + ".";
        return null;
    }
}
