using Interven.GrainInterfaces.Cluster;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Microsoft.Extensions.Options;

namespace Interven.Grains.Cluster;

[GrainType("readiness"), StatelessWorker]
sealed class ReadinessGrain(SiloLease lease, IDecisionLog decisions, IOptions<SiloLeaseOptions> options) : Grain, IReadinessGrain
{
    public Task<string?> Obstacle() => Task.FromResult<string?>(
        decisions.Health != LogHealth.Available ? "the store does not take records"
        : !lease.IsValid ? "the silo's lease is over"
        : lease.ClockSkew.Duration() > options.Value.MostSkew ? $"the silo's clock is {lease.ClockSkew.TotalSeconds:F0} s off the database's"
        : null);
}
