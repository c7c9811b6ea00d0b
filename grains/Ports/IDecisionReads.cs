namespace Interven.Grains.Ports;

/// <summary>Reading records back, on connections of their own so that scans do not feel it.</summary>
public interface IDecisionReads
{
    ValueTask<StoredDecision?> Find(TenantId tenant, TraceId trace, CancellationToken cancel = default);

    /// <summary>Newest first.</summary>
    ValueTask<IReadOnlyList<StoredDecision>> List(TenantId tenant, DecisionFilter filter, CancellationToken cancel = default);

    /// <summary>Oldest first: at most <paramref name="limit"/> records with a number above <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<StoredDecision>> After(TenantId tenant, long after, int limit, DecisionFilter? filter = null, CancellationToken cancel = default);

    /// <summary>Number of the tenant's newest record; 0 before the first.</summary>
    ValueTask<long> Head(TenantId tenant, CancellationToken cancel = default);

    /// <summary>Counts by decision, band and tool since a time.</summary>
    ValueTask<IReadOnlyList<DecisionCount>> Count(TenantId tenant, DateTimeOffset since, DateTimeOffset until, CancellationToken cancel = default);

    /// <summary>One agent's records by decision since a time, over its newest <paramref name="most"/>.</summary>
    ValueTask<IReadOnlyDictionary<Decision, long>> CountOfAgent(TenantId tenant, string agentId, DateTimeOffset since, int most, CancellationToken cancel = default);
}

/// <summary>Filters of the console; null does not filter. Cursor: records below <see cref="Before"/>.</summary>
public sealed record DecisionFilter
{
    public long? Before { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }
    public string? AgentId { get; init; }
    public string? Tool { get; init; }
    public string? Operation { get; init; }
    public Decision? Decision { get; init; }
    public RiskBand? Band { get; init; }

    /// <summary>Any of these classes.</summary>
    public DataClasses AnyClass { get; init; }

    public string? KeyId { get; init; }
    public string? Env { get; init; }
    public ApprovalId? Approval { get; init; }

    /// <summary>Part of the agent's id or name, the tool, the operation or the rule id; any case.</summary>
    public string? Text { get; init; }

    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 50;
}

public sealed record DecisionCount(Decision Decision, RiskBand Band, string Tool, long Records);
