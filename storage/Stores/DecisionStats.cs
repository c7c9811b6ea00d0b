using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>Counted over the index in the order of time, which holds every column that is grouped by.</summary>
sealed class DecisionStats(Database database) : IDecisionStats
{
    public async ValueTask<DecisionTotals> Totals(TenantId tenant, DateTimeOffset since, DateTimeOffset until, TimeSpan bucket, CancellationToken cancel = default)
    {
        await using var session = await database.Read(cancel).ConfigureAwait(false);
        ValueTask<List<T>> Group<T>(string columns, string group, int most, Func<Row, T> map) => session.Sql($"""
            SELECT {columns}, count(*) AS records FROM decision_records WHERE tenant_id = @tenant AND time >= @since AND time < @until
            GROUP BY {group} ORDER BY records DESC, {group} LIMIT {most}
            """).With("tenant", tenant.Value).With("since", since).With("until", until).With("bucket", bucket).All(map, cancel);
        // One pass for both: buckets, decisions and bands are few.
        var parts = await Group($"{database.Dialect.Bucket("time", "@bucket")}, decision, risk_band", "1, 2, 3", 40_000,
            row => (Bucket: row.Time(), Decision: (Decision)row.Small(), Band: (RiskBand)row.Small(), Records: row.Long())).ConfigureAwait(false);
        return new()
        {
            Buckets = [.. parts.GroupBy(part => (part.Bucket, part.Decision)).Select(group => new BucketCount(group.Key.Bucket, group.Key.Decision, group.Sum(part => part.Records)))],
            Bands = [.. parts.GroupBy(part => part.Band).Select(group => new BandCount(group.Key, group.Sum(part => part.Records)))],
            Operations = await Group("tool, operation", "1, 2", 200, row => new OperationCount(row.Text(), row.Text(), row.Long())).ConfigureAwait(false),
            Agents = await Group("agent_id", "1", 20, row => new WordCount(row.Text(), row.Long())).ConfigureAwait(false),
            ReasonSets = await Group("reasons", "1", 500, row => new WordCount(row.Text(), row.Long())).ConfigureAwait(false),
            PendingApprovals = await session.Sql("SELECT count(*) FROM approvals WHERE tenant_id = @tenant AND state = 0").With("tenant", tenant.Value)
                .One(row => row.Long(), cancel).ConfigureAwait(false),
        };
    }
}
