using Interven.Contracts.People;

namespace Interven.GrainInterfaces.People;

/// <summary>Single sign-on of one tenant. Key: <see cref="GrainKeys.Tenant"/>.</summary>
[Alias("sso"), GrainInterfaceType("sso")]
public interface ISsoGrain : IGrainWithStringKey
{
    /// <param name="baseUrl">Of this installation, for the links.</param>
    [Alias("read")]
    Task<Reply<Sso>> Read(string baseUrl);

    [Alias("put")]
    Task<Reply<Sso>> Put(PutSsoRequest request, string baseUrl, Actor actor);

    [Alias("remove")]
    Task<Reply<Done>> Remove(Actor actor);
}

/// <summary>Whom a provider's answer names, and sealing of what a browser carries meanwhile. Key: <see cref="GrainKeys.Singleton"/>; runs on the silo that asks.</summary>
[Alias("identities"), GrainInterfaceType("identities")]
public interface IIdentitiesGrain : IGrainWithStringKey
{
    /// <summary>A tenant's own provider; null where there is none, or it is off. Asked before anybody has signed in, so it wakes no grain of the tenant's.</summary>
    [Alias("provider")]
    Task<OidcProvider?> ProviderOf(Guid tenant);

    /// <summary>Seals what must come back unread and unchanged.</summary>
    [Alias("seal")]
    Task<byte[]> Seal(byte[] flow);

    /// <summary>Null where it was not sealed here.</summary>
    [Alias("open")]
    Task<byte[]?> Open(byte[] sealedFlow);

    /// <summary>
    /// Opens a session for the person whom the identity is bound to. An identity that is bound to nobody is bound, at its first coming, to an invited person with the same
    /// address, if the provider has verified that. Nobody is made up, and no role comes from outside.
    /// </summary>
    [Alias("sign-in")]
    Task<Reply<SignedIn>> SignIn(OidcIdentity identity, Actor origin);
}

/// <summary>An OpenID Connect provider.</summary>
/// <param name="Tenant">Whose people it may name; null: of any tenant.</param>
/// <param name="Issuer">Exactly as its tokens say it.</param>
/// <param name="ClientId">Of Interven.</param>
/// <param name="ClientSecret">Null for a public client.</param>
/// <param name="Domains">Of addresses that are let in; empty: any.</param>
[GenerateSerializer, Immutable, Alias("oidc-provider")]
public sealed record OidcProvider(
    [property: Id(0)] Guid? Tenant, [property: Id(1)] string Issuer, [property: Id(2)] string ClientId, [property: Id(3)] string? ClientSecret,
    [property: Id(4)] IReadOnlyList<string> Domains);

/// <summary>What a validated ID token says.</summary>
[GenerateSerializer, Immutable, Alias("oidc-identity")]
public sealed record OidcIdentity(
    [property: Id(0)] OidcProvider Provider, [property: Id(1)] string Subject, [property: Id(2)] string? Email, [property: Id(3)] bool EmailVerified);
