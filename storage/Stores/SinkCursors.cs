using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class SinkCursors(Database database) : ISinkCursors
{
    const string BySink = "tenant_id = @tenant AND sink_id = @sink";
    const string Columns = "seq, delivered, paused, reason, failures";

    public ValueTask<Changed<TenantDocument>> Create(Guid sink, NewDocument document, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var made = await DocumentStore.Create(session, document, audit, cancel).ConfigureAwait(false);
        if (made.IsDone)
            await Named(session.Sql("""
                INSERT INTO sink_cursors (tenant_id, sink_id, seq) SELECT @tenant, @sink, coalesce((SELECT seq FROM tenant_head WHERE tenant_id = @tenant), 0)
                """), document.Tenant, sink).Run(cancel).ConfigureAwait(false);
        return made;
    }, cancel);

    public ValueTask<Changed<TenantDocument>> Delete(TenantId tenant, Guid sink, string kind, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var gone = await DocumentStore.Delete(session, tenant, kind, sink.ToString("N"), audit, cancel).ConfigureAwait(false);
        if (gone.IsDone)
            await Named(session.Sql($"DELETE FROM sink_cursors WHERE {BySink}"), tenant, sink).Run(cancel).ConfigureAwait(false);
        return gone;
    }, cancel);

    public ValueTask<SinkCursor?> Find(TenantId tenant, Guid sink, CancellationToken cancel = default) =>
        database.One($"SELECT {Columns} FROM sink_cursors WHERE {BySink}", sql => Named(sql, tenant, sink), Map, cancel);

    public async ValueTask<bool> Advance(TenantId tenant, Guid sink, long from, long to, int delivered, CancellationToken cancel = default) => await database.Change(
        session => Named(session.Sql($"""
            UPDATE sink_cursors SET seq = @to, delivered = delivered + @delivered, reason = '', failures = 0, changed_at = {session.Dialect.Now} WHERE {BySink} AND seq = @from
            """), tenant, sink).With("from", from).With("to", to).With("delivered", delivered).Run(cancel), cancel).ConfigureAwait(false) == 1;

    public async ValueTask Failed(TenantId tenant, Guid sink, string reason, CancellationToken cancel = default) => await database.Change(
        session => Named(session.Sql($"UPDATE sink_cursors SET reason = @reason, failures = failures + 1, changed_at = {session.Dialect.Now} WHERE {BySink}"), tenant, sink)
            .With("reason", reason).Run(cancel), cancel).ConfigureAwait(false);

    public ValueTask<bool> SetPaused(TenantId tenant, Guid sink, bool paused, string reason, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var changed = await Named(session.Sql($"""
            UPDATE sink_cursors SET paused = @paused, reason = @reason, failures = 0, changed_at = {session.Dialect.Now} WHERE {BySink} AND paused <> @paused
            """), tenant, sink).With("paused", paused).With("reason", reason).Run(cancel).ConfigureAwait(false);
        if (changed == 1)
            await AuditLog.Insert(session, audit, cancel).ConfigureAwait(false);
        return changed == 1;
    }, cancel);

    static Statement Named(Statement sql, TenantId tenant, Guid sink) => sql.With("tenant", tenant.Value).With("sink", sink);

    static SinkCursor Map(Row row) => new(row.Long(), row.Long(), row.Flag(), row.Text(), row.Int());
}
