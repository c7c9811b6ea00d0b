using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Interven.Grains.Leases;

/// <summary>What operators watch of a silo's right to decide.</summary>
sealed class LeaseGauges : IHostedService
{
    public LeaseGauges(SiloLease lease, IMeterFactory meters)
    {
        var meter = meters.Create("Interven");
        meter.CreateObservableGauge("interven.lease.valid", () => lease.IsValid ? 1 : 0, description: "1 while this silo may decide.");
        meter.CreateObservableGauge("interven.lease.age", () => lease.Age.TotalSeconds, "s", "Since the lease was renewed last; it is over at 10 s less a margin.");
        meter.CreateObservableGauge("interven.lease.terms", () => lease.Term, description: "How often the lease was taken anew since the start: once is usual.");
        meter.CreateObservableGauge("interven.clock.skew", () => lease.ClockSkew.TotalSeconds, "s", "The database's clock less this silo's, measured at the last renewal.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
