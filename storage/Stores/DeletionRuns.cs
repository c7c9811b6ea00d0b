using Interven.Contracts.Evidence;
using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>What a run of deletes has taken so far, counted in the transactions of its batches.</summary>
static class DeletionRuns
{
    static readonly PruneCounts Nothing = new(0, 0, 0);

    /// <summary>Counts a batch; the run's first one also writes the audit row that opens it.</summary>
    public static async ValueTask Count(Session session, DeletionRun run, PruneCounts gone, CancellationToken cancel)
    {
        if (gone == Nothing)
            return;
        Statement With(Statement sql) => Named(sql, run.Tenant, run.Id).With("records", gone.Records).With("approvals", gone.Approvals).With("incidents", gone.Incidents);
        var known = await With(session.Sql("""
            UPDATE deletion_runs SET records = records + @records, approvals = approvals + @approvals, incidents = incidents + @incidents WHERE tenant_id = @tenant AND run_id = @run
            """)).Run(cancel).ConfigureAwait(false);
        if (known > 0)
            return;
        await With(session.Sql("INSERT INTO deletion_runs (tenant_id, run_id, opened_as, records, approvals, incidents) VALUES (@tenant, @run, @opened_as, @records, @approvals, @incidents)"))
            .With("opened_as", run.Opening.Action).Run(cancel).ConfigureAwait(false);
        await AuditLog.Insert(session, run.Opening, cancel).ConfigureAwait(false);
    }

    public static async ValueTask<PruneCounts> End(Session session, DeletionRun run, CancellationToken cancel) =>
        (await Named(session.Sql("DELETE FROM deletion_runs WHERE tenant_id = @tenant AND run_id = @run RETURNING run_id, opened_as, records, approvals, incidents"), run.Tenant, run.Id)
            .One(Map, cancel).ConfigureAwait(false))?.Deleted ?? Nothing;

    public static ValueTask<List<BrokenRun>> EndBroken(Session session, TenantId tenant, DateTimeOffset openedBefore, CancellationToken cancel) => session.Sql("""
        DELETE FROM deletion_runs WHERE tenant_id = @tenant AND opened_at < @before RETURNING run_id, opened_as, records, approvals, incidents
        """).With("tenant", tenant.Value).With("before", openedBefore).All(Map, cancel);

    static Statement Named(Statement sql, TenantId tenant, Guid run) => sql.With("tenant", tenant.Value).With("run", run);

    static BrokenRun Map(Row row) => new(row.Uuid(), row.Text(), new(row.Long(), row.Long(), row.Long()));
}
