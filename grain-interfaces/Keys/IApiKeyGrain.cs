using Interven.Contracts.Keys;

namespace Interven.GrainInterfaces.Keys;

/// <summary>Authority over one API key's changes and its counters. Key: <see cref="GrainKeys.Key"/>.</summary>
[Alias("api-key"), GrainInterfaceType("api-key")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    [Alias("patch")]
    Task<Reply<KeyRow>> Patch(Guid tenant, PatchKeyRequest change, Actor actor);

    /// <summary>Whether it is a key of this tenant that this caller minted.</summary>
    [Alias("is-of")]
    Task<bool> IsOf(Guid tenant, string minter);

    /// <summary>Returns when no silo takes the key any more.</summary>
    [Alias("revoke")]
    Task<Reply<KeyRow>> Revoke(Guid tenant, Actor actor);

    /// <summary>Mints a successor; this key lives on for the overlap.</summary>
    [Alias("rotate")]
    Task<Reply<MintedKey>> Rotate(Guid tenant, RotateKeyRequest request, Actor actor);

    /// <summary>Counts a call that was refused for its address; durable when it returns.</summary>
    [Alias("blocked")]
    Task CountBlocked(string clientAddress);
}

/// <summary>Authority over one ephemeral key's end. Its uses are taken in the transaction of the record that needs them. Key: <see cref="GrainKeys.EphemeralKey"/>.</summary>
[Alias("ephemeral-key"), GrainInterfaceType("ephemeral-key")]
public interface IEphemeralKeyGrain : IGrainWithStringKey
{
    /// <summary>Returns when no silo takes the key any more.</summary>
    [Alias("revoke")]
    Task<Reply<EphemeralKeySummary>> Revoke(Guid tenant, Actor actor);
}
