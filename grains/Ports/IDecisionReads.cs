namespace Interven.Grains.Ports;

/// <summary>Reading records back, on connections of their own so that scans do not feel it.</summary>
public interface IDecisionReads
{
    ValueTask<StoredDecision?> Find(TenantId tenant, TraceId trace, CancellationToken cancel = default);

    /// <summary>Newest first, by time.</summary>
    ValueTask<IReadOnlyList<StoredDecision>> List(TenantId tenant, DecisionFilter filter, CancellationToken cancel = default);

    /// <summary>Oldest first, by time: at most <paramref name="limit"/> records behind a place, on the connections of exports.</summary>
    ValueTask<IReadOnlyList<StoredDecision>> Behind(TenantId tenant, RecordPlace place, int limit, DecisionFilter filter, CancellationToken cancel = default);

    /// <summary>In the order of their numbers: at most <paramref name="limit"/> records with a number above <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<StoredDecision>> After(TenantId tenant, long after, int limit, CancellationToken cancel = default);

    /// <summary>What belongs to a record: those that continue it, and those of the same approval; itself excepted, at most 50.</summary>
    ValueTask<IReadOnlyList<StoredDecision>> Linked(TenantId tenant, TraceId trace, ApprovalId? approval, CancellationToken cancel = default);

    /// <summary>Number of the tenant's newest record; 0 before the first.</summary>
    ValueTask<long> Head(TenantId tenant, CancellationToken cancel = default);

    /// <summary>One agent's records by decision since a time, over its newest <paramref name="most"/>.</summary>
    ValueTask<IReadOnlyDictionary<Decision, long>> CountOfAgent(TenantId tenant, string agentId, DateTimeOffset since, int most, CancellationToken cancel = default);

    /// <summary>How many records a filter takes.</summary>
    ValueTask<long> Count(TenantId tenant, DecisionFilter filter, CancellationToken cancel = default);

    /// <summary>The lowest and the highest number in a stretch of time.</summary>
    ValueTask<(long? First, long? Last)> Numbers(TenantId tenant, DateTimeOffset since, DateTimeOffset until, CancellationToken cancel = default);
}

/// <summary>A place in the order of time; equal times are told apart by their numbers.</summary>
public readonly record struct RecordPlace(DateTimeOffset Time, long Seq)
{
    public static RecordPlace Of(StoredDecision record) => new(record.Row.Time, record.Seq);
}

/// <summary>Filters of the console; what is null or empty does not filter.</summary>
public sealed record DecisionFilter
{
    /// <summary>Only what lies before this place.</summary>
    public RecordPlace? Before { get; init; }

    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }
    public string? AgentId { get; init; }
    public string? Tool { get; init; }
    public string? Operation { get; init; }

    /// <summary>Any of these.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>Any of these.</summary>
    public IReadOnlyList<RiskBand> Bands { get; init; } = [];

    /// <summary>Any of these classes.</summary>
    public DataClasses AnyClass { get; init; }

    public string? KeyId { get; init; }
    public string? Env { get; init; }
    public ApprovalId? Approval { get; init; }

    /// <summary>The policy whose rule decided.</summary>
    public PolicyId? Policy { get; init; }

    /// <summary>Part of the agent's id or name, the tool, the operation, the rule id or a reason code; any case. A trace id finds its record.</summary>
    public string? Text { get; init; }

    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 50;
}
