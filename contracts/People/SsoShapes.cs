using System.ComponentModel.DataAnnotations;

namespace Interven.Contracts.People;

/// <summary>Single sign-on of a tenant, over OpenID Connect. Never carries the secret.</summary>
/// <param name="IsSetUp">False before it is set up: then there is neither issuer nor client id, and the two addresses are what it will have.</param>
/// <param name="Issuer">Exactly as the provider writes it.</param>
/// <param name="ClientId">Of Interven, at the provider.</param>
/// <param name="HasSecret">Whether a client secret is kept.</param>
/// <param name="Domains">Only people with an address of one of these domains are let in; empty: of any.</param>
/// <param name="Enabled">Off: nobody signs in so.</param>
/// <param name="SignInUrl">Where people of this tenant begin.</param>
/// <param name="RedirectUrl">To be allowed at the provider.</param>
public sealed record Sso(bool IsSetUp, string? Issuer, string? ClientId, bool HasSecret, IReadOnlyList<string> Domains, bool Enabled, string SignInUrl, string RedirectUrl);

/// <summary>Sets single sign-on up, or changes it.</summary>
/// <param name="Issuer">A URL without query; its <c>/.well-known/openid-configuration</c> must be reachable.</param>
/// <param name="ClientId">1 to 200 characters.</param>
/// <param name="ClientSecret">At most 500 characters; absent keeps the one that is kept.</param>
/// <param name="Domains">At most 50.</param>
/// <param name="Enabled">Default true.</param>
public sealed record PutSsoRequest(
    [property: Required] string? Issuer, [property: Required] string? ClientId, string? ClientSecret = null, IReadOnlyList<string>? Domains = null, bool Enabled = true);

/// <summary>A provider that anybody may begin with.</summary>
/// <param name="Name">As in <c>/api/auth/oidc/{name}</c>.</param>
/// <param name="DisplayName">For the button.</param>
public sealed record SignInProvider(string Name, string DisplayName);
