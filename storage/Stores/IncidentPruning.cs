using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>Closed incidents that are over their time, with their records and notes.</summary>
sealed class IncidentPruning(Database database) : IPrunable
{
    public ValueTask<int> Prune(DeletionRun run, DateTimeOffset before, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default)
    {
        Statement With(Statement sql) => sql.With("tenant", run.Tenant.Value).With("before", before).With("holds", RetentionStore.Json(holds)).With("limit", limit);
        return database.Change(async session =>
        {
            var gone = session.Dialect is PostgresDialect
                ? await With(session.Sql("SELECT prune_incidents(@tenant, @before, CAST(@holds AS json), @limit)")).One(row => row.Int(), cancel).ConfigureAwait(false)
                : await PruneOnSqlite(session, run.Tenant, With, cancel).ConfigureAwait(false);
            await DeletionRuns.Count(session, run, new(0, 0, gone), cancel).ConfigureAwait(false);
            return gone;
        }, cancel);
    }

    static async ValueTask<int> PruneOnSqlite(Session session, TenantId tenant, Func<Statement, Statement> with, CancellationToken cancel)
    {
        await session.Sql("INSERT INTO prune_guard (tenant_id) VALUES (@tenant)").With("tenant", tenant.Value).Run(cancel).ConfigureAwait(false);
        var gone = await with(session.Sql($"""
            DELETE FROM incidents WHERE rowid IN (SELECT rowid FROM incidents i WHERE tenant_id = @tenant AND status = 2 AND closed_at < @before
              AND NOT {session.Dialect.IsHeld("i.agent_id", "i.opened_at")} ORDER BY closed_at LIMIT @limit) RETURNING incident_id
            """)).All(row => row.Uuid(), cancel).ConfigureAwait(false);
        foreach (var table in (string[])["incident_notes", "incident_records"])
            await session.Sql($"DELETE FROM {table} WHERE tenant_id = @tenant AND {session.Dialect.AnyOf("incident_id", "@incidents")}")
                .With("tenant", tenant.Value).With("incidents", [.. gone]).Run(cancel).ConfigureAwait(false);
        await session.Sql("DELETE FROM prune_guard WHERE tenant_id = @tenant").With("tenant", tenant.Value).Run(cancel).ConfigureAwait(false);
        return gone.Count;
    }
}
