using Interven.Contracts.Evidence;

namespace Interven.GrainInterfaces.Evidence;

/// <summary>How long a tenant's evidence is kept: pruning, legal holds, erasure. Key: <see cref="GrainKeys.Tenant"/>.</summary>
[Alias("retention"), GrainInterfaceType("retention")]
public interface IRetentionGrain : IGrainWithStringKey
{
    [Alias("status")]
    Task<Reply<RetentionStatus>> Status();

    /// <summary>Deletes what is over its time, in small batches. Who asks while a run is under way gets that run's result.</summary>
    [Alias("prune"), ResponseTimeout("00:10:00")]
    Task<Reply<PruneResult>> Prune(Actor actor);

    [Alias("holds")]
    Task<IReadOnlyList<LegalHold>> Holds();

    [Alias("hold")]
    Task<Reply<LegalHold>> Hold(CreateHoldRequest request, Actor actor);

    [Alias("release")]
    Task<Reply<Done>> Release(Guid hold, Actor actor);

    /// <summary>The first step counts, the second erases.</summary>
    [Alias("erase"), ResponseTimeout("00:30:00")]
    Task<Reply<Erasure>> Erase(ErasureRequest request, Actor actor);
}

/// <summary>One shard of the tenants, pruned once a day by a reminder. Key: <see cref="GrainKeys.RetentionShard"/>.</summary>
[Alias("retention-shard"), GrainInterfaceType("retention-shard")]
public interface IRetentionShardGrain : IGrainWithStringKey
{
    /// <summary>Sets the reminder, and soon makes up for runs that were missed.</summary>
    [Alias("arm")]
    Task Arm();
}
