using System.Security.Cryptography;
using System.Text;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.People;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.People;

namespace Interven.ApiFrontend.Identity.Oidc;

/// <summary>Signing in with an identity provider. Both ends are pages that a browser goes to.</summary>
static class OidcEndpoints
{
    static readonly Refusal NoProvider = new(404, ReasonCodes.NotFound, "There is no such provider.");
    static readonly Refusal Silent = new(503, ReasonCodes.SsoUnavailable, "The identity provider does not answer as one. Try again.");
    static readonly Refusal NoFlow = new(403, ReasonCodes.SsoRefused, "This answer belongs to no sign-in that was begun in this browser within ten minutes. Begin again.");
    static readonly Refusal NoIdentity = new(403, ReasonCodes.SsoRefused, "The identity provider did not say who it is.");

    public static void MapOidc(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/auth/providers", Providers).ForEveryone()
            .Describe("Sign-in", "List identity providers", "Of the installation; a tenant's own is in its /api/sso.").Gives(200, typeof(Page<SignInProvider>));
        app.MapGet("/api/auth/oidc/{provider}", Begin).ForEveryone()
            .Describe("Sign-in", "Sign in with an identity provider", "Sends the browser there, with PKCE, state and nonce.")
            .TakesQuery("return", "Path of this site to go to afterwards; default /.").Gives(302).Refuses(403, 404, 503);
        app.MapGet("/api/auth/oidc/{provider}/callback", End).ForEveryone()
            .Describe("Sign-in", "Come back from an identity provider", "Sets the cookies of a session and goes on. Lets in who was invited: bound by issuer and subject, at first by an address that the provider has verified.")
            .TakesQuery("code", "As the provider gives it.").TakesQuery("state", "As it was sent.").Gives(302).Refuses(403, 404, 503);
    }

    static async Task Providers(HttpContext http) => await Replies.Write(http, new Page<SignInProvider>(
        [.. http.RequestServices.GetRequiredService<OidcOptions>().Providers.Select(one => new SignInProvider(one.Key, one.Value.DisplayName))], null), ContractJson.Default.PageSignInProvider);

    static async Task Begin(HttpContext http)
    {
        var name = NameOf(http);
        if (Origins.Line(http) is { } plain)
            await Refuse(http, plain);
        else if (await Find(http, name) is not { } provider)
            await Refuse(http, NoProvider);
        else
        {
            var flow = OidcFlow.Begin(name, http.Request.Query["return"], Now(http));
            if (await Client(http).Question(provider, flow, RedirectUrl(http, name), http.RequestAborted) is not { } url)
            {
                await Refuse(http, Silent);
                return;
            }
            await flow.Send(http);
            http.Response.Redirect(url);
        }
    }

    static async Task End(HttpContext http)
    {
        var (name, query) = (NameOf(http), http.Request.Query);
        var flow = await OidcFlow.Take(http, Now(http));
        if (Origins.Line(http) is { } plain)
            await Refuse(http, plain);
        else if (flow is null || flow.Provider != name || query["state"] is not [{ } state] || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(flow.State)))
            await Refuse(http, NoFlow);
        else if (await Find(http, name) is not { } provider)
            await Refuse(http, NoProvider);
        // RFC 9207: an answer that says whose it is must say this provider, and that alone.
        else if (query["code"] is not [{ Length: > 0 and < 8000 } code] || query.TryGetValue("iss", out var issuer) && issuer != provider.Issuer)
            await Refuse(http, NoIdentity);
        else if (await Client(http).Answer(provider, flow, RedirectUrl(http, name), code, http.RequestAborted) is not { } identity)
            await Refuse(http, NoIdentity);
        else
            await Welcome(http, identity, flow.Return);
    }

    static async Task Welcome(HttpContext http, OidcIdentity identity, string returnTo)
    {
        var reply = await http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IIdentitiesGrain>(GrainKeys.Singleton)
            .SignIn(identity, new("user", "", ClientAddress.Of(http), ApiCaller.AgentOf(http)));
        if (reply.Refusal is { } refusal)
        {
            await Refuse(http, refusal);
            return;
        }
        SessionCookies.Set(http, reply.Value!);
        http.Response.Redirect(returnTo);
    }

    /// <summary>A browser goes back to our own page, which says it; a script gets the problem.</summary>
    static async Task Refuse(HttpContext http, Refusal refusal)
    {
        if (http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            http.Response.Redirect("/sign-in?error=" + refusal.Reason);
        else
            await Problems.Write(http, refusal);
    }

    static async Task<OidcProvider?> Find(HttpContext http, string name)
    {
        if (http.RequestServices.GetRequiredService<OidcOptions>().Providers.TryGetValue(name, out var installed))
            return installed.Provider;
        return name.StartsWith("t-", StringComparison.Ordinal) && Guid.TryParseExact(name[2..], "N", out var tenant)
            ? await http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IIdentitiesGrain>(GrainKeys.Singleton).ProviderOf(tenant) : null;
    }

    static string NameOf(HttpContext http) => (string)http.Request.RouteValues["provider"]!;

    static string RedirectUrl(HttpContext http, string name) => $"{BaseUrl.Of(http)}/api/auth/oidc/{name}/callback";

    static OidcClient Client(HttpContext http) => http.RequestServices.GetRequiredService<OidcClient>();

    static DateTimeOffset Now(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}
