namespace Interven.Grains.Ports;

/// <summary>Counts of records for the dashboard.</summary>
public interface IDecisionStats
{
    /// <param name="tenant">Owner.</param>
    /// <param name="since">First moment counted.</param>
    /// <param name="until">First moment not counted.</param>
    /// <param name="bucket">Width of a bucket of time; buckets begin at its multiples since 1970.</param>
    /// <param name="cancel">Ends the reading.</param>
    ValueTask<DecisionTotals> Totals(TenantId tenant, DateTimeOffset since, DateTimeOffset until, TimeSpan bucket, CancellationToken cancel = default);
}

/// <summary>Lists are the most frequent first.</summary>
public sealed record DecisionTotals
{
    public required IReadOnlyList<BucketCount> Buckets { get; init; }
    public required IReadOnlyList<BandCount> Bands { get; init; }
    public required IReadOnlyList<OperationCount> Operations { get; init; }
    public required IReadOnlyList<WordCount> Agents { get; init; }

    /// <summary>Sets of reason codes, joined by commas, as records carry them.</summary>
    public required IReadOnlyList<WordCount> ReasonSets { get; init; }

    public required long PendingApprovals { get; init; }
}

public readonly record struct BucketCount(DateTimeOffset Start, Decision Decision, long Records);

public readonly record struct BandCount(RiskBand Band, long Records);

public readonly record struct OperationCount(string Tool, string Operation, long Records);

public readonly record struct WordCount(string Word, long Records);
