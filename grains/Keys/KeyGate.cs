using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Keys;
using Interven.Grains.Leases;

namespace Interven.Grains.Keys;

/// <summary>Who may come in: token → status → address. The same check at the door and again at the scan.</summary>
public sealed class KeyGate(KeyCache keys, Secrets secrets, SiloLease lease, IGrainFactory grains, TimeProvider clock)
{
    static readonly Refusal Unknown = new(401, ReasonCodes.InvalidKey, "The API key is unknown, expired or revoked.");
    static readonly Refusal NoLease = new(503, ReasonCodes.AuditUnavailable, "This silo cannot be sure of the key's state. Try again.", RetryAfterSeconds: 1);

    /// <summary>The key, even where the address is refused; null where the token is no good.</summary>
    public async ValueTask<(KeySnapshot? Key, Refusal? Refusal)> Enter(string token, string address)
    {
        if (!lease.IsValid)
            return (null, NoLease);
        if (!KeyFormat.TryParse(token, out var parsed) || parsed.Kind == KeyKind.Service)
            return (null, Unknown);
        if (await keys.Find(parsed) is not { } key || !await secrets.Matches(token, key.Hash) || !key.IsAlive(clock.GetUtcNow()))
            return (null, Unknown);
        if (key.Allows(address))
            return (key, null);
        await grains.GetGrain<IApiKeyGrain>(GrainKeys.Key(key.CountedKeyId)).CountBlocked(address);
        return (key, new(403, ReasonCodes.IpNotAllowed, "The caller's address is not on the key's allowlist."));
    }
}
