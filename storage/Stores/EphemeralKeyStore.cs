using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class EphemeralKeyStore(Database database) : IEphemeralKeyStore
{
    const string ById = "tenant_id = @tenant AND key_id = @key";

    readonly string columns = $"""
        tenant_id, key_id, parent_key_id, hash, prefix, scope, max_uses, uses_left, created_at, expires_at, revoked_at, description,
        {EphemeralKeySteps.Status(database.Dialect)}
        """;

    public async ValueTask<EphemeralKeyRow> Mint(NewEphemeralKey key, AuditRow audit, CancellationToken cancel = default) => (await database.Change(async session =>
    {
        var row = await session.Sql($"""
            INSERT INTO ephemeral_keys (key_id, tenant_id, parent_key_id, hash, prefix, scope, max_uses, uses_left, created_at, expires_at, description)
            VALUES (@key, @tenant, @parent, @hash, @prefix, @scope, @uses, @uses, {session.Dialect.Now}, {session.Dialect.NowPlus("@life")}, @description)
            RETURNING {columns}
            """).With("key", key.Key.Value).With("tenant", key.Tenant.Value).With("parent", key.Parent.Value).With("hash", key.Hash).With("prefix", key.Prefix)
            .With("scope", key.ScopeJson).With("uses", key.MaxUses).With("life", key.Life).With("description", key.Description)
            .One(Map, cancel).ConfigureAwait(false);
        await AuditLog.Insert(session, audit with { After = AuditJson.Of(row!) }, cancel).ConfigureAwait(false);
        return row;
    }, cancel).ConfigureAwait(false))!;

    public ValueTask<EphemeralKeyRow?> Find(EphemeralKeyId key, CancellationToken cancel = default) =>
        database.One($"SELECT {columns} FROM ephemeral_keys WHERE key_id = @key", sql => sql.With("key", key.Value), Map, cancel);

    public async ValueTask<IReadOnlyList<EphemeralKeyRow>> List(TenantId tenant, EphemeralStatus? status, int limit, CancellationToken cancel = default)
    {
        var now = database.Dialect.Now;
        var only = status switch
        {
            EphemeralStatus.Active => $"AND revoked_at IS NULL AND expires_at > {now} AND uses_left > 0",
            EphemeralStatus.Expired => $"AND revoked_at IS NULL AND expires_at <= {now}",
            EphemeralStatus.Exhausted => $"AND revoked_at IS NULL AND expires_at > {now} AND uses_left = 0",
            EphemeralStatus.Revoked => "AND revoked_at IS NOT NULL",
            _ => "",
        };
        return await database.All(
            $"SELECT {columns} FROM ephemeral_keys WHERE tenant_id = @tenant {only} ORDER BY created_at DESC, key_id LIMIT @limit",
            sql => sql.With("tenant", tenant.Value).With("limit", Page.Size(limit)), Map, cancel).ConfigureAwait(false);
    }

    public ValueTask<Changed<EphemeralKeyRow>> Revoke(TenantId tenant, EphemeralKeyId key, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var changed = await session.Sql($"UPDATE ephemeral_keys SET revoked_at = {session.Dialect.Now} WHERE {ById} AND revoked_at IS NULL")
            .With("tenant", tenant.Value).With("key", key.Value).Run(cancel).ConfigureAwait(false);
        var row = await session.Sql($"SELECT {columns} FROM ephemeral_keys WHERE {ById}").With("tenant", tenant.Value).With("key", key.Value)
            .One(Map, cancel).ConfigureAwait(false);
        if (changed == 0)
            return new Changed<EphemeralKeyRow>(row is null ? ChangeOutcome.NotFound : ChangeOutcome.Unchanged, null, row);
        var told = audit with { Before = AuditJson.Of(row! with { RevokedAt = null }), After = AuditJson.Of(row) };
        return await ChangeLog.Done(session, told, ChangeKind.EphemeralKey, key.Value, 1, row, cancel).ConfigureAwait(false);
    }, cancel);

    static EphemeralKeyRow Map(Row row) => new(
        new(row.Uuid()), new(row.Text()), new(row.Text()), row.Bytes(), row.Text(), row.Text(), row.Int(), row.Int(),
        row.Time(), row.Time(), row.TimeOrNull(), row.Text(), (EphemeralStatus)row.Int());
}
