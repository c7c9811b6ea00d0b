using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Contracts.Evidence;
using Interven.Grains.Ports;
using Interven.Storage.Recording;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class RetentionStore(Database database) : IRetentionStore
{
    public ValueTask<PrunedBatch> PruneDecisions(DeletionRun run, DateTimeOffset? since, DateTimeOffset before, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default)
    {
        var json = Json(holds);
        Statement With(Statement sql) => sql.With("tenant", run.Tenant.Value).With("since", since).With("before", before).With("holds", json).With("limit", limit);
        return database.Change(async session =>
        {
            var gone = session.Dialect is PostgresDialect
                ? await With(session.Sql("SELECT records, last FROM prune_decisions(@tenant, @since, @before, CAST(@holds AS json), @limit)"))
                    .One(row => new PrunedBatch(row.Int(), row.TimeOrNull()), cancel).ConfigureAwait(false)
                : await PruneGuarded(session, run.Tenant, since, With, cancel).ConfigureAwait(false);
            await DeletionRuns.Count(session, run, new(gone.Records, 0, 0), cancel).ConfigureAwait(false);
            return gone;
        }, cancel);
    }

    public ValueTask<int> PruneApprovals(DeletionRun run, DateTimeOffset before, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default) =>
        database.Change(async session =>
        {
            var gone = await session.Sql($"""
                DELETE FROM approvals WHERE tenant_id = @tenant AND approval_id IN
                  (SELECT approval_id FROM approvals a WHERE tenant_id = @tenant AND state <> 0 AND decided_at < @before
                    AND NOT {session.Dialect.IsHeld("a.agent_id", "a.opened_at")} ORDER BY decided_at LIMIT @limit)
                """).With("tenant", run.Tenant.Value).With("before", before).With("holds", Json(holds)).With("limit", limit).Run(cancel).ConfigureAwait(false);
            await DeletionRuns.Count(session, run, new(0, gone, 0), cancel).ConfigureAwait(false);
            return gone;
        }, cancel);

    public async ValueTask<ErasureFind> Find(
        TenantId tenant, ErasureTarget target, long after, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default)
    {
        await using var session = await database.Export(cancel).ConfigureAwait(false);
        var last = await session.Sql("""
            SELECT max(seq) FROM (SELECT seq FROM decision_records WHERE tenant_id = @tenant AND seq > @after ORDER BY seq LIMIT @limit) AS part
            """).With("tenant", tenant.Value).With("after", after).With("limit", limit).One(row => row.LongOrNull(), cancel).ConfigureAwait(false);
        if (last is null)
            return new([], 0, null);
        var contains = session.Dialect.Holds("canonical", "@print");
        var match = target.AgentId is not null ? "agent_id = @agent"
            : $"({contains} OR EXISTS (SELECT 1 FROM response_records r WHERE r.tenant_id = d.tenant_id AND r.trace_id = d.trace_id AND {session.Dialect.Holds("r.canonical", "@print")}))";
        var found = await session.Sql($"""
            SELECT trace_id, {session.Dialect.IsHeld("d.agent_id", "d.time")} FROM decision_records d
            WHERE tenant_id = @tenant AND seq > @after AND seq <= @last AND {match} ORDER BY seq
            """).With("tenant", tenant.Value).With("after", after).With("last", last).With("holds", Json(holds))
            .With("agent", target.AgentId is { } agent ? PlainText.Column(agent, RecordColumns.MostAgentId) : null)
            .With("print", target.Fingerprint is { } print ? Encoding.ASCII.GetBytes(print) : null)
            .All(row => (Trace: new TraceId(row.Uuid()), IsHeld: row.Flag()), cancel).ConfigureAwait(false);
        return new([.. found.Where(one => !one.IsHeld).Select(one => one.Trace)], found.Count(one => one.IsHeld), last);
    }

    public ValueTask<int> Erase(DeletionRun run, IReadOnlyList<TraceId> traces, IReadOnlyList<DecisionHold> holds, CancellationToken cancel = default)
    {
        Statement With(Statement sql) => sql.With("tenant", run.Tenant.Value).With("traces", [.. traces.Select(trace => trace.Value)]).With("holds", Json(holds));
        return database.Change(async session =>
        {
            var gone = session.Dialect is PostgresDialect
                ? await With(session.Sql("SELECT erase_decisions(@tenant, @traces, CAST(@holds AS json))")).One(row => row.Int(), cancel).ConfigureAwait(false)
                : await Guarded(session, run.Tenant, () => With(session.Sql($"""
                    DELETE FROM decision_records AS d WHERE tenant_id = @tenant AND {session.Dialect.AnyOf("trace_id", "@traces")}
                      AND NOT {session.Dialect.IsHeld("d.agent_id", "d.time")} RETURNING trace_id
                    """)).All(row => row.Uuid(), cancel), withApprovals: true, cancel).ConfigureAwait(false);
            await DeletionRuns.Count(session, run, new(gone, 0, 0), cancel).ConfigureAwait(false);
            return gone;
        }, cancel);
    }

    public ValueTask<PruneCounts> EndPruning(DeletionRun run, DateTimeOffset at, Func<PruneCounts, AuditRow> closing, CancellationToken cancel = default) => database.Change(async session =>
    {
        var gone = await DeletionRuns.End(session, run, cancel).ConfigureAwait(false);
        await session.Sql("UPDATE tenants SET last_pruned_at = @at WHERE tenant_id = @tenant").With("at", at).With("tenant", run.Tenant.Value).Run(cancel).ConfigureAwait(false);
        await AuditLog.Insert(session, closing(gone), cancel).ConfigureAwait(false);
        return gone;
    }, cancel);

    public ValueTask<PruneCounts?> EndErasure(DeletionRun run, string kind, string id, Func<PruneCounts, AuditRow> closing, CancellationToken cancel = default) => database.Change(async session =>
    {
        if (await session.Sql("DELETE FROM tenant_documents WHERE tenant_id = @tenant AND kind = @kind AND id = @id")
            .With("tenant", run.Tenant.Value).With("kind", kind).With("id", id).Run(cancel).ConfigureAwait(false) == 0)
            return null;
        var gone = await DeletionRuns.End(session, run, cancel).ConfigureAwait(false);
        await AuditLog.Insert(session, closing(gone), cancel).ConfigureAwait(false);
        return gone;
    }, cancel);

    public ValueTask<int> EndBroken(TenantId tenant, DateTimeOffset openedBefore, Func<BrokenRun, AuditRow> closing, CancellationToken cancel = default) => database.Change(async session =>
    {
        var broken = await DeletionRuns.EndBroken(session, tenant, openedBefore, cancel).ConfigureAwait(false);
        foreach (var one in broken)
            await AuditLog.Insert(session, closing(one), cancel).ConfigureAwait(false);
        return broken.Count;
    }, cancel);

    static async ValueTask<PrunedBatch> PruneGuarded(Session session, TenantId tenant, DateTimeOffset? since, Func<Statement, Statement> with, CancellationToken cancel)
    {
        var last = since;
        var gone = await Guarded(session, tenant, () => with(session.Sql($"""
            DELETE FROM decision_records WHERE rid IN (SELECT rid FROM decision_records d WHERE tenant_id = @tenant AND {(since is null ? "" : "time >= @since AND ")}time < @before
              AND NOT {session.Dialect.IsHeld("d.agent_id", "d.time")} ORDER BY time, seq LIMIT @limit) RETURNING trace_id, time
            """)).All(Read, cancel), withApprovals: false, cancel).ConfigureAwait(false);
        return new(gone, last);

        Guid Read(Row row)
        {
            var trace = row.Uuid();
            last = row.Time() is var time && time > last ? time : last ?? time;
            return trace;
        }
    }

    /// <summary>The guard's row opens the delete triggers for this tenant, and is gone before anyone else may write.</summary>
    static async ValueTask<int> Guarded(Session session, TenantId tenant, Func<ValueTask<List<Guid>>> delete, bool withApprovals, CancellationToken cancel)
    {
        await session.Sql("INSERT INTO prune_guard (tenant_id) VALUES (@tenant)").With("tenant", tenant.Value).Run(cancel).ConfigureAwait(false);
        var gone = await delete().ConfigureAwait(false);
        await session.Sql($"DELETE FROM response_records WHERE tenant_id = @tenant AND {session.Dialect.AnyOf("trace_id", "@traces")}")
            .With("tenant", tenant.Value).With("traces", [.. gone]).Run(cancel).ConfigureAwait(false);
        if (withApprovals)
            await session.Sql($"DELETE FROM approvals WHERE tenant_id = @tenant AND state <> 0 AND {session.Dialect.AnyOf("trace_id", "@traces")}")
                .With("tenant", tenant.Value).With("traces", [.. gone]).Run(cancel).ConfigureAwait(false);
        await session.Sql("DELETE FROM prune_guard WHERE tenant_id = @tenant").With("tenant", tenant.Value).Run(cancel).ConfigureAwait(false);
        return gone.Count;
    }

    internal static string Json(IReadOnlyList<DecisionHold> holds) => JsonSerializer.Serialize(holds.Select(Hold.Of).ToArray(), HoldJson.Default.HoldArray);
}

sealed record Hold(
    [property: JsonPropertyName("agent_id")] string? AgentId,
    [property: JsonPropertyName("since")] DateTimeOffset? Since, [property: JsonPropertyName("until")] DateTimeOffset? Until,
    [property: JsonPropertyName("since_ms")] long? SinceMs, [property: JsonPropertyName("until_ms")] long? UntilMs)
{
    public static Hold Of(DecisionHold hold) => new(
        hold.AgentId is { } agent ? PlainText.Column(agent, RecordColumns.MostAgentId) : null,
        hold.Since, hold.Until, hold.Since?.ToUnixTimeMilliseconds(), hold.Until?.ToUnixTimeMilliseconds());
}

[JsonSerializable(typeof(Hold[]))]
sealed partial class HoldJson : JsonSerializerContext;
