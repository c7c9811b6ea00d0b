using Interven.Grains.Ports;
using Interven.Storage.Recording;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>
/// Filters are asked of the index alone, which holds all that they look at; only the records of the page are fetched. The order is that of
/// time: a record's number is taken when it is committed, which may be a little later than its neighbour's.
/// </summary>
sealed class DecisionReads(Database database) : IDecisionReads
{
    static readonly string Columns = string.Join(", ", RecordColumns.All.Split(',', StringSplitOptions.TrimEntries).Select(column => "d." + column));

    public ValueTask<StoredDecision?> Find(TenantId tenant, TraceId trace, CancellationToken cancel = default) => database.One(
        $"SELECT {RecordColumns.All} FROM decision_records WHERE tenant_id = @tenant AND trace_id = @trace",
        sql => sql.With("tenant", tenant.Value).With("trace", trace.Value), RecordColumns.Read, cancel);

    public async ValueTask<IReadOnlyList<StoredDecision>> List(TenantId tenant, DecisionFilter filter, CancellationToken cancel = default)
    {
        await using var session = await database.Read(cancel).ConfigureAwait(false);
        return await Page(session, tenant, filter, null, Stores.Page.Size(filter.Limit)).All(RecordColumns.Read, cancel).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredDecision>> Behind(TenantId tenant, RecordPlace place, int limit, DecisionFilter filter, CancellationToken cancel = default)
    {
        await using var session = await database.Export(cancel).ConfigureAwait(false);
        return await Page(session, tenant, filter, place, Math.Clamp(limit, 1, 5000)).All(RecordColumns.Read, cancel).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredDecision>> After(TenantId tenant, long after, int limit, CancellationToken cancel = default) => await database.All(
        $"SELECT {RecordColumns.All} FROM decision_records WHERE tenant_id = @tenant AND seq > @after ORDER BY seq LIMIT @limit",
        sql => sql.With("tenant", tenant.Value).With("after", after).With("limit", Math.Clamp(limit, 1, 5000)), RecordColumns.Read, cancel).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<StoredDecision>> Linked(TenantId tenant, TraceId trace, ApprovalId? approval, CancellationToken cancel = default) => await database.All($"""
        SELECT {RecordColumns.All} FROM decision_records WHERE tenant_id = @tenant AND trace_id <> @trace AND (parent_trace_id = @trace OR approval_id = @approval)
        ORDER BY seq LIMIT 50
        """, sql => sql.With("tenant", tenant.Value).With("trace", trace.Value).With("approval", approval?.Value), RecordColumns.Read, cancel).ConfigureAwait(false);

    public ValueTask<long> Head(TenantId tenant, CancellationToken cancel = default) => database.One(
        "SELECT seq FROM tenant_head WHERE tenant_id = @tenant", sql => sql.With("tenant", tenant.Value), row => row.Long(), cancel);

    public ValueTask<long> Count(TenantId tenant, DecisionFilter filter, CancellationToken cancel = default) => database.One(
        $"SELECT count(*) FROM decision_records WHERE {FilterSql.Conditions(database.Dialect, filter, null)}",
        sql => FilterSql.Values(database.Dialect, sql, tenant, filter, null), row => row.Long(), cancel);

    public ValueTask<(long? First, long? Last)> Numbers(TenantId tenant, DateTimeOffset since, DateTimeOffset until, CancellationToken cancel = default) => database.One(
        "SELECT min(seq), max(seq) FROM decision_records WHERE tenant_id = @tenant AND time >= @since AND time < @until",
        sql => sql.With("tenant", tenant.Value).With("since", since).With("until", until), row => (row.LongOrNull(), row.LongOrNull()), cancel);

    public async ValueTask<IReadOnlyDictionary<Decision, long>> CountOfAgent(
        TenantId tenant, string agentId, DateTimeOffset since, int most, CancellationToken cancel = default) => (await database.All("""
        SELECT decision, count(*) FROM
          (SELECT decision, time FROM decision_records WHERE tenant_id = @tenant AND agent_id = @agent ORDER BY time DESC, seq DESC LIMIT @most) AS newest
        WHERE time >= @since GROUP BY decision
        """, sql => sql.With("tenant", tenant.Value).With("agent", agentId).With("since", since).With("most", most),
        row => (Decision: (Decision)row.Small(), Records: row.Long()), cancel).ConfigureAwait(false)).ToDictionary(one => one.Decision, one => one.Records);

    static Statement Page(Session session, TenantId tenant, DecisionFilter filter, RecordPlace? behind, int limit)
    {
        var order = behind is null ? "DESC" : "ASC";
        // SQLite looks at the index's columns before it fetches a record anyway, and would sort what it joins.
        var text = session.Dialect is SqliteDialect ? $"""
            SELECT {RecordColumns.All} FROM decision_records WHERE {FilterSql.Conditions(session.Dialect, filter, behind)} ORDER BY time {order}, seq {order} LIMIT @limit
            """ : $"""
            SELECT {Columns} FROM decision_records d JOIN (
              SELECT tenant_id AS owner, time AS at, seq AS number FROM decision_records
              WHERE {FilterSql.Conditions(session.Dialect, filter, behind)} ORDER BY time {order}, seq {order} LIMIT @limit) page
            ON d.tenant_id = page.owner AND d.time = page.at AND d.seq = page.number ORDER BY d.time {order}, d.seq {order}
            """;
        return FilterSql.Values(session.Dialect, session.Sql(text), tenant, filter, behind).With("limit", limit);
    }
}
