using System.Collections.Concurrent;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Keys;

/// <summary>Who may come in: token → status → address. The same check at the door and again at the scan.</summary>
public sealed class KeyGate(KeyCache keys, Secrets secrets, SiloLease lease, KeyUseCounts counts, IDecisionLog decisions, IGrainFactory grains, TimeProvider clock)
{
    readonly ConcurrentDictionary<string, byte> counting = new(StringComparer.Ordinal);

    /// <summary>Whoever asks must hear within a second.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    static readonly Refusal Unknown = new(401, ReasonCodes.InvalidKey, "The API key is unknown, expired or revoked.");
    static readonly Refusal NoLease = new(503, ReasonCodes.AuditUnavailable, "This silo cannot be sure of the key's state. Try again.", RetryAfterSeconds: 1);

    static readonly Refusal StoreOut = new(503, ReasonCodes.AuditUnavailable, "The key is not in this silo's memory, and the store is out. Try again.", RetryAfterSeconds: 1);

    /// <summary>The key, even where the address is refused; null where the token is no good.</summary>
    public async ValueTask<(KeySnapshot? Key, Refusal? Refusal)> Enter(string token, string address)
    {
        if (!lease.IsValid)
            return (null, NoLease);
        if (!KeyFormat.TryParse(token, out var parsed) || parsed.Kind == KeyKind.Service)
            return (null, Unknown);
        var (found, isLoaded) = await Loaded(keys.Find(parsed));
        if (!isLoaded)
            return (null, StoreOut);
        if (found is not { } key || !await secrets.Matches(token, key.Hash) || !key.IsAlive(lease.Now))
            return (null, Unknown);
        if (key.Allows(address))
            return (key, null);
        await Count(key, address);
        return (key, new(403, ReasonCodes.IpNotAllowed, "The caller's address is not on the key's allowlist."));
    }

    /// <summary>Not loaded where the store is out, or seems to be.</summary>
    ValueTask<(KeySnapshot? Key, bool IsLoaded)> Loaded(ValueTask<KeySnapshot?> key) => key.IsCompletedSuccessfully ? new((key.Result, true)) : Loaded(key.AsTask());

    async ValueTask<(KeySnapshot? Key, bool IsLoaded)> Loaded(Task<KeySnapshot?> loading)
    {
        if (decisions.Health != LogHealth.Available)
            return (null, false);
        try
        {
            return (await loading.WaitAsync(Patience, clock), true);
        }
        catch (TimeoutException) when (!loading.IsCompleted)
        {
            decisions.Doubt();
            return (null, false);
        }
    }

    /// <summary>One call at a time is counted at once; what comes meanwhile is counted with the next sums, so that hammering a key does not hold up its revocation.</summary>
    async ValueTask Count(KeySnapshot key, string address)
    {
        if (!counting.TryAdd(key.CountedKeyId, 0))
        {
            counts.Blocked(key);
            return;
        }
        try
        {
            await grains.GetGrain<IApiKeyGrain>(GrainKeys.Key(key.CountedKeyId)).CountBlocked(address);
        }
        catch (Exception)
        {
            // The refusal stands whether it can be counted or not.
            counts.Blocked(key);
        }
        finally
        {
            counting.TryRemove(key.CountedKeyId, out _);
        }
    }
}
