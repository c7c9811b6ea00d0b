using Interven.GrainInterfaces.Cluster;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Interven.Grains.Cluster;

[GrainType("changes")]
sealed class ChangesGrain(ILogger<ChangesGrain> log) : Grain, IChangesGrain
{
    readonly ObserverManager<IChangesObserver> silos = new(TimeSpan.FromMinutes(2), log);

    public Task Subscribe(IChangesObserver silo)
    {
        silos.Subscribe(silo, silo);
        return Task.CompletedTask;
    }

    public Task Publish(long change) => silos.Notify(silo => silo.Changed(change));
}
