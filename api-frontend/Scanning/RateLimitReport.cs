using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Tenants;

namespace Interven.ApiFrontend.Scanning;

/// <summary>Tells each tenant every few seconds how many of its calls were refused for their rate. A sum, so that a flood costs one call.</summary>
sealed class RateLimitReport(RateLimits limits, IGrainFactory grains, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var (tenant, calls) in limits.TakeHits())
                try
                {
                    await grains.GetGrain<ITenantGrain>(GrainKeys.Tenant(tenant)).CountRateLimited(calls);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // A figure for people, not evidence: lost while no silo answers.
                }
    }
}
