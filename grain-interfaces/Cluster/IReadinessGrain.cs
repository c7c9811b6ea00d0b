namespace Interven.GrainInterfaces.Cluster;

/// <summary>Says whether a silo can decide and record now. Key: <see cref="GrainKeys.Singleton"/>; stateless worker, so the nearest silo answers.</summary>
[Alias("readiness"), GrainInterfaceType("readiness")]
public interface IReadinessGrain : IGrainWithStringKey
{
    /// <summary>Null when ready, else what stands in the way, in words.</summary>
    [Alias("obstacle")]
    Task<string?> Obstacle();
}
