using Interven.GrainInterfaces.Scanning;

namespace Interven.Grains.Scanning;

sealed class LocalScans(ScanFlow scans, ResponseFlow responses) : ILocalScans
{
    public Task<ScanReply> Scan(ScanCall call) => scans.Answer(call, RequestForm.Scan);

    public Task<ScanReply> ScanPausing(ScanCall call) => scans.Pause(call);

    public Task<ScanReply> ScanHandover(ScanCall call) => scans.Answer(call, RequestForm.Handover);

    public Task<ScanReply> ScanResponse(ScanCall call) => responses.Answer(call);
}
