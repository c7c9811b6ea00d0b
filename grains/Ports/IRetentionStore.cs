namespace Interven.Grains.Ports;

/// <summary>The only way to delete evidence: small batches, inside the database's own functions, and never what a hold covers.</summary>
public interface IRetentionStore
{
    /// <summary>Deletes at most <paramref name="limit"/> records (and their responses) older than the cut-off; what a hold covers stays.</summary>
    ValueTask<int> PruneDecisions(TenantId tenant, DateTimeOffset before, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default);

    /// <summary>Deletes at most <paramref name="limit"/> approvals that are over and older than the cut-off; what a hold covers stays.</summary>
    ValueTask<int> PruneApprovals(TenantId tenant, DateTimeOffset before, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default);

    /// <summary>The next traces to erase behind a number, among at most <paramref name="limit"/> records; held ones are told apart.</summary>
    ValueTask<ErasureFind> Find(TenantId tenant, ErasureTarget target, long after, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default);

    /// <summary>Erases records by their traces, with responses and decided approvals; what a hold covers stays. Returns how many records went.</summary>
    ValueTask<int> Erase(TenantId tenant, IReadOnlyList<TraceId> traces, IReadOnlyList<DecisionHold> holds, CancellationToken cancel = default);
}

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
