using Interven.Contracts.Vault;

namespace Interven.GrainInterfaces.Vault;

/// <summary>Authority over a tenant's credentials. Key: <see cref="GrainKeys.Tenant"/>. Nothing it answers carries a value.</summary>
[Alias("credentials"), GrainInterfaceType("credentials")]
public interface ICredentialsGrain : IGrainWithStringKey
{
    [Alias("list")]
    Task<IReadOnlyList<CredentialRow>> List();

    [Alias("find")]
    Task<Reply<CredentialRow>> Find(Guid credential);

    [Alias("create")]
    Task<Reply<CredentialRow>> Create(CreateCredentialRequest request, Actor actor);

    [Alias("patch")]
    Task<Reply<CredentialRow>> Patch(Guid credential, PatchCredentialRequest change, Actor actor);

    /// <summary>Returns when no silo injects the old values any more.</summary>
    [Alias("rotate")]
    Task<Reply<CredentialRow>> Rotate(Guid credential, RotateCredentialRequest request, Actor actor);

    /// <summary>Erases the values; the name stays for the record. Returns when no silo injects them any more.</summary>
    [Alias("revoke")]
    Task<Reply<CredentialRow>> Revoke(Guid credential, Actor actor);

    /// <summary>Refused while an inbound route uses it.</summary>
    [Alias("delete")]
    Task<Reply<Done>> Delete(Guid credential, Actor actor);
}

/// <summary>Turns a stored credential into what one request must carry, so that no secret is ever read outside the silos. Key: <see cref="GrainKeys.Tenant"/>; stateless worker.</summary>
[Alias("injection"), GrainInterfaceType("injection")]
public interface IInjectionGrain : IGrainWithStringKey
{
    [Alias("inject")]
    Task<Reply<InjectedHeaders>> Inject(Guid credential, OutgoingRequest request);

    /// <summary>The upstream refused what was injected: a cached access token is forgotten.</summary>
    [Alias("refused"), OneWay]
    Task Refused(Guid credential);
}

/// <summary>A request that is about to leave.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Url">Absolute, as it is sent.</param>
/// <param name="ContentType">Of the body; null without one.</param>
/// <param name="BodyHash">SHA-256 of the body, lower-case hex.</param>
[GenerateSerializer, Immutable, Alias("outgoing-request")]
public sealed record OutgoingRequest([property: Id(0)] string Method, [property: Id(1)] string Url, [property: Id(2)] string? ContentType, [property: Id(3)] string BodyHash);

/// <summary>Headers with secrets in them: to be sent, never logged.</summary>
[GenerateSerializer, Immutable, Alias("injected-headers")]
public sealed record InjectedHeaders([property: Id(0)] IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public override string ToString() => $"{Headers.Count} headers";
}
