using System.Security.Cryptography;
using System.Text.Json;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.People;
using Microsoft.AspNetCore.WebUtilities;

namespace Interven.ApiFrontend.Identity.Oidc;

/// <summary>What a browser carries, sealed, from the start of a sign-in to its end: the proofs that the answer belongs to this question.</summary>
/// <param name="Provider">Name of the provider that was asked.</param>
/// <param name="State">Must come back.</param>
/// <param name="Nonce">Must stand in the ID token.</param>
/// <param name="Verifier">Of PKCE: whoever caught the code lacks it.</param>
/// <param name="Return">Path of ours to go to.</param>
/// <param name="EndsAt">Unix seconds.</param>
sealed record OidcFlow(string Provider, string State, string Nonce, string Verifier, string Return, long EndsAt)
{
    const string Cookie = "interven_oidc", Path = "/api/auth/oidc";
    static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public string Challenge => WebEncoders.Base64UrlEncode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)));

    public static OidcFlow Begin(string provider, string? returnTo, DateTimeOffset now) =>
        new(provider, Random(), Random(), Random(), IsOurs(returnTo) ? returnTo! : "/", (now + Life).ToUnixTimeSeconds());

    public async Task Send(HttpContext http)
    {
        var sealedFlow = await Identities(http).Seal(JsonSerializer.SerializeToUtf8Bytes(this));
        http.Response.Cookies.Append(Cookie, WebEncoders.Base64UrlEncode(sealedFlow), Options(http, Life));
    }

    /// <summary>Null where there is none, or its time is over. It is taken back: an answer counts once.</summary>
    public static async Task<OidcFlow?> Take(HttpContext http, DateTimeOffset now)
    {
        if (!http.Request.Cookies.TryGetValue(Cookie, out var text) || text.Length > 4000)
            return null;
        http.Response.Cookies.Delete(Cookie, Options(http, null));
        try
        {
            var flow = await Identities(http).Open(WebEncoders.Base64UrlDecode(text)) is { } bytes ? JsonSerializer.Deserialize<OidcFlow>(bytes) : null;
            return flow?.EndsAt > now.ToUnixTimeSeconds() ? flow : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>A path of this site, and nothing that a browser takes for another one.</summary>
    static bool IsOurs(string? path) =>
        path is ['/', ..] and { Length: < 1000 } && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl);

    static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    static CookieOptions Options(HttpContext http, TimeSpan? life) =>
        new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = Path, MaxAge = life, IsEssential = true };

    static IIdentitiesGrain Identities(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IIdentitiesGrain>(GrainKeys.Singleton);
}
