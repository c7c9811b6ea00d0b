using Interven.Contracts;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;

namespace Interven.ApiFrontend.Scanning;

/// <summary>
/// The ways from this front end to the silos, for scans and for admissions. A client of Orleans sends all messages for one grain to one silo; so there are
/// several, spread over the silos; one whose silo falls silent, or says that it cannot decide, is passed over until it does.
/// </summary>
sealed class Lanes(IGrainFactory grains, TimeProvider clock) : BackgroundService
{
    const int Count = 16;

    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it is looked for silos that have come. Their gateways are known to the client by the look after.</summary>
    static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    readonly Lane<IScanGrain>?[] scans = new Lane<IScanGrain>?[Count];
    readonly Lane<IAdmissionGrain>?[] doors = new Lane<IAdmissionGrain>?[Count];
    readonly HashSet<SiloAddress> silos = [];
    int awaited;
    int renewals;
    int renewed;

    /// <param name="number">Where a key's lanes begin, and how far it has spread.</param>
    public Lane<IScanGrain> Scan(int number) => Of(scans, number, MakeScan);

    public Lane<IScanGrain> ScanOf(string token) => Scan(KeyFormat.TryParse(token, out var key) ? key.Id.GetHashCode(StringComparison.Ordinal) : 0);

    public Lane<IAdmissionGrain> Door(int number) => Of(doors, number, MakeDoor);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        var looking = Task.CompletedTask;
        for (var tick = 1; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            for (var number = 0; number < Count; number++)
            {
                _ = Volatile.Read(ref scans[number])?.Feel(static grain => grain.Pulse());
                _ = Volatile.Read(ref doors[number])?.Feel(static grain => grain.Pulse());
            }
            if (renewals > 0)
                Renew();
            if (tick % (Look / Every) == 0 && looking.IsCompleted)
                looking = LookForSilos();
        }
    }

    /// <summary>Where there is a new silo, all lanes are made anew, one after the other: grains that nobody has called yet are spread over all silos.</summary>
    async Task LookForSilos()
    {
        try
        {
            var living = (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true).WaitAsync(Look, clock)).Keys;
            renewals = awaited;
            awaited = silos.Count > 0 && living.Any(silo => !silos.Contains(silo)) ? Count : 0;
            silos.Clear();
            silos.UnionWith(living);
        }
        catch (Exception)
        {
            // Whom it was asked of is gone or silent: the next look asks another.
        }
    }

    static Lane<TGrain> Of<TGrain>(Lane<TGrain>?[] lanes, int number, Func<int, Lane<TGrain>> make)
    {
        Lane<TGrain>? first = null;
        for (var next = 0; next < Count; next++)
        {
            var at = (int)((uint)(number + next) % Count);
            var lane = Volatile.Read(ref lanes[at]);
            if (lane is null)
                Volatile.Write(ref lanes[at], lane = make(at));
            if (!lane.IsOut)
                return lane;
            first ??= lane;
        }
        return first!;
    }

    void Renew()
    {
        renewals--;
        var at = renewed++ % Count;
        if (scans[at] is not null)
            Volatile.Write(ref scans[at], MakeScan(at));
        if (doors[at] is not null)
            Volatile.Write(ref doors[at], MakeDoor(at));
    }

    int Generation => (renewed + Count - 1) / Count;

    Lane<IScanGrain> MakeScan(int number) => new(grains.GetGrain<IScanGrain>(GrainKeys.Lane(number, Generation)), clock);

    Lane<IAdmissionGrain> MakeDoor(int number) => new(grains.GetGrain<IAdmissionGrain>(GrainKeys.Lane(number, Generation)), clock);
}
