using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class SessionStore(Database database) : ISessionStore
{
    const string Columns = "tenant_id, session_id, kind, owner, method, ip, user_agent, created_at, last_seen_at, idle_ends_at, ends_at";
    static readonly TimeSpan AttemptsAreKept = TimeSpan.FromDays(1);

    public async ValueTask<SessionRow?> Open(NewSession one, AuditRow audit, CancellationToken cancel = default)
    {
        await using var session = await database.Change(cancel).ConfigureAwait(false);
        // The owner's row is held until the commit, so that a removal or a new password either ends this session or forbids it.
        var known = one.OwnerVersion is { } version
            ? await session.Sql($"UPDATE users SET last_sign_in_at = {session.Dialect.Now} WHERE tenant_id = @tenant AND user_id = @user AND version = @version AND removed_at IS NULL")
                .With("tenant", one.Tenant.Value).With("user", Guid.Parse(one.Owner)).With("version", version).Run(cancel).ConfigureAwait(false)
            : await session.Sql("UPDATE service_accounts SET name = name WHERE tenant_id = @tenant AND account_id = @account AND revoked_at IS NULL")
                .With("tenant", one.Tenant.Value).With("account", one.Owner).Run(cancel).ConfigureAwait(false);
        if (known == 0)
            return null;
        var row = await session.Sql($"""
            INSERT INTO sessions (session_id, tenant_id, hash, kind, owner, method, ip, user_agent, idle_ms, idle_ends_at, ends_at)
            VALUES (@session, @tenant, @hash, @kind, @owner, @method, @ip, @agent, @idle, {session.Dialect.NowPlus("@idle")}, {session.Dialect.NowPlus("@life")}) RETURNING {Columns}
            """).With("session", one.Session.Value).With("tenant", one.Tenant.Value).With("hash", one.Hash).With("kind", one.Kind).With("owner", one.Owner)
            .With("method", one.Method).With("ip", one.Ip).With("agent", one.UserAgent).With("idle", one.Idle).With("life", one.Life).One(Map, cancel).ConfigureAwait(false);
        if (one.AttemptsOf is { } subject)
            await session.Sql("DELETE FROM sign_in_attempts WHERE subject = @subject").With("subject", subject).Run(cancel).ConfigureAwait(false);
        await AuditLog.Insert(session, audit, cancel).ConfigureAwait(false);
        await session.Commit(cancel).ConfigureAwait(false);
        return row;
    }

    // The one look-up without a tenant: the token is what names it.
    public ValueTask<SessionRow?> Find(byte[] hash, CancellationToken cancel = default) => database.One(
        $"SELECT {Columns} FROM sessions WHERE hash = @hash AND idle_ends_at > {database.Dialect.Now} AND ends_at > {database.Dialect.Now}",
        sql => sql.With("hash", hash), Map, cancel);

    public async ValueTask Seen(TenantId tenant, SessionId session, CancellationToken cancel = default) => await database.Change(async change =>
        await change.Sql($"UPDATE sessions SET last_seen_at = {change.Dialect.Now}, idle_ends_at = {change.Dialect.NowPlus("idle_ms")} WHERE tenant_id = @tenant AND session_id = @session")
            .With("tenant", tenant.Value).With("session", session.Value).Run(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<SessionRow>> List(TenantId tenant, string? owner, CancellationToken cancel = default)
    {
        var where = new Where($"tenant_id = @tenant AND idle_ends_at > {database.Dialect.Now} AND ends_at > {database.Dialect.Now}").And(owner, "owner = @owner");
        return await database.All($"SELECT {Columns} FROM sessions WHERE {where} ORDER BY session_id DESC LIMIT 500",
            sql => sql.With("tenant", tenant.Value).With("owner", owner), Map, cancel).ConfigureAwait(false);
    }

    public ValueTask<Changed<SessionRow>> End(TenantId tenant, SessionId one, string? owner, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var where = new Where("tenant_id = @tenant AND session_id = @session").And(owner, "owner = @owner");
        var row = await session.Sql($"DELETE FROM sessions WHERE {where} RETURNING {Columns}")
            .With("tenant", tenant.Value).With("session", one.Value).With("owner", owner).One(Map, cancel).ConfigureAwait(false);
        if (row is null)
            return new Changed<SessionRow>(ChangeOutcome.NotFound, null, null);
        await AuditLog.Insert(session, audit with { Target = $"{(row.Kind == NewSession.OfUser ? "user" : "service_account")}/{row.Owner}" }, cancel).ConfigureAwait(false);
        return new(ChangeOutcome.Done, null, row);
    }, cancel);

    public ValueTask<int> DeleteOver(int limit, CancellationToken cancel = default) => database.Change(async session =>
        await session.Sql($"""
            DELETE FROM sessions WHERE session_id IN
              (SELECT session_id FROM sessions WHERE ends_at <= {session.Dialect.Now} OR idle_ends_at <= {session.Dialect.Now} LIMIT @limit)
            """).With("limit", limit).Run(cancel).ConfigureAwait(false)
        + await session.Sql($"""
            DELETE FROM sign_in_attempts WHERE subject IN
              (SELECT subject FROM sign_in_attempts WHERE last_at <= {session.Dialect.NowPlus("@age")} LIMIT @limit)
            """).With("age", -AttemptsAreKept).With("limit", limit).Run(cancel).ConfigureAwait(false), cancel);

    static SessionRow Map(Row row) => new(
        new(row.Uuid()), new(row.Uuid()), row.Text(), row.Text(), row.Text(), row.Text(), row.Text(), row.Time(), row.Time(), row.Time(), row.Time());
}
