using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Cluster;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Interven.Grains.Leases;

/// <summary>Keeps the silo's lease: polls the change log, listens for hints, gives the lease back at the end.</summary>
public sealed partial class LeaseKeeper(
    SiloLease lease, IGrainFactory grains, IOptions<SiloLeaseOptions> options, TimeProvider clock, ILogger<LeaseKeeper> log) : BackgroundService, IChangesObserver
{
    readonly SemaphoreSlim hints = new(0, 1);

    public Task Changed(long change)
    {
        Wake();
        return Task.CompletedTask;
    }

    /// <summary>Reads the log now instead of at the next poll.</summary>
    public void Wake()
    {
        if (hints.CurrentCount == 0)
            try
            {
                hints.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else has just woken it.
            }
    }

    /// <summary>Ends the following without giving the lease back, as a silo does that is cut off from its database.</summary>
    public Task StopFollowing() => base.StopAsync(CancellationToken.None);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await lease.Release(cancellationToken);
        }
        catch (Exception e)
        {
            // It runs out by itself.
            Failed(log, e.GetType().Name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IChangesObserver? self = null;
        var subscribed = long.MinValue;
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                await lease.CatchUp(stoppingToken);
                if (subscribed == long.MinValue || clock.GetElapsedTime(subscribed) > TimeSpan.FromMinutes(1))
                {
                    // Hints are a help; the lease must not wait for a silo that may be gone.
                    self ??= grains.CreateObjectReference<IChangesObserver>(this);
                    grains.GetGrain<IChangesGrain>(GrainKeys.Singleton).Subscribe(self).Ignore();
                    subscribed = clock.GetTimestamp();
                }
                await hints.WaitAsync(options.Value.Poll, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
                await Task.Delay(options.Value.Poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    [LoggerMessage(2002, LogLevel.Warning, "Following the change log failed with {Exception}; scans are refused when the lease runs out")]
    static partial void Failed(ILogger logger, string exception);
}
