using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Interven.GrainInterfaces.People;
using Interven.Silo.Egress;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Interven.ApiFrontend.Identity.Oidc;

/// <summary>Speaks with identity providers: code flow with PKCE, over the one guarded way out. Whatever they answer is taken for hostile until it is validated.</summary>
sealed partial class OidcClient(IHttpClientFactory clients, ILogger<OidcClient> log)
{
    const int MostProviders = 1000;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Signatures that only the provider can make; a shared secret is none.</summary>
    static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    readonly ConcurrentDictionary<string, ConfigurationManager<OpenIdConnectConfiguration>> known = new(StringComparer.Ordinal);

    /// <summary>Where to send the browser; null where the provider does not answer as one.</summary>
    public async Task<string?> Question(OidcProvider provider, OidcFlow flow, string redirectUrl, CancellationToken cancel)
    {
        if (await Discover(provider, refresh: false, cancel) is not { } found)
            return null;
        return QueryHelpers.AddQueryString(found.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = provider.ClientId, ["redirect_uri"] = redirectUrl, ["scope"] = "openid email profile", ["state"] = flow.State,
            ["nonce"] = flow.Nonce, ["code_challenge"] = flow.Challenge, ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>Whom the code stands for; null where it does not, or the provider does not answer.</summary>
    public async Task<OidcIdentity?> Answer(OidcProvider provider, OidcFlow flow, string redirectUrl, string code, CancellationToken cancel)
    {
        if (await Discover(provider, refresh: false, cancel) is not { } found || await Exchange(provider, found, flow, redirectUrl, code, cancel) is not { } token)
            return null;
        var result = await Validate(provider, found, token);
        // The provider may have changed its keys since they were read.
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await Discover(provider, refresh: true, cancel) is { } anew)
            result = await Validate(provider, anew, token);
        if (!result.IsValid || !result.Claims.TryGetValue("nonce", out var nonce) || nonce as string != flow.Nonce
            || !result.Claims.TryGetValue("sub", out var subject) || subject is not string { Length: > 0 and <= 255 } sub)
        {
            NotValid(log, result.Exception?.GetType().Name ?? "nonce or subject");
            return null;
        }
        return new(provider, sub, result.Claims.TryGetValue("email", out var email) ? email as string : null, IsTrue(result, "email_verified") || IsTrue(result, "xms_edov"));
    }

    async Task<string?> Exchange(OidcProvider provider, OpenIdConnectConfiguration found, OidcFlow flow, string redirectUrl, string code, CancellationToken cancel)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirectUrl, ["code_verifier"] = flow.Verifier, ["client_id"] = provider.ClientId,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, found.TokenEndpoint);
        if (provider.ClientSecret is { } secret && found.TokenEndpointAuthMethodsSupported.Contains("client_secret_post"))
            form["client_secret"] = secret;
        else if (provider.ClientSecret is not null)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(provider.ClientSecret)}")));
        request.Content = new FormUrlEncodedContent(form);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var http = clients.CreateClient(EgressGuard.Client);
            using var response = await http.SendAsync(request, cancel).WaitAsync(Patience, cancel);
            if (!response.IsSuccessStatusCode)
            {
                NotExchanged(log, (int)response.StatusCode);
                return null;
            }
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("id_token", out var token) && token.ValueKind == JsonValueKind.String
                ? token.GetString() : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TimeoutException or EgressRefusedException || e is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            NotReached(log, e.GetType().Name);
            return null;
        }
    }

    static Task<TokenValidationResult> Validate(OidcProvider provider, OpenIdConnectConfiguration found, string token) =>
        new JsonWebTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = 64 * 1024 }.ValidateTokenAsync(token, new()
        {
            ValidIssuer = provider.Issuer, ValidAudience = provider.ClientId, IssuerSigningKeys = found.SigningKeys, ValidAlgorithms = Algorithms,
            RequireSignedTokens = true, RequireExpirationTime = true, ValidateIssuerSigningKey = true, ClockSkew = TimeSpan.FromMinutes(1),
        });

    /// <summary>Null where what is found is not what was asked for.</summary>
    async Task<OpenIdConnectConfiguration?> Discover(OidcProvider provider, bool refresh, CancellationToken cancel)
    {
        if (known.Count >= MostProviders)
            known.Clear();
        var manager = known.GetOrAdd(provider.Issuer, issuer => new(issuer.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
            // The guarded client decides what may be called, also over which scheme.
            new HttpDocumentRetriever(clients.CreateClient(EgressGuard.Client)) { RequireHttps = false }));
        if (refresh)
            manager.RequestRefresh();
        try
        {
            var found = await manager.GetConfigurationAsync(cancel).WaitAsync(Patience, cancel);
            // One provider's document must not speak for another one.
            return found.Issuer == provider.Issuer && found.AuthorizationEndpoint is { Length: > 0 } && found.TokenEndpoint is { Length: > 0 } ? found : null;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            NotReached(log, e.GetType().Name);
            return null;
        }
    }

    /// <summary>As a boolean, or as the word that some providers write.</summary>
    static bool IsTrue(TokenValidationResult result, string claim) =>
        result.Claims.TryGetValue(claim, out var value) && (value is true || value is string text && text.Equals("true", StringComparison.OrdinalIgnoreCase) || claim == "xms_edov" && value is 1 or 1L or "1");

    [LoggerMessage(4402, LogLevel.Warning, "An identity provider does not answer: {Exception}")]
    static partial void NotReached(ILogger logger, string exception);

    [LoggerMessage(4403, LogLevel.Warning, "An identity provider refused a code with {Status}")]
    static partial void NotExchanged(ILogger logger, int status);

    [LoggerMessage(4404, LogLevel.Warning, "An identity provider's token is not valid: {Reason}")]
    static partial void NotValid(ILogger logger, string reason);
}
