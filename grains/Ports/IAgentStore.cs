namespace Interven.Grains.Ports;

/// <summary>Agents as they were seen, and whether they are stopped.</summary>
public interface IAgentStore
{
    /// <summary>Adds what was seen since the last time; no audit, no change log.</summary>
    ValueTask Seen(IReadOnlyList<AgentSeen> seen, CancellationToken cancel = default);

    ValueTask<AgentRow?> Find(TenantId tenant, string agentId, CancellationToken cancel = default);

    /// <summary>By id, after an id.</summary>
    ValueTask<IReadOnlyList<AgentRow>> List(TenantId tenant, string afterId, int limit, CancellationToken cancel = default);

    /// <summary>Ids of all suspended agents: part of a tenant's snapshot.</summary>
    ValueTask<IReadOnlyList<string>> Suspended(TenantId tenant, CancellationToken cancel = default);

    /// <summary>Suspends or reactivates; an agent that was never seen may be suspended too.</summary>
    ValueTask<Changed<AgentRow>> SetSuspended(TenantId tenant, string agentId, bool suspended, string reason, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Who counts as its owner for the separation of duties.</summary>
    ValueTask<Changed<AgentRow>> SetOwner(TenantId tenant, string agentId, string? owner, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Counts of the agent's newest records, at most <paramref name="newest"/> of them, by key, tool and decision.</summary>
    ValueTask<IReadOnlyList<AgentHabit>> Habits(TenantId tenant, string agentId, int newest, CancellationToken cancel = default);

    /// <summary>Forgets the agent. Conflict while it is suspended: that would end the suspension.</summary>
    ValueTask<Changed<AgentRow>> Delete(TenantId tenant, string agentId, AuditRow audit, CancellationToken cancel = default);
}

/// <summary>What an agent's newest records have in common.</summary>
public sealed record AgentHabit(string KeyId, string Tool, Decision Decision, int Records);

public sealed record AgentSeen(TenantId Tenant, string AgentId, string Name, string Runtime, long Scans, DateTimeOffset LastSeenAt);

public sealed record AgentRow(
    TenantId Tenant, string AgentId, string Name, string Runtime, long Scans, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt,
    bool Suspended, string SuspendedReason, string? Owner, long Version);
