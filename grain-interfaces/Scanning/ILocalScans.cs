namespace Interven.GrainInterfaces.Scanning;

/// <summary>
/// The scans of a silo in this very process: as <see cref="IScanGrain"/>, without the message. A front end that hosts a silo asks it directly, because
/// a message to oneself costs two turns of the scheduler and decides nothing. Absent in a process without a silo.
/// </summary>
public interface ILocalScans
{
    Task<ScanReply> Scan(ScanCall call);

    Task<ScanReply> ScanPausing(ScanCall call);

    Task<ScanReply> ScanHandover(ScanCall call);

    Task<ScanReply> ScanResponse(ScanCall call);
}
