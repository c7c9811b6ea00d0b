using Interven.GrainInterfaces.Cluster;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Cluster;

[GrainType("readiness"), StatelessWorker]
sealed class ReadinessGrain(SiloLease lease, IDecisionLog decisions) : Grain, IReadinessGrain
{
    public Task<string?> Obstacle() => Task.FromResult<string?>(
        decisions.Health != LogHealth.Available ? "the store does not take records"
        : !lease.IsValid ? "the silo's lease is over"
        : null);
}
