using Interven.GrainInterfaces.Scanning;

namespace Interven.ApiFrontend.Scanning;

/// <summary>One key's calls under way, kept as long as the admission that they go with. A quiet key stays on one lane, whose silo remembers its tenant; the busier it is, the more lanes it takes.</summary>
sealed class KeyLoad(Lanes lanes, string keyId)
{
    const int CallsForEach = 4;
    readonly int first = keyId.GetHashCode(StringComparison.Ordinal);
    int inFlight;

    public async Task<ScanReply> Ask(Func<IScanGrain, Task<ScanReply>> ask)
    {
        var number = Interlocked.Increment(ref inFlight) - 1;
        try
        {
            return await lanes.Scan(first + number / CallsForEach).Ask(ask);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }
}
