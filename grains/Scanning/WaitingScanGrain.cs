using Interven.GrainInterfaces.Scanning;
using Microsoft.Extensions.Hosting;
using Orleans.Placement;

namespace Interven.Grains.Scanning;

/// <summary>The hot path for callers who may wait: the same flow, in an activation that lives as long as its one request.</summary>
[GrainType("waiting-scan"), PreferLocalPlacement]
sealed class WaitingScanGrain(ScanFlow scans, IHostApplicationLifetime host) : Grain, IWaitingScanGrain
{
    /// <summary>A silo that stops releases its parked scans, as if their callers had: the answer says where the call stands.</summary>
    public async Task<ScanReply> Scan(ScanCall call, CancellationToken hungUp = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(hungUp, host.ApplicationStopping);
        try
        {
            return await scans.Answer(call, RequestForm.Scan, ends.Token);
        }
        finally
        {
            DeactivateOnIdle();
        }
    }
}
