using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class ServiceAccountStore(Database database) : IServiceAccountStore
{
    const string Columns = "tenant_id, account_id, name, hash, role, allowlist, created_at, revoked_at";
    const string ById = "tenant_id = @tenant AND account_id = @account";

    public ValueTask<Changed<ServiceAccountRow>> Create(NewServiceAccount account, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var row = await session.Sql($"""
            INSERT INTO service_accounts (account_id, tenant_id, name, hash, role, allowlist) VALUES (@account, @tenant, @name, @hash, @role, @allowlist)
            ON CONFLICT (account_id) DO NOTHING RETURNING {Columns}
            """).With("account", account.Account.Value).With("tenant", account.Tenant.Value).With("name", account.Name).With("hash", account.Hash)
            .With("role", account.Role).With("allowlist", StringList.Write(account.Allowlist)).One(Map, cancel).ConfigureAwait(false);
        return row is null
            ? new Changed<ServiceAccountRow>(ChangeOutcome.Conflict, null, null)
            : await ChangeLog.Done(session, audit, ChangeKind.ServiceAccount, account.Account.Value, 1, row, cancel).ConfigureAwait(false);
    }, cancel);

    public ValueTask<ServiceAccountRow?> Find(ServiceAccountId account, CancellationToken cancel = default) =>
        database.One($"SELECT {Columns} FROM service_accounts WHERE account_id = @account", sql => sql.With("account", account.Value), Map, cancel);

    public async ValueTask<IReadOnlyList<ServiceAccountRow>> List(TenantId tenant, CancellationToken cancel = default) => await database.All(
        $"SELECT {Columns} FROM service_accounts WHERE tenant_id = @tenant ORDER BY created_at DESC, account_id",
        sql => sql.With("tenant", tenant.Value), Map, cancel).ConfigureAwait(false);

    public ValueTask<Changed<ServiceAccountRow>> Revoke(TenantId tenant, ServiceAccountId account, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var changed = await session.Sql($"UPDATE service_accounts SET revoked_at = {session.Dialect.Now} WHERE {ById} AND revoked_at IS NULL")
            .With("tenant", tenant.Value).With("account", account.Value).Run(cancel).ConfigureAwait(false);
        var row = await session.Sql($"SELECT {Columns} FROM service_accounts WHERE {ById}").With("tenant", tenant.Value).With("account", account.Value)
            .One(Map, cancel).ConfigureAwait(false);
        if (changed == 0)
            return new Changed<ServiceAccountRow>(row is null ? ChangeOutcome.NotFound : ChangeOutcome.Unchanged, null, row);
        await session.Sql("DELETE FROM sessions WHERE tenant_id = @tenant AND kind = @kind AND owner = @account").With("tenant", tenant.Value)
            .With("kind", NewSession.OfServiceAccount).With("account", account.Value).Run(cancel).ConfigureAwait(false);
        return await ChangeLog.Done(session, audit, ChangeKind.ServiceAccount, account.Value, 2, row!, cancel).ConfigureAwait(false);
    }, cancel);

    static ServiceAccountRow Map(Row row) => new(
        new(new(row.Uuid()), new(row.Text()), row.Text(), row.Bytes(), row.Text(), StringList.Read(row.Text())), row.Time(), row.TimeOrNull());
}
