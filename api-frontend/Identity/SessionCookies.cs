using System.Security.Cryptography;
using System.Text;
using Interven.GrainInterfaces.People;

namespace Interven.ApiFrontend.Identity;

/// <summary>The two cookies of a session: one that scripts cannot read, and one that they must repeat in a header with every change.</summary>
static class SessionCookies
{
    public const string Session = "interven_session", Csrf = "interven_csrf", CsrfHeader = "X-Interven-CSRF";

    /// <param name="http">The answer that carries them.</param>
    /// <param name="signedIn">The session.</param>
    /// <param name="isKept">Outlives the browser, or curl: for cookie jars.</param>
    public static void Set(HttpContext http, SignedIn signedIn, bool isKept = false)
    {
        http.Response.Cookies.Append(Session, signedIn.Token, Options(http, true, isKept ? signedIn.EndsAt : null));
        http.Response.Cookies.Append(Csrf, CsrfOf(signedIn.Token), Options(http, false, isKept ? signedIn.EndsAt : null));
    }

    public static void Clear(HttpContext http)
    {
        http.Response.Cookies.Delete(Session, Options(http, true, null));
        http.Response.Cookies.Delete(Csrf, Options(http, false, null));
    }

    public static string? Of(HttpContext http) => http.Request.Cookies.TryGetValue(Session, out var token) && token.Length > 0 ? token : null;

    /// <summary>Follows from the session's token, which it does not betray: nothing need be kept, and one session's is no good for another.</summary>
    public static string CsrfOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("csrf:" + token)).AsSpan(0, 20));

    public static bool MatchesCsrf(HttpContext http, string token) => http.Request.Headers[CsrfHeader] is [{ } given]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(CsrfOf(token)));

    static CookieOptions Options(HttpContext http, bool httpOnly, DateTimeOffset? expires) =>
        new() { HttpOnly = httpOnly, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", Expires = expires, IsEssential = true };
}
