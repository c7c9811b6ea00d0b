using Interven.Engine.Deciding;
using Interven.Grains.Caching;
using Interven.Grains.Detecting;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Tenants;

/// <summary>The tenants that this silo remembers, compiled, under its lease. What nobody asks for is dropped.</summary>
public sealed class TenantCache : IChangeListener
{
    readonly SnapshotCache<TenantId, TenantSnapshot> tenants;

    public TenantCache(TenantCompiler compiler, Alerts.ChannelList channels, ThreatFeeds feeds, TimeProvider clock)
    {
        tenants = new(
            async tenant => await compiler.Compile(tenant) is { } snapshot ? snapshot with { Alerts = await channels.Interest(tenant) } : null, clock);
        feeds.Changed += tenants.ForgetAll;
    }

    /// <summary>Null where there is no such tenant.</summary>
    /// <exception cref="InvalidOperationException">A stored policy does not compile: nothing may be decided without it.</exception>
    public ValueTask<TenantSnapshot?> Find(TenantId tenant) => tenants.Get(tenant);

    public void Changed(ChangeRow change)
    {
        if (change.Kind is ChangeKind.Tenant or ChangeKind.Policy or ChangeKind.Agent or ChangeKind.Document)
            tenants.Forget(change.Tenant);
    }

    public void ForgetAll() => tenants.ForgetAll();

    public void ForgetUnused(TimeSpan idle) => tenants.ForgetUnused(idle);
}
