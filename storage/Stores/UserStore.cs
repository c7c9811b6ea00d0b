using Interven.Contracts.Access;
using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class UserStore(Database database) : IUserStore
{
    const string Columns = """
        tenant_id, user_id, email, role, password_hash, temporary_until, totp_secret, totp_enabled, totp_step, recovery, issuer, subject,
        created_at, last_sign_in_at, removed_at, version
        """;

    const string ById = "tenant_id = @tenant AND user_id = @user";
    const string AnotherAdmin = "EXISTS (SELECT 1 FROM users o WHERE o.tenant_id = @tenant AND o.role = 'admin' AND o.removed_at IS NULL AND o.user_id <> @user)";

    public ValueTask<UserRow?> Find(TenantId tenant, UserId user, CancellationToken cancel = default) =>
        database.One($"SELECT {Columns} FROM users WHERE {ById}", sql => Named(sql, tenant, user), Map, cancel);

    // Two look-ups without a tenant: the address, or the identity elsewhere, is what names it.
    public ValueTask<UserRow?> FindByEmail(string email, CancellationToken cancel = default) =>
        database.One($"SELECT {Columns} FROM users WHERE email_key = @email AND removed_at IS NULL", sql => sql.With("email", KeyOf(email)), Map, cancel);

    public ValueTask<UserRow?> FindBySubject(string issuer, string subject, CancellationToken cancel = default) => database.One(
        $"SELECT {Columns} FROM users WHERE issuer = @issuer AND subject = @subject AND removed_at IS NULL",
        sql => sql.With("issuer", issuer).With("subject", subject), Map, cancel);

    public async ValueTask<IReadOnlyList<UserRow>> List(TenantId tenant, CancellationToken cancel = default) => await database.All(
        $"SELECT {Columns} FROM users WHERE tenant_id = @tenant AND removed_at IS NULL ORDER BY email_key",
        sql => sql.With("tenant", tenant.Value), Map, cancel).ConfigureAwait(false);

    public ValueTask<Changed<UserRow>> Create(NewUser user, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var row = await session.Sql($"""
            INSERT INTO users (user_id, tenant_id, email, email_key, role, password_hash, temporary_until)
            VALUES (@user, @tenant, @email, @key, @role, @hash, {session.Dialect.NowPlus("@life")}) ON CONFLICT DO NOTHING RETURNING {Columns}
            """).With("user", user.User.Value).With("tenant", user.Tenant.Value).With("email", user.Email).With("key", KeyOf(user.Email)).With("role", user.Role)
            .With("hash", user.Password.Hash).With("life", Life(user.Password)).One(Map, cancel).ConfigureAwait(false);
        return row is null ? new Changed<UserRow>(ChangeOutcome.Conflict, null, null) : await Done(session, row, audit, cancel).ConfigureAwait(false);
    }, cancel);

    public ValueTask<Changed<UserRow>> SetRole(TenantId tenant, UserId user, string role, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        await LockAdmins(session, tenant, cancel).ConfigureAwait(false);
        var before = await Read(session, tenant, user, cancel).ConfigureAwait(false);
        if (before is { RemovedAt: null } && before.Role == role)
            return new Changed<UserRow>(ChangeOutcome.Unchanged, null, before);
        return await Change(session, tenant, user, "role = @role", $"(role <> 'admin' OR {AnotherAdmin})", sql => sql.With("role", role), audit, true, cancel).ConfigureAwait(false);
    }, cancel);

    public ValueTask<Changed<UserRow>> SetPassword(
        TenantId tenant, UserId user, long expectedVersion, NewPassword password, AuditRow audit, CancellationToken cancel = default) => database.Change(session => Change(
            session, tenant, user, $"password_hash = @hash, temporary_until = {session.Dialect.NowPlus("@life")}, password_changed_at = {session.Dialect.Now}", "version = @version",
            sql => sql.With("hash", password.Hash).With("life", Life(password)).With("version", expectedVersion), audit, true, cancel), cancel);

    public ValueTask<Changed<UserRow>> SetSecondFactor(
        TenantId tenant, UserId user, long expectedVersion, SecondFactor factor, AuditRow audit, CancellationToken cancel = default) => database.Change(session => Change(
            session, tenant, user, SetFactor, "version = @version", sql => Factor(sql, factor).With("version", expectedVersion), audit, false, cancel), cancel);

    public async ValueTask<bool> Spend(TenantId tenant, UserId user, long expectedVersion, SecondFactor after, CancellationToken cancel = default) =>
        await database.Change(async session => await Factor(Named(session.Sql(
            $"UPDATE users SET {SetFactor}, version = version + 1 WHERE {ById} AND version = @version AND removed_at IS NULL"), tenant, user), after)
            .With("version", expectedVersion).Run(cancel).ConfigureAwait(false) == 1, cancel).ConfigureAwait(false);

    public ValueTask<Changed<UserRow>> Bind(TenantId tenant, UserId user, string issuer, string subject, AuditRow audit, CancellationToken cancel = default) => database.Change(session => Change(
        session, tenant, user,
        // A temporary password has served its purpose.
        "issuer = @issuer, subject = @subject, password_hash = CASE WHEN temporary_until IS NULL THEN password_hash END, temporary_until = NULL",
        "subject IS NULL AND NOT EXISTS (SELECT 1 FROM users o WHERE o.issuer = @issuer AND o.subject = @subject AND o.removed_at IS NULL)",
        sql => sql.With("issuer", issuer).With("subject", subject), audit, false, cancel), cancel);

    public ValueTask<Changed<UserRow>> Remove(TenantId tenant, UserId user, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        await LockAdmins(session, tenant, cancel).ConfigureAwait(false);
        return await Change(session, tenant, user, $"removed_at = {session.Dialect.Now}, password_hash = NULL, totp_secret = NULL, totp_enabled = false, recovery = '[]'",
            $"(role <> 'admin' OR {AnotherAdmin})", sql => sql, audit, true, cancel).ConfigureAwait(false);
    }, cancel);

    const string SetFactor = "totp_secret = @secret, totp_enabled = @enabled, totp_step = @step, recovery = @recovery";

    /// <summary>Two admins who demote one another at once wait here, so that the second sees what the first did.</summary>
    static async ValueTask LockAdmins(Session session, TenantId tenant, CancellationToken cancel) => await session.Sql(
        $"SELECT user_id FROM users WHERE tenant_id = @tenant AND role = 'admin' AND removed_at IS NULL ORDER BY user_id {session.Dialect.ForUpdate}")
        .With("tenant", tenant.Value).All(row => row.Uuid(), cancel).ConfigureAwait(false);

    static async ValueTask<Changed<UserRow>> Change(
        Session session, TenantId tenant, UserId user, string set, string only, Func<Statement, Statement> with, AuditRow audit, bool endsSessions, CancellationToken cancel)
    {
        var row = await with(Named(session.Sql($"UPDATE users SET {set}, version = version + 1 WHERE {ById} AND removed_at IS NULL AND {only} RETURNING {Columns}"), tenant, user))
            .One(Map, cancel).ConfigureAwait(false);
        if (row is null)
        {
            var now = await Read(session, tenant, user, cancel).ConfigureAwait(false);
            return new Changed<UserRow>(now is { RemovedAt: null } ? ChangeOutcome.Conflict : ChangeOutcome.NotFound, null, now);
        }
        if (endsSessions)
            await session.Sql("DELETE FROM sessions WHERE tenant_id = @tenant AND kind = 'user' AND owner = @owner").With("tenant", tenant.Value).With("owner", user.ToString())
                .Run(cancel).ConfigureAwait(false);
        return await Done(session, row, audit, cancel).ConfigureAwait(false);
    }

    static async ValueTask<Changed<UserRow>> Done(Session session, UserRow row, AuditRow audit, CancellationToken cancel)
    {
        await AuditLog.Insert(session, audit, cancel).ConfigureAwait(false);
        return new(ChangeOutcome.Done, null, row);
    }

    static ValueTask<UserRow?> Read(Session session, TenantId tenant, UserId user, CancellationToken cancel) =>
        Named(session.Sql($"SELECT {Columns} FROM users WHERE {ById}"), tenant, user).One(Map, cancel);

    static Statement Named(Statement sql, TenantId tenant, UserId user) => sql.With("tenant", tenant.Value).With("user", user.Value);

    static Statement Factor(Statement sql, SecondFactor factor) => sql.With("secret", factor.SealedSecret).With("enabled", factor.Enabled)
        .With("step", factor.LastStep).With("recovery", StringList.Write(factor.Recovery));

    static string KeyOf(string email) => email.Trim().ToLowerInvariant();

    static long? Life(NewPassword password) => (long?)password.TemporaryFor?.TotalMilliseconds;

    static UserRow Map(Row row) => new()
    {
        Tenant = new(row.Uuid()), User = new(row.Uuid()), Email = row.Text(), Role = row.Text(), PasswordHash = row.TextOrNull(), TemporaryUntil = row.TimeOrNull(),
        SecondFactor = new(row.BytesOrNull(), row.Flag(), row.Long(), StringList.Read(row.Text())), Issuer = row.TextOrNull(), Subject = row.TextOrNull(),
        CreatedAt = row.Time(), LastSignInAt = row.TimeOrNull(), RemovedAt = row.TimeOrNull(), Version = row.Long(),
    };
}
