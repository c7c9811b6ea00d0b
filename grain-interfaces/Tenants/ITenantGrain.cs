using Interven.Contracts.Keys;
using Interven.Contracts.Policies;

namespace Interven.GrainInterfaces.Tenants;

/// <summary>
/// Authority over a tenant's settings, policies and keys. Key: <see cref="GrainKeys.Tenant"/>. Each change is committed with its audit row and
/// returns when no live silo decides by the old state any more.
/// </summary>
[Alias("tenant"), GrainInterfaceType("tenant")]
public interface ITenantGrain : IGrainWithStringKey
{
    [Alias("settings")]
    Task<TenantSettings> Settings();

    [Alias("usage")]
    Task<Usage> Usage();

    [Alias("mint-key")]
    Task<Reply<MintedKey>> MintKey(MintKeyRequest request, Actor actor);

    /// <param name="mintedBy">Only what this caller minted; null: all.</param>
    [Alias("keys")]
    Task<IReadOnlyList<KeyRow>> Keys(string? mintedBy);

    /// <param name="parentToken">Bearer token of the key that mints; the child can never do what its parent cannot.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="actor">Who asks.</param>
    [Alias("mint-ephemeral")]
    Task<Reply<MintedEphemeralKey>> MintEphemeralKey(string parentToken, MintEphemeralKeyRequest request, Actor actor);

    /// <summary>Idempotent upsert on (name, env_name).</summary>
    [Alias("apply-policy")]
    Task<Reply<AppliedPolicy>> ApplyPolicy(byte[] document, Actor actor);

    /// <summary>Replaces the content of one policy, name included.</summary>
    [Alias("update-policy")]
    Task<Reply<AppliedPolicy>> UpdatePolicy(Guid policy, byte[] document, Actor actor);

    [Alias("delete-policy")]
    Task<Reply<Done>> DeletePolicy(Guid policy, Actor actor);

    [Alias("restore-policy")]
    Task<Reply<AppliedPolicy>> RestorePolicy(Guid policy, int version, Actor actor);

    [Alias("policy-by-name")]
    Task<Reply<AppliedPolicy>> PolicyByName(string name, string? envName);

    [Alias("policies")]
    Task<IReadOnlyList<PolicyRow>> Policies();

    [Alias("policy")]
    Task<Reply<PolicyDetail>> Policy(Guid policy);

    [Alias("policy-versions")]
    Task<Reply<IReadOnlyList<PolicyVersion>>> PolicyVersions(Guid policy);

    [Alias("policy-packs")]
    Task<IReadOnlyList<PolicyPack>> PolicyPacks();

    /// <summary>Applies a pack's policies one after another; what was applied before a refusal stays.</summary>
    [Alias("apply-pack")]
    Task<Reply<IReadOnlyList<AppliedPolicy>>> ApplyPack(string name, Actor actor);

    /// <summary>How often each policy has decided within the last 24 hours; those that have not are left out.</summary>
    [Alias("policy-hits")]
    Task<IReadOnlyList<PolicyHits>> PolicyHits();

    [Alias("validate-policy")]
    Task<PolicyValidation> ValidatePolicy(byte[] document);

    /// <summary>Decides one call without recording anything, and explains it rule by rule.</summary>
    /// <param name="request">JSON <c>{policy?, scan}</c>, as sent.</param>
    [Alias("simulate")]
    Task<Reply<Simulation>> Simulate(byte[] request);

    /// <summary>Adds calls that a front end refused for their rate.</summary>
    [Alias("rate-limited"), OneWay]
    Task CountRateLimited(int calls);

    [Alias("suspend-agent")]
    Task<Reply<Done>> SetSuspended(string agentId, bool suspended, Actor actor);
}
