using System.Net;
using Interven.Contracts;
using Interven.GrainInterfaces;

namespace Interven.ApiFrontend.Identity;

/// <summary>Where a request for or with a cookie may come from: this site's own pages, over a line that nobody listens to.</summary>
static class Origins
{
    static readonly Refusal CrossSite = new(403, ReasonCodes.CsrfRefused, "The request comes from another site.");
    static readonly Refusal NoToken = new(403, ReasonCodes.CsrfRefused, $"A change with a session cookie needs the header {SessionCookies.CsrfHeader} with the value of the cookie {SessionCookies.Csrf}.");
    static readonly Refusal Plain = new(403, ReasonCodes.HttpsRequired,
        "Signing in over plain http is for this machine alone. Use https; behind a proxy that speaks it, name the proxy in Interven:TrustedProxies.");

    /// <summary>Null where the line is encrypted, or does not leave the machine.</summary>
    public static Refusal? Line(HttpContext http) =>
        http.Request.IsHttps || IPAddress.IsLoopback(http.Connection.RemoteIpAddress ?? IPAddress.None) || http.RequestServices.GetRequiredService<FrontEndOptions>().AllowsPlainHttp
            ? null : Plain;

    /// <summary>Null where a browser says, or nothing denies, that one of our own pages asks.</summary>
    public static Refusal? Page(HttpContext http)
    {
        var headers = http.Request.Headers;
        // Written by the browser itself, and known to every current one: a proxy that rewrites Host does not confuse it.
        if (headers["Sec-Fetch-Site"] is [{ } site])
            return site is "same-origin" or "none" ? null : CrossSite;
        if (headers.Origin is [{ } origin] && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(Authority(http.Request), StringComparison.OrdinalIgnoreCase)))
            return CrossSite;
        return null;
    }

    /// <summary>Null where a change with a cookie comes from one of our own pages, or from somebody who holds both cookies.</summary>
    public static Refusal? Change(HttpContext http, string sessionToken) => Page(http) ?? (SessionCookies.MatchesCsrf(http, sessionToken) ? null : NoToken);

    /// <summary>As <see cref="Uri.Authority"/> writes it: without the scheme's own port.</summary>
    static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own.Authority : "";
}
