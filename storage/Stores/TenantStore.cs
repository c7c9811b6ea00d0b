using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class TenantStore(Database database) : ITenantStore
{
    internal const string Columns = "tenant_id, name, settings, version, created_at, last_pruned_at";

    public ValueTask<Changed<TenantRow>> Create(TenantId tenant, string name, string settingsJson, Actor by, CancellationToken cancel = default) => database.Change(async session =>
    {
        var row = await session.Sql($"INSERT INTO tenants (tenant_id, name, settings) VALUES (@tenant, @name, @settings) ON CONFLICT (tenant_id) DO NOTHING RETURNING {Columns}")
            .With("tenant", tenant.Value).With("name", name).With("settings", settingsJson).One(Map, cancel).ConfigureAwait(false);
        if (row is null)
            return new Changed<TenantRow>(ChangeOutcome.Conflict, null, null);
        var audit = new AuditRow { Tenant = tenant, Actor = by, Action = "tenant.created", Target = $"tenant/{tenant}", After = settingsJson };
        return await ChangeLog.Done(session, audit, ChangeKind.Tenant, "", row.Version, row, cancel).ConfigureAwait(false);
    }, cancel);

    public ValueTask<TenantRow?> Find(TenantId tenant, CancellationToken cancel = default) =>
        database.One($"SELECT {Columns} FROM tenants WHERE tenant_id = @tenant", sql => sql.With("tenant", tenant.Value), Map, cancel);

    public async ValueTask<IReadOnlyList<TenantRow>> List(string afterName, int limit, CancellationToken cancel = default) => await database.All(
        $"SELECT {Columns} FROM tenants WHERE name > @after ORDER BY name, tenant_id LIMIT @limit",
        sql => sql.With("after", afterName).With("limit", Page.Size(limit)), Map, cancel).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<TenantRow>> Walk(TenantId after, int limit, CancellationToken cancel = default) => await database.All(
        $"SELECT {Columns} FROM tenants WHERE tenant_id > @after ORDER BY tenant_id LIMIT @limit",
        sql => sql.With("after", after.Value).With("limit", Page.Size(limit)), Map, cancel).ConfigureAwait(false);

    public ValueTask<Changed<TenantRow>> UpdateSettings(TenantId tenant, long expectedVersion, string settingsJson, AuditRow audit, CancellationToken cancel = default) =>
        database.Change(async session =>
        {
            var row = await session.Sql($"""
                UPDATE tenants SET settings = @settings, version = version + 1 WHERE tenant_id = @tenant AND version = @version RETURNING {Columns}
                """).With("settings", settingsJson).With("tenant", tenant.Value).With("version", expectedVersion).One(Map, cancel).ConfigureAwait(false);
            if (row is not null)
                return await ChangeLog.Done(session, audit, ChangeKind.Tenant, "", row.Version, row, cancel).ConfigureAwait(false);
            var now = await session.Sql($"SELECT {Columns} FROM tenants WHERE tenant_id = @tenant").With("tenant", tenant.Value).One(Map, cancel).ConfigureAwait(false);
            return new Changed<TenantRow>(now is null ? ChangeOutcome.NotFound : ChangeOutcome.Conflict, null, now);
        }, cancel);

    internal static TenantRow Map(Row row) => new(new(row.Uuid()), row.Text(), row.Text(), row.Long(), row.Time(), row.TimeOrNull());
}
