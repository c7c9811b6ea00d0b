using Interven.Grains.Ports;
using Interven.Storage.Recording;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class DecisionReads(Database database) : IDecisionReads
{
    public ValueTask<StoredDecision?> Find(TenantId tenant, TraceId trace, CancellationToken cancel = default) => database.One(
        $"SELECT {RecordColumns.All} FROM decision_records WHERE tenant_id = @tenant AND trace_id = @trace",
        sql => sql.With("tenant", tenant.Value).With("trace", trace.Value), RecordColumns.Read, cancel);

    public ValueTask<IReadOnlyList<StoredDecision>> List(TenantId tenant, DecisionFilter filter, CancellationToken cancel = default) =>
        Select(tenant, filter, after: null, "seq DESC", Page.Size(filter.Limit), cancel);

    public ValueTask<IReadOnlyList<StoredDecision>> After(TenantId tenant, long after, int limit, DecisionFilter? filter = null, CancellationToken cancel = default) =>
        Select(tenant, filter ?? new(), after, "seq", Math.Clamp(limit, 1, 5000), cancel);

    public ValueTask<long> Head(TenantId tenant, CancellationToken cancel = default) => database.One(
        "SELECT seq FROM tenant_head WHERE tenant_id = @tenant", sql => sql.With("tenant", tenant.Value), row => row.Long(), cancel);

    public async ValueTask<IReadOnlyList<DecisionCount>> Count(TenantId tenant, DateTimeOffset since, DateTimeOffset until, CancellationToken cancel = default) => await database.All("""
        SELECT decision, risk_band, tool, count(*) FROM decision_records WHERE tenant_id = @tenant AND time >= @since AND time < @until
        GROUP BY decision, risk_band, tool ORDER BY count(*) DESC
        """, sql => sql.With("tenant", tenant.Value).With("since", since).With("until", until),
        row => new DecisionCount((Decision)row.Small(), (RiskBand)row.Small(), row.Text(), row.Long()), cancel).ConfigureAwait(false);

    public async ValueTask<IReadOnlyDictionary<Decision, long>> CountOfAgent(
        TenantId tenant, string agentId, DateTimeOffset since, int most, CancellationToken cancel = default) => (await database.All("""
        SELECT decision, count(*) FROM
          (SELECT decision, time FROM decision_records WHERE tenant_id = @tenant AND agent_id = @agent ORDER BY seq DESC LIMIT @most) AS newest
        WHERE time >= @since GROUP BY decision
        """, sql => sql.With("tenant", tenant.Value).With("agent", agentId).With("since", since).With("most", most),
        row => (Decision: (Decision)row.Small(), Records: row.Long()), cancel).ConfigureAwait(false)).ToDictionary(one => one.Decision, one => one.Records);

    async ValueTask<IReadOnlyList<StoredDecision>> Select(TenantId tenant, DecisionFilter filter, long? after, string order, int limit, CancellationToken cancel)
    {
        var like = database.Dialect.Like;
        var where = new Where("tenant_id = @tenant").And(after, "seq > @after").And(filter.Before, "seq < @before")
            .And(filter.Since, "time >= @since").And(filter.Until, "time < @until").And(filter.AgentId, "agent_id = @agent")
            .And(filter.Tool, "tool = @tool").And(filter.Operation, "operation = @operation").And(filter.Decision, "decision = @decision")
            .And(filter.Decision >= Decision.RequireApproval, "decision >= 2").And(filter.Band, "risk_band = @band")
            .And(filter.AnyClass != 0, "(data_classes & @classes) <> 0").And(filter.KeyId, "key_id = @key").And(filter.Env, "env = @env")
            .And(filter.Approval, "approval_id = @approval")
            .And(filter.Text, $"(agent_id {like} @text ESCAPE '!' OR agent_name {like} @text ESCAPE '!' OR tool {like} @text ESCAPE '!' OR operation {like} @text ESCAPE '!' OR rule_id {like} @text ESCAPE '!')");
        return await database.All(
            $"SELECT {RecordColumns.All} FROM decision_records WHERE {where} ORDER BY {order} LIMIT @limit",
            sql => sql.With("tenant", tenant.Value).With("after", after).With("before", filter.Before).With("since", filter.Since).With("until", filter.Until)
                .With("agent", filter.AgentId).With("tool", filter.Tool).With("operation", filter.Operation).With("decision", (byte)(filter.Decision ?? 0))
                .With("band", (byte)(filter.Band ?? 0)).With("classes", (byte)filter.AnyClass).With("key", filter.KeyId).With("env", filter.Env)
                .With("approval", filter.Approval?.Value).With("text", filter.Text is null ? null : Contains(filter.Text)).With("limit", limit),
            RecordColumns.Read, cancel).ConfigureAwait(false);
    }

    static string Contains(string text) => "%" + text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal) + "%";
}
