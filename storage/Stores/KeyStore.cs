using System.Text.Json;
using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class KeyStore(Database database) : IKeyStore
{
    const string Columns = """
        k.key_id, k.tenant_id, k.name, k.hash, k.prefix, k.scopes, k.allowlist, k.default_agent_id, k.env, k.errors_as_deny, k.description, k.created_by,
        k.created_at, k.expires_at, k.revoked_at, k.version
        """;

    const string ById = "tenant_id = @tenant AND key_id = @key";

    public ValueTask<Changed<ApiKeyRow>> Mint(NewApiKey key, AuditRow audit, CancellationToken cancel = default) =>
        database.Change(session => Mint(session, key, audit, cancel), cancel);

    // The one look-up without a tenant: the key is what names it.
    public ValueTask<ApiKeyRow?> Find(ApiKeyId key, CancellationToken cancel = default) =>
        database.One($"SELECT {Columns} FROM api_keys k WHERE key_id = @key", sql => sql.With("key", key.Value), Map, cancel);

    public async ValueTask<IReadOnlyList<ListedApiKey>> List(TenantId tenant, CancellationToken cancel = default) => await database.All($"""
        SELECT {Columns}, u.last_used_at, coalesce(u.blocked, 0), coalesce(u.calls, 0) FROM api_keys k
        LEFT JOIN (SELECT key_id, max(last_used_at) AS last_used_at, CAST(sum(blocked) AS bigint) AS blocked,
            CAST(sum(CASE WHEN hour > {database.Dialect.NowPlus("-86400000")} THEN calls ELSE 0 END) AS bigint) AS calls
          FROM key_usage WHERE tenant_id = @tenant GROUP BY key_id) u ON u.key_id = k.key_id
        WHERE k.tenant_id = @tenant ORDER BY k.created_at DESC, k.key_id
        """, sql => sql.With("tenant", tenant.Value), row => new ListedApiKey(Map(row), row.TimeOrNull(), row.Long(), row.Long()), cancel).ConfigureAwait(false);

    public ValueTask<Changed<ApiKeyRow>> Patch(TenantId tenant, ApiKeyId key, ApiKeyPatch patch, AuditRow audit, CancellationToken cancel = default) => Change(
        tenant, key, audit, "revoked_at IS NULL", """
            name = coalesce(@name, name), allowlist = coalesce(@allowlist, allowlist), description = coalesce(@description, description),
            default_agent_id = nullif(coalesce(@agent, default_agent_id), ''), env = nullif(coalesce(@env, env), ''), errors_as_deny = coalesce(@deny, errors_as_deny)
            """,
        sql => sql.With("name", patch.Name).With("allowlist", patch.Allowlist is null ? null : StringList.Write(patch.Allowlist))
            .With("description", patch.Description).With("agent", patch.DefaultAgentId).With("env", patch.Env).With("deny", patch.ErrorsAsDeny),
        cancel);

    public ValueTask<Changed<ApiKeyRow>> Revoke(TenantId tenant, ApiKeyId key, AuditRow audit, CancellationToken cancel = default) => Change(
        tenant, key, audit, "revoked_at IS NULL", $"revoked_at = {database.Dialect.Now}", null, cancel);

    public ValueTask<Changed<ApiKeyRow>> Rotate(TenantId tenant, ApiKeyId old, NewApiKey replacement, TimeSpan overlap, AuditRow audit, CancellationToken cancel = default) =>
        database.Change(async session =>
        {
            var ended = await Change(
                session, tenant, old, audit, "revoked_at IS NULL AND expires_at IS NULL", $"expires_at = {session.Dialect.NowPlus("@overlap")}",
                sql => sql.With("overlap", overlap), cancel).ConfigureAwait(false);
            if (ended.Outcome != ChangeOutcome.Done)
                return ended with { Outcome = ended.Outcome == ChangeOutcome.NotFound ? ChangeOutcome.NotFound : ChangeOutcome.Conflict };
            var minted = await Mint(session, replacement, audit with { Action = "key.minted", Target = $"key/{replacement.Key}" }, cancel).ConfigureAwait(false);
            // Undoes the old key's end too.
            return minted.Outcome == ChangeOutcome.Done ? minted : throw new InvalidOperationException("The replacement's id is taken.");
        }, cancel);

    public async ValueTask CountUse(IReadOnlyList<KeyUse> uses, CancellationToken cancel = default) => await database.Change(async session =>
    {
        // Sorted, so that two silos that flush at once wait for one another instead of locking one another out.
        foreach (var use in uses.OrderBy(one => one.Tenant.Value).ThenBy(one => one.Key.Value, StringComparer.Ordinal).ThenBy(one => one.Hour))
            await session.Sql($"""
                INSERT INTO key_usage AS u (tenant_id, key_id, hour, calls, blocked, last_used_at) VALUES (@tenant, @key, @hour, @calls, @blocked, @last)
                ON CONFLICT (tenant_id, key_id, hour) DO UPDATE SET calls = u.calls + excluded.calls, blocked = u.blocked + excluded.blocked,
                  last_used_at = {session.Dialect.Greatest}(u.last_used_at, excluded.last_used_at)
                """).With("tenant", use.Tenant.Value).With("key", use.Key.Value).With("hour", use.Hour).With("calls", use.Calls)
                .With("blocked", use.Blocked).With("last", use.LastUsedAt).Run(cancel).ConfigureAwait(false);
        return uses.Count;
    }, cancel).ConfigureAwait(false);

    static async ValueTask<Changed<ApiKeyRow>> Mint(Session session, NewApiKey key, AuditRow audit, CancellationToken cancel)
    {
        var row = await session.Sql($"""
            INSERT INTO api_keys AS k (key_id, tenant_id, name, hash, prefix, scopes, allowlist, default_agent_id, env, errors_as_deny, description, created_by)
            VALUES (@key, @tenant, @name, @hash, @prefix, @scopes, @allowlist, @agent, @env, @deny, @description, @by)
            ON CONFLICT (key_id) DO NOTHING RETURNING {Columns.Replace("k.", "", StringComparison.Ordinal)}
            """).With("key", key.Key.Value).With("tenant", key.Tenant.Value).With("name", key.Name).With("hash", key.Hash).With("prefix", key.Prefix)
            .With("scopes", StringList.Write(key.Scopes)).With("allowlist", StringList.Write(key.Allowlist)).With("agent", key.DefaultAgentId)
            .With("env", key.Env).With("deny", key.ErrorsAsDeny).With("description", key.Description).With("by", key.CreatedBy)
            .One(Map, cancel).ConfigureAwait(false);
        return row is null
            ? new(ChangeOutcome.Conflict, null, null)
            : await ChangeLog.Done(session, audit with { After = AuditJson.Of(row) }, ChangeKind.Key, key.Key.Value, row.Version, row, cancel).ConfigureAwait(false);
    }

    ValueTask<Changed<ApiKeyRow>> Change(
        TenantId tenant, ApiKeyId key, AuditRow audit, string only, string set, Func<Statement, Statement>? with, CancellationToken cancel) =>
        database.Change(session => Change(session, tenant, key, audit, only, set, with, cancel), cancel);

    static async ValueTask<Changed<ApiKeyRow>> Change(
        Session session, TenantId tenant, ApiKeyId key, AuditRow audit, string only, string set, Func<Statement, Statement>? with, CancellationToken cancel)
    {
        var before = await One(session, tenant, key, session.Dialect.ForUpdate, cancel).ConfigureAwait(false);
        var statement = session.Sql($"UPDATE api_keys SET {set}, version = version + 1 WHERE {ById} AND {only}").With("tenant", tenant.Value).With("key", key.Value);
        var changed = await (with is null ? statement : with(statement)).Run(cancel).ConfigureAwait(false);
        var row = await One(session, tenant, key, "", cancel).ConfigureAwait(false);
        if (changed == 0)
            return new(row is null ? ChangeOutcome.NotFound : ChangeOutcome.Unchanged, null, row);
        var told = audit with { Before = AuditJson.Of(before), After = AuditJson.Of(row) };
        return await ChangeLog.Done(session, told, ChangeKind.Key, key.Value, row!.Version, row, cancel).ConfigureAwait(false);
    }

    static ValueTask<ApiKeyRow?> One(Session session, TenantId tenant, ApiKeyId key, string forUpdate, CancellationToken cancel) => session
        .Sql($"SELECT {Columns} FROM api_keys k WHERE {ById} {forUpdate}").With("tenant", tenant.Value).With("key", key.Value).One(Map, cancel);

    static ApiKeyRow Map(Row row)
    {
        var key = new NewApiKey
        {
            Key = new(row.Text()), Tenant = new(row.Uuid()), Name = row.Text(), Hash = row.Bytes(), Prefix = row.Text(),
            Scopes = StringList.Read(row.Text()), Allowlist = StringList.Read(row.Text()), DefaultAgentId = row.TextOrNull(), Env = row.TextOrNull(),
            ErrorsAsDeny = row.Flag(), Description = row.Text(), CreatedBy = row.Text(),
        };
        return new() { Key = key, CreatedAt = row.Time(), ExpiresAt = row.TimeOrNull(), RevokedAt = row.TimeOrNull(), Version = row.Long() };
    }
}

/// <summary>A list of strings in one text column.</summary>
static class StringList
{
    public static string Write(IReadOnlyList<string> list) => JsonSerializer.Serialize(list);

    public static IReadOnlyList<string> Read(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];
}
