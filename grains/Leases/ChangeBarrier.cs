using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Cluster;
using Interven.Grains.Ports;

namespace Interven.Grains.Leases;

/// <summary>Lets a change return only when no silo decides by the old state any more: every live cursor has passed it, or its lease is over.</summary>
/// <remarks>Where a change was made before (a repeat after a fault), everything up to now is waited for.</remarks>
public sealed class ChangeBarrier(SiloLease lease, ISiloLeases leases, IChangeLog changes, IGrainFactory grains, TimeProvider clock)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    public async Task Pass(long? change)
    {
        var id = change ?? await changes.Head();
        await lease.CatchUp(CancellationToken.None);
        for (var pause = FirstPause; (await leases.Behind(id)).Count > 0; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            if (pause == FirstPause)
                grains.GetGrain<IChangesGrain>(GrainKeys.Singleton).Publish(id).Ignore();
            await Task.Delay(pause, clock);
        }
    }
}
