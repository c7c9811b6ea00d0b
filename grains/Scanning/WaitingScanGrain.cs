using Interven.GrainInterfaces.Scanning;
using Microsoft.Extensions.Hosting;
using Orleans.Placement;

namespace Interven.Grains.Scanning;

/// <summary>The hot path for callers who may wait: the same flow, in an activation that lives as long as its one request.</summary>
[GrainType("waiting-scan"), PreferLocalPlacement]
sealed class WaitingScanGrain(ScanFlow scans, PausedScans paused, IHostApplicationLifetime host) : Grain, IWaitingScanGrain
{
    /// <summary>A silo that stops releases its parked scans, as if their callers had: the answer says where the call stands.</summary>
    public Task<ScanReply> Scan(ScanCall call, CancellationToken hungUp = default) => Until(ends => scans.Answer(call, RequestForm.Scan, ends), hungUp);

    public Task<ScanReply?> Wait(ScanCall call, PausedScan scan, TimeSpan wait, bool isLast, CancellationToken hungUp = default) =>
        Until(ends => paused.Wait(call, scan, wait, isLast, ends), hungUp);

    async Task<T> Until<T>(Func<CancellationToken, Task<T>> wait, CancellationToken hungUp)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(hungUp, host.ApplicationStopping);
        try
        {
            return await wait(ends.Token);
        }
        finally
        {
            DeactivateOnIdle();
        }
    }
}
