using Interven.GrainInterfaces.Scanning;
using Orleans.Placement;

namespace Interven.Grains.Scanning;

/// <summary>The hot path for callers who may wait: the same flow, in an activation that lives as long as its one request.</summary>
[GrainType("waiting-scan"), PreferLocalPlacement]
sealed class WaitingScanGrain(ScanFlow scans) : Grain, IWaitingScanGrain
{
    public async Task<ScanReply> Scan(ScanCall call, CancellationToken hungUp = default)
    {
        try
        {
            return await scans.Answer(call, RequestForm.Scan, hungUp);
        }
        finally
        {
            DeactivateOnIdle();
        }
    }
}
