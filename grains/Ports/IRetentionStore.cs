using Interven.Contracts.Evidence;

namespace Interven.Grains.Ports;

/// <summary>
/// The only way to delete evidence: small batches, inside the database's own functions, and never what a hold covers. Each batch and its place in the
/// run's count are one transaction, and so are the first one and the audit row that opens the run: a crash can neither hide a deletion nor its size.
/// </summary>
public interface IRetentionStore
{
    /// <summary>Deletes the oldest records (and their responses), at most <paramref name="limit"/>, from a time on and older than the cut-off; what a hold covers stays.</summary>
    /// <param name="run">Which the batch is of.</param>
    /// <param name="since">The last time of the run's batch before; null: the first.</param>
    /// <param name="before">The cut-off.</param>
    /// <param name="holds">In force.</param>
    /// <param name="limit">Records.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask<PrunedBatch> PruneDecisions(DeletionRun run, DateTimeOffset? since, DateTimeOffset before, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default);

    /// <summary>Deletes at most <paramref name="limit"/> approvals that are over and older than the cut-off; what a hold covers stays.</summary>
    ValueTask<int> PruneApprovals(DeletionRun run, DateTimeOffset before, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default);

    /// <summary>The next traces to erase behind a number, among at most <paramref name="limit"/> records; held ones are told apart.</summary>
    ValueTask<ErasureFind> Find(TenantId tenant, ErasureTarget target, long after, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default);

    /// <summary>Erases records by their traces, with responses and decided approvals; what a hold covers stays. Returns how many records went.</summary>
    ValueTask<int> Erase(DeletionRun run, IReadOnlyList<TraceId> traces, IReadOnlyList<DecisionHold> holds, CancellationToken cancel = default);

    /// <summary>Ends a retention run: notes when, and writes its closing row, made from all that its batches have counted.</summary>
    ValueTask<PruneCounts> EndPruning(DeletionRun run, DateTimeOffset at, Func<PruneCounts, AuditRow> closing, CancellationToken cancel = default);

    /// <summary>Ends an erasure with its request's document. Null: somebody else has ended it.</summary>
    ValueTask<PruneCounts?> EndErasure(DeletionRun run, string kind, string id, Func<PruneCounts, AuditRow> closing, CancellationToken cancel = default);

    /// <summary>Closes the tenant's runs that were opened before a time and never ended, because whatever ran them died; each gets its closing row.</summary>
    ValueTask<int> EndBroken(TenantId tenant, DateTimeOffset openedBefore, Func<BrokenRun, AuditRow> closing, CancellationToken cancel = default);
}

/// <summary>A run of deletes in batches.</summary>
/// <param name="Id">Of the run; an erasure that is confirmed again after a crash goes on under its own.</param>
/// <param name="Opening">Written with the first batch that deletes anything.</param>
public sealed record DeletionRun(Guid Id, AuditRow Opening)
{
    public TenantId Tenant => Opening.Tenant;
}

/// <param name="Records">How many went.</param>
/// <param name="Last">The time of the newest; where none went, where the batch began.</param>
public readonly record struct PrunedBatch(int Records, DateTimeOffset? Last);

/// <param name="Id">Of the run.</param>
/// <param name="OpenedAs">The action of its opening row.</param>
/// <param name="Deleted">What its batches took.</param>
public sealed record BrokenRun(Guid Id, string OpenedAs, PruneCounts Deleted);

/// <summary>Records that a legal hold keeps; null does not narrow.</summary>
public sealed record DecisionHold(string? AgentId, DateTimeOffset? Since, DateTimeOffset? Until);

/// <summary>Whose records are to go: one of both.</summary>
/// <param name="AgentId">An agent's.</param>
/// <param name="Fingerprint">Those in which a value was found, by its keyed fingerprint in hex.</param>
public sealed record ErasureTarget(string? AgentId, string? Fingerprint);

/// <param name="Traces">To erase.</param>
/// <param name="Held">How many more match, but are held.</param>
/// <param name="Next">Go on behind this number; null at the end.</param>
public sealed record ErasureFind(IReadOnlyList<TraceId> Traces, int Held, long? Next);
