namespace Interven.Grains.Ports;

/// <summary>The only way to delete evidence: small batches, inside the database's own prune function.</summary>
public interface IRetentionStore
{
    /// <summary>Deletes at most <paramref name="limit"/> records (and their responses) older than the cut-off; what a hold covers stays.</summary>
    ValueTask<int> PruneDecisions(TenantId tenant, DateTimeOffset before, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default);

    /// <summary>Deletes at most <paramref name="limit"/> approvals that are over and older than the cut-off.</summary>
    ValueTask<int> PruneApprovals(TenantId tenant, DateTimeOffset before, int limit, CancellationToken cancel = default);
}

/// <summary>Records that a legal hold keeps; null does not narrow.</summary>
public sealed record DecisionHold(string? AgentId, DateTimeOffset? Since, DateTimeOffset? Until);
