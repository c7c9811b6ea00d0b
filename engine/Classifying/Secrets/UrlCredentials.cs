using Interven.Contracts;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>A password in a URL (RFC 3986, userinfo): <c>postgres://app:s3cret@db/main</c>. The finding is user and password.</summary>
static class UrlCredentials
{
    const int LongestPart = 256;

    public static IEnumerable<Detector> Detectors { get; } = [new("url_credentials", new Trigger.Keywords("://"), Inspect)];

    static void Inspect(in Probe probe)
    {
        var start = probe.At + probe.Length;
        var rest = probe.Text[start..Math.Min(probe.Text.Length, start + LongestPart)];
        var end = rest.IndexOfAny(Stops.Url);
        if (end >= 0)
            rest = rest[..end];
        var colon = rest.IndexOfAny(":@/?#");
        if (colon < 0 || rest[colon] != ':')
            return;
        var at = PasswordEnd(rest, colon + 1);
        if (at < 0 || at == rest.Length - 1)
            return;
        var password = rest[(colon + 1)..at];
        if (password.IsEmpty || password[0] == '$' || IsStandIn(password))
            return;
        probe.Report(Kinds.UrlCredentials, Placeholders.IsPlaceholder(password) ? Confidence.Medium : Confidence.High, start, at);
    }

    /// <summary>The at-sign before the host; a password may hold one itself, but no slash before a host does.</summary>
    static int PasswordEnd(ReadOnlySpan<char> rest, int from)
    {
        var slash = rest[from..].IndexOfAny('/', '?');
        var authority = slash < 0 ? rest : rest[..(from + slash)];
        var at = authority.LastIndexOf('@');
        return at > from ? at : -1;
    }

    static bool IsStandIn(ReadOnlySpan<char> password) => Placeholders.IsTemplate(password) || Placeholders.IsRepetitive(password);
}
