using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Cluster;

namespace Interven.ApiFrontend.Scanning;

/// <summary>Knows how many processes share the load, by a beat every ten seconds.</summary>
sealed class FrontEndCount(IGrainFactory grains, TimeProvider clock) : BackgroundService
{
    readonly string self = Guid.CreateVersion7().ToString("N");

    /// <summary>Live front ends, this one included; 1 until the first beat is answered.</summary>
    public int Live { get; private set; } = 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), clock);
        do
        {
            try
            {
                Live = Math.Max(1, await grains.GetGrain<IFrontEndsGrain>(GrainKeys.Singleton).Beat(self));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // No silo answers: the last share stands, and scans are refused for better reasons.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
