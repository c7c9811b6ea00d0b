using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Scanning;

/// <summary>The hot path's second file. A stateless worker runs on the silo that asks it; no other placement may be named beside it. Reentrant, or each worker would hold one scan while its record is being committed.</summary>
[GrainType("scan"), StatelessWorker, Reentrant]
sealed class ScanGrain(ScanFlow scans, ResponseFlow responses, SiloLease lease, IDecisionLog decisions) : Grain, IScanGrain
{
    public Task<ScanReply> Scan(ScanCall call) => scans.Answer(call, RequestForm.Scan);

    public Task<ScanReply> ScanPausing(ScanCall call) => scans.Pause(call);

    public Task<ScanReply> ScanHandover(ScanCall call) => scans.Answer(call, RequestForm.Handover);

    public Task<ScanReply> ScanResponse(ScanCall call) => responses.Answer(call);

    public Task<bool> Pulse() => Task.FromResult(lease.IsValid && decisions.Health == LogHealth.Available);
}
