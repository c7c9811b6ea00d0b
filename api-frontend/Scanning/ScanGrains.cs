using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;

namespace Interven.ApiFrontend.Scanning;

/// <summary>
/// References to the scan grains of one key, kept as long as the admission that they go with: making one looks up attributes of the interface by
/// reflection. A client sends all messages for one grain to one silo; so a key has several, and the busier it is, the more of them are used.
/// </summary>
sealed class ScanGrains(IGrainFactory grains, string keyId)
{
    const int CallsForEach = 4;
    readonly IScanGrain?[] made = new IScanGrain?[GrainKeys.ScansOfOneKey];
    int inFlight;

    public async Task<ScanReply> Ask(Func<IScanGrain, ScanCall, Task<ScanReply>> ask, ScanCall call)
    {
        var number = Interlocked.Increment(ref inFlight) - 1;
        try
        {
            return await ask(Of(number / CallsForEach % made.Length), call);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    IScanGrain Of(int number) => made[number] ??= grains.GetGrain<IScanGrain>(GrainKeys.Scans(keyId, number));
}
