using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class RetentionStore(Database database) : IRetentionStore
{
    const string DeleteOldest = """
        DELETE FROM decision_records WHERE rid IN (SELECT rid FROM decision_records d WHERE tenant_id = @tenant AND time < @before
          AND NOT EXISTS (SELECT 1 FROM json_each(@holds) h
            WHERE (h.value ->> 'agent_id' IS NULL OR h.value ->> 'agent_id' = d.agent_id)
              AND (h.value ->> 'since_ms' IS NULL OR d.time >= h.value ->> 'since_ms') AND (h.value ->> 'until_ms' IS NULL OR d.time < h.value ->> 'until_ms'))
          ORDER BY seq LIMIT @limit)
        RETURNING trace_id
        """;

    public ValueTask<int> PruneDecisions(TenantId tenant, DateTimeOffset before, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default)
    {
        var json = JsonSerializer.Serialize(holds.Select(Hold.Of).ToArray(), HoldJson.Default.HoldArray);
        Statement With(Statement sql) => sql.With("tenant", tenant.Value).With("before", before).With("holds", json).With("limit", limit);
        return database.Change(
            session => session.Dialect is PostgresDialect
                ? With(session.Sql("SELECT prune_decisions(@tenant, @before, CAST(@holds AS json), @limit)")).One(row => row.Int(), cancel)
                : PruneOnSqlite(session, tenant, With, cancel), cancel);
    }

    static async ValueTask<int> PruneOnSqlite(Session session, TenantId tenant, Func<Statement, Statement> with, CancellationToken cancel)
    {
        // The guard's row opens the delete triggers for this tenant, and is gone before anyone else may write.
        await session.Sql("INSERT INTO prune_guard (tenant_id) VALUES (@tenant)").With("tenant", tenant.Value).Run(cancel).ConfigureAwait(false);
        var gone = await with(session.Sql(DeleteOldest)).All(row => row.Uuid(), cancel).ConfigureAwait(false);
        foreach (var trace in gone)
            await session.Sql("DELETE FROM response_records WHERE tenant_id = @tenant AND trace_id = @trace")
                .With("tenant", tenant.Value).With("trace", trace).Run(cancel).ConfigureAwait(false);
        await session.Sql("DELETE FROM prune_guard WHERE tenant_id = @tenant").With("tenant", tenant.Value).Run(cancel).ConfigureAwait(false);
        return gone.Count;
    }

    public ValueTask<int> PruneApprovals(TenantId tenant, DateTimeOffset before, int limit, CancellationToken cancel = default) => database.Change(session => session.Sql("""
        DELETE FROM approvals WHERE tenant_id = @tenant AND approval_id IN
          (SELECT approval_id FROM approvals WHERE tenant_id = @tenant AND state <> 0 AND decided_at < @before ORDER BY approval_id LIMIT @limit)
        """).With("tenant", tenant.Value).With("before", before).With("limit", limit).Run(cancel), cancel);
}

sealed record Hold(
    [property: JsonPropertyName("agent_id")] string? AgentId,
    [property: JsonPropertyName("since")] DateTimeOffset? Since, [property: JsonPropertyName("until")] DateTimeOffset? Until,
    [property: JsonPropertyName("since_ms")] long? SinceMs, [property: JsonPropertyName("until_ms")] long? UntilMs)
{
    public static Hold Of(DecisionHold hold) => new(
        hold.AgentId, hold.Since, hold.Until, hold.Since?.ToUnixTimeMilliseconds(), hold.Until?.ToUnixTimeMilliseconds());
}

[JsonSerializable(typeof(Hold[]))]
sealed partial class HoldJson : JsonSerializerContext;
