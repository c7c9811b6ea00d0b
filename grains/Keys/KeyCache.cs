using System.Text.Json;
using Interven.Contracts.Keys;
using Interven.Grains.Caching;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Keys;

/// <summary>The keys that this silo remembers, under its lease.</summary>
public sealed class KeyCache : IChangeListener
{
    readonly SnapshotCache<string, KeySnapshot> live;
    readonly SnapshotCache<string, KeySnapshot> ephemeral;

    public KeyCache(IKeyStore keys, IEphemeralKeyStore ephemeralKeys, TimeProvider clock)
    {
        live = new(async id => await keys.Find(new(id)) is { } row ? KeySnapshot.Of(row) : null, clock);
        ephemeral = new(async id => await ephemeralKeys.Find(new(id)) is { } row && await live.Get(row.Parent.Value) is { } parent
            ? KeySnapshot.Of(row, ScopeOf(row), parent)
            : null, clock);
    }

    /// <summary>The key that a well-formed token names; null where there is none. Says nothing of the token's secret.</summary>
    public ValueTask<KeySnapshot?> Find(in ParsedKey key) => key.Kind == KeyKind.Ephemeral ? ephemeral.Get(key.Id) : live.Get(key.Id);

    public void Changed(ChangeRow change)
    {
        if (change.Kind == ChangeKind.Key)
        {
            live.Forget(change.Ref);
            // Children carry their parent's limits.
            ephemeral.ForgetAll();
        }
        else if (change.Kind == ChangeKind.EphemeralKey)
            ephemeral.Forget(change.Ref);
    }

    public void ForgetAll()
    {
        live.ForgetAll();
        ephemeral.ForgetAll();
    }

    public void ForgetUnused(TimeSpan idle)
    {
        live.ForgetUnused(idle);
        ephemeral.ForgetUnused(idle);
    }

    static EphemeralScope ScopeOf(EphemeralKeyRow row) => JsonSerializer.Deserialize(row.ScopeJson, ContractJson.Default.EphemeralScope)!;
}
