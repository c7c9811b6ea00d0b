using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>Goes by the database's own list of tables, so that a table which is made later is erased too.</summary>
sealed class TenantErasureStore(Database database) : ITenantErasure
{
    /// <summary>The change log holds ids alone and every silo reads it; the others are this class's own.</summary>
    static readonly string[] Kept = ["change_log", "tenant_erasures", "prune_guard"];

    const string PostgresTables = """
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE a.attname = 'tenant_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
        ORDER BY c.relname
        """;

    const string SqliteTables = """
        SELECT m.name FROM sqlite_master m WHERE m.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'tenant_id') ORDER BY m.name
        """;

    public async ValueTask<IReadOnlyDictionary<string, long>> Count(TenantId tenant, CancellationToken cancel = default)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await Tables(cancel).ConfigureAwait(false))
            counts[table] = await database.One($"SELECT count(*) FROM {table} WHERE tenant_id = @tenant", sql => sql.With("tenant", tenant.Value), row => row.Long(), cancel).ConfigureAwait(false);
        return counts;
    }

    public ValueTask<Changed<TenantRow>> Begin(TenantId tenant, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var row = await session.Sql($"DELETE FROM tenants WHERE tenant_id = @tenant RETURNING {TenantStore.Columns}").With("tenant", tenant.Value)
            .One(TenantStore.Map, cancel).ConfigureAwait(false);
        if (row is null)
            return new Changed<TenantRow>(ChangeOutcome.NotFound, null, null);
        await session.Sql("INSERT INTO tenant_erasures (tenant_id) VALUES (@tenant) ON CONFLICT DO NOTHING").With("tenant", tenant.Value).Run(cancel).ConfigureAwait(false);
        await AuditLog.Insert(session, audit, cancel).ConfigureAwait(false);
        return new(ChangeOutcome.Done, await ChangeLog.Note(session, tenant, ChangeKind.Tenant, "", row.Version + 1, cancel).ConfigureAwait(false), row);
    }, cancel);

    public async ValueTask<IReadOnlyDictionary<string, long>> EraseSome(TenantId tenant, int limit, CancellationToken cancel = default)
    {
        var erased = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await Tables(cancel).ConfigureAwait(false))
            if (await database.Change(session => Erase(session, tenant, table, limit, cancel), cancel).ConfigureAwait(false) is > 0 and var rows)
                erased[table] = rows;
        return erased;
    }

    public async ValueTask End(TenantId tenant, CancellationToken cancel = default) => await database.Change(
        session => session.Sql($"UPDATE tenant_erasures SET ended_at = {session.Dialect.Now} WHERE tenant_id = @tenant AND begun_at < {session.Dialect.NowPlus("-60000")}").With("tenant", tenant.Value).Run(cancel), cancel).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<TenantId>> Unfinished(CancellationToken cancel = default) =>
        await database.All("SELECT tenant_id FROM tenant_erasures WHERE ended_at IS NULL", sql => sql, row => new TenantId(row.Uuid()), cancel).ConfigureAwait(false);

    static async ValueTask<int> Erase(Session session, TenantId tenant, string table, int limit, CancellationToken cancel)
    {
        if (session.Dialect is PostgresDialect)
            return await session.Sql("SELECT erase_tenant_rows(@tenant, CAST(@table AS regclass), @limit)").With("tenant", tenant.Value).With("table", table).With("limit", limit)
                .One(row => row.Int(), cancel).ConfigureAwait(false);
        var mayErase = await session.Sql("""
            INSERT INTO prune_guard (tenant_id) SELECT tenant_id FROM tenant_erasures e WHERE tenant_id = @tenant AND NOT EXISTS (SELECT 1 FROM tenants t WHERE t.tenant_id = e.tenant_id)
            """).With("tenant", tenant.Value).Run(cancel).ConfigureAwait(false);
        if (mayErase == 0)
            throw new InvalidOperationException("The erasure of this tenant has not begun.");
        var key = await session.Sql("SELECT count(*) FROM pragma_table_list WHERE name = @table AND wr = 1").With("table", table).One(row => row.Long(), cancel).ConfigureAwait(false) == 0
            ? "rowid IN (SELECT rowid" : "tenant_id IN (SELECT tenant_id";
        var rows = await session.Sql($"DELETE FROM {table} WHERE {key} FROM {table} WHERE tenant_id = @tenant LIMIT @limit)")
            .With("tenant", tenant.Value).With("limit", limit).Run(cancel).ConfigureAwait(false);
        await session.Sql("DELETE FROM prune_guard WHERE tenant_id = @tenant").With("tenant", tenant.Value).Run(cancel).ConfigureAwait(false);
        return rows;
    }

    async ValueTask<IEnumerable<string>> Tables(CancellationToken cancel) =>
        (await database.All(database.Dialect is PostgresDialect ? PostgresTables : SqliteTables, sql => sql, row => row.Text(), cancel).ConfigureAwait(false)).Except(Kept);
}
