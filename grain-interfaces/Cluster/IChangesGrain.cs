namespace Interven.GrainInterfaces.Cluster;

/// <summary>Spreads the hint that something changed. Best effort: silos also poll the change log. Key: <see cref="GrainKeys.Singleton"/>.</summary>
[Alias("changes"), GrainInterfaceType("changes")]
public interface IChangesGrain : IGrainWithStringKey
{
    /// <summary>To be renewed every minute; a silo that is gone is forgotten after two.</summary>
    [Alias("subscribe")]
    Task Subscribe(IChangesObserver silo);

    [Alias("publish")]
    Task Publish(long change);
}

/// <summary>A silo's ear for changes.</summary>
[Alias("changes-observer")]
public interface IChangesObserver : IGrainObserver
{
    [Alias("changed"), OneWay]
    Task Changed(long change);
}

/// <summary>Counts the processes that take scans, so that each enforces its share of a rate. Key: <see cref="GrainKeys.Singleton"/>.</summary>
[Alias("front-ends"), GrainInterfaceType("front-ends")]
public interface IFrontEndsGrain : IGrainWithStringKey
{
    /// <summary>To be called every ten seconds; returns how many were heard of within thirty.</summary>
    [Alias("beat")]
    Task<int> Beat(string frontEnd);
}
