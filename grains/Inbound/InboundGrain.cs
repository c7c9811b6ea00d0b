using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Inbound;
using Interven.Grains.Caching;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;
using Microsoft.Extensions.Options;

namespace Interven.Grains.Inbound;

[GrainType("inbound"), StatelessWorker, Reentrant]
sealed class InboundGrain(RouteCache routes, SiloLease lease, IOptions<PublicAddress> address) : Grain, IInboundGrain
{
    static readonly Refusal NoLease = new(503, ReasonCodes.AuditUnavailable, "This silo cannot be sure of the route's state. Try again.", RetryAfterSeconds: 1);
    static readonly Refusal NotFound = new(404, ReasonCodes.NotFound, "There is no such endpoint.");

    public async Task<Reply<InboundTarget>> Find(string prefix)
    {
        if (!lease.IsValid)
            return NoLease;
        if (!RouteRules.IsPrefix(prefix) || await routes.Find(prefix) is not { } document)
            return NotFound;
        var row = StoredRoute.Row(document, address.Value.Url);
        return row.Enabled ? new InboundTarget(document.Document.Tenant.Value, row) : NotFound;
    }
}

/// <summary>The routes that this silo remembers under its lease, by prefix.</summary>
public sealed class RouteCache(IInboundRouteStore routes, TimeProvider clock) : IChangeListener
{
    readonly SnapshotCache<string, TenantDocument> known = new(async prefix => await routes.FindByPrefix(prefix), clock);

    public ValueTask<TenantDocument?> Find(string prefix) => known.Get(prefix);

    public void Changed(ChangeRow change)
    {
        // Routes change seldom, and the log names them by id.
        if (change.Kind == ChangeKind.Tenant || change.Kind == ChangeKind.Document && change.Ref.StartsWith(StoredRoute.Kind + "/", StringComparison.Ordinal))
            known.ForgetAll();
    }

    public void ForgetAll() => known.ForgetAll();

    public void ForgetUnused(TimeSpan idle) => known.ForgetUnused(idle);
}
