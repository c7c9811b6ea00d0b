using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Cluster;
using Interven.Grains.Ports;

namespace Interven.Grains.Leases;

/// <summary>Lets a change return only when no silo decides by the old state any more: every live cursor has passed it, or its lease is over.</summary>
public sealed class ChangeBarrier(SiloLease lease, ISiloLeases leases, IGrainFactory grains, TimeProvider clock)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    public async Task Pass(long? change)
    {
        if (change is not { } id)
            return;
        await lease.CatchUp(CancellationToken.None);
        for (var pause = FirstPause; (await leases.Behind(id)).Count > 0; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            if (pause == FirstPause)
                grains.GetGrain<IChangesGrain>(GrainKeys.Singleton).Publish(id).Ignore();
            await Task.Delay(pause, clock);
        }
    }
}
