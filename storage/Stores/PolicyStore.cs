using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class PolicyStore(Database database) : IPolicyStore
{
    const string Select = """
        SELECT p.tenant_id, p.policy_id, p.name, p.env, p.enabled, p.version, v.content, p.content_hash, p.changed_at, p.deleted
        FROM policies p JOIN policy_versions v ON v.tenant_id = p.tenant_id AND v.policy_id = p.policy_id AND v.version = p.version
        WHERE p.tenant_id = @tenant
        """;

    const string SelectVersions = "SELECT policy_id, version, content, content_hash, author, created_at FROM policy_versions WHERE tenant_id = @tenant AND policy_id = @policy";

    public ValueTask<Changed<PolicyRow>> Apply(PolicyDraft draft, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        // Version 0 holds the name while its first version is written; who comes second waits here for the row's lock.
        await session.Sql("""
            INSERT INTO policies (tenant_id, policy_id, name, env, enabled, version, content_hash) VALUES (@tenant, @policy, @name, @env, @enabled, 0, @hash)
            ON CONFLICT (tenant_id, name, env) DO NOTHING
            """).With("tenant", draft.Tenant.Value).With("policy", draft.NewId.Value).With("name", draft.Name).With("env", draft.Env ?? "")
            .With("enabled", draft.Enabled).With("hash", draft.ContentHash).Run(cancel).ConfigureAwait(false);
        var known = await session.Sql($"""
            SELECT policy_id, version, content_hash, enabled, deleted FROM policies WHERE tenant_id = @tenant AND name = @name AND env = @env {database.Dialect.ForUpdate}
            """).With("tenant", draft.Tenant.Value).With("name", draft.Name).With("env", draft.Env ?? "")
            .One(row => new Known(new(row.Uuid()), row.Int(), row.Bytes(), row.Flag(), row.Flag()), cancel).ConfigureAwait(false);
        if (known!.Version > 0 && !known.Deleted && known.Enabled == draft.Enabled && known.Hash.AsSpan().SequenceEqual(draft.ContentHash))
            return new Changed<PolicyRow>(ChangeOutcome.Unchanged, null, await InSession(session, draft.Tenant, known.Policy, cancel).ConfigureAwait(false));
        return await Publish(session, draft, known, audit, cancel).ConfigureAwait(false);
    }, cancel);

    public async ValueTask<IReadOnlyList<PolicyRow>> All(TenantId tenant, CancellationToken cancel = default) => await database.All(
        $"{Select} AND NOT p.deleted ORDER BY p.name, p.env", sql => sql.With("tenant", tenant.Value), Map, cancel).ConfigureAwait(false);

    public ValueTask<PolicyRow?> Find(TenantId tenant, PolicyId policy, CancellationToken cancel = default) => database.One(
        $"{Select} AND p.policy_id = @policy AND NOT p.deleted", sql => sql.With("tenant", tenant.Value).With("policy", policy.Value), Map, cancel);

    public ValueTask<PolicyRow?> FindByName(TenantId tenant, string name, string? env, CancellationToken cancel = default) => database.One(
        $"{Select} AND p.name = @name AND p.env = @env AND NOT p.deleted",
        sql => sql.With("tenant", tenant.Value).With("name", name).With("env", env ?? ""), Map, cancel);

    public async ValueTask<IReadOnlyList<PolicyVersionRow>> Versions(TenantId tenant, PolicyId policy, CancellationToken cancel = default) => await database.All(
        $"{SelectVersions} ORDER BY version DESC", sql => sql.With("tenant", tenant.Value).With("policy", policy.Value), MapVersion, cancel).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<Contracts.Policies.PolicyHits>> Hits(TenantId tenant, DateTimeOffset since, CancellationToken cancel = default) => await database.All("""
        SELECT policy_id, count(*) FROM decision_records WHERE tenant_id = @tenant AND time >= @since AND policy_id IS NOT NULL GROUP BY policy_id
        """, sql => sql.With("tenant", tenant.Value).With("since", since), row => new Contracts.Policies.PolicyHits(row.Uuid(), row.Long()), cancel).ConfigureAwait(false);

    public ValueTask<PolicyVersionRow?> FindVersion(TenantId tenant, PolicyId policy, int version, CancellationToken cancel = default) => database.One(
        $"{SelectVersions} AND version = @version",
        sql => sql.With("tenant", tenant.Value).With("policy", policy.Value).With("version", version), MapVersion, cancel);

    public ValueTask<Changed<PolicyRow>> SetEnabled(TenantId tenant, PolicyId policy, bool enabled, AuditRow audit, CancellationToken cancel = default) => database.Change(
        session => Update(session, tenant, policy, $"enabled = {(enabled ? "true" : "false")}", $"enabled <> {(enabled ? "true" : "false")}", audit, cancel), cancel);

    public ValueTask<Changed<PolicyRow>> Delete(TenantId tenant, PolicyId policy, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        await session.Sql($"""
            INSERT INTO policy_endings (tenant_id, policy_id, version, ended_at)
            SELECT tenant_id, policy_id, version, {session.Dialect.Now} FROM policies WHERE tenant_id = @tenant AND policy_id = @policy AND NOT deleted {session.Dialect.ForUpdate}
            """).With("tenant", tenant.Value).With("policy", policy.Value).Run(cancel).ConfigureAwait(false);
        return await Update(session, tenant, policy, "deleted = true", "NOT deleted", audit, cancel, isGone: true).ConfigureAwait(false);
    }, cancel);

    public ValueTask<Changed<PolicyRow>> Restore(TenantId tenant, PolicyId policy, int version, string author, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var old = await session.Sql($"{SelectVersions} AND version = @version").With("tenant", tenant.Value).With("policy", policy.Value).With("version", version)
            .One(MapVersion, cancel).ConfigureAwait(false);
        var known = await session.Sql($"""
            SELECT policy_id, version, content_hash, enabled, deleted, name, env FROM policies WHERE tenant_id = @tenant AND policy_id = @policy {database.Dialect.ForUpdate}
            """).With("tenant", tenant.Value).With("policy", policy.Value)
            .One(row => (Known: new Known(new(row.Uuid()), row.Int(), row.Bytes(), row.Flag(), row.Flag()), Name: row.Text(), Env: row.Text()), cancel).ConfigureAwait(false);
        if (old is null || known.Known is null)
            return new Changed<PolicyRow>(ChangeOutcome.NotFound, null, null);
        var draft = new PolicyDraft(tenant, policy, known.Name, known.Env, old.Content, old.ContentHash, known.Known.Enabled, author);
        return await Publish(session, draft, known.Known, audit, cancel).ConfigureAwait(false);
    }, cancel);

    static async ValueTask<Changed<PolicyRow>> Publish(Session session, PolicyDraft draft, Known known, AuditRow audit, CancellationToken cancel)
    {
        var version = known.Version + 1;
        await session.Sql($"""
            INSERT INTO policy_versions (tenant_id, policy_id, version, content, content_hash, author) VALUES (@tenant, @policy, @version, @content, @hash, @author)
            """).With("tenant", draft.Tenant.Value).With("policy", known.Policy.Value).With("version", version).With("content", draft.Content)
            .With("hash", draft.ContentHash).With("author", draft.Author).Run(cancel).ConfigureAwait(false);
        return await Update(
            session, draft.Tenant, known.Policy, "version = @version, content_hash = @hash, enabled = @enabled, deleted = false", "true", audit, cancel,
            sql => sql.With("version", version).With("hash", draft.ContentHash).With("enabled", draft.Enabled)).ConfigureAwait(false);
    }

    static async ValueTask<Changed<PolicyRow>> Update(
        Session session, TenantId tenant, PolicyId policy, string set, string unless, AuditRow audit, CancellationToken cancel,
        Func<Statement, Statement>? with = null, bool isGone = false)
    {
        var before = await session.Sql($"{Select} AND p.policy_id = @policy AND NOT p.deleted").With("tenant", tenant.Value).With("policy", policy.Value).One(Map, cancel).ConfigureAwait(false);
        var statement = session.Sql($"UPDATE policies SET {set}, changed_at = {session.Dialect.Now} WHERE tenant_id = @tenant AND policy_id = @policy AND {unless}")
            .With("tenant", tenant.Value).With("policy", policy.Value);
        var changed = await (with is null ? statement : with(statement)).Run(cancel).ConfigureAwait(false);
        var row = await InSession(session, tenant, policy, cancel).ConfigureAwait(false);
        if (changed == 0)
            return new Changed<PolicyRow>(row is null ? ChangeOutcome.NotFound : ChangeOutcome.Unchanged, null, row);
        var told = audit with { Target = $"policy/{policy}", Before = AuditJson.Of(before), After = isGone ? null : AuditJson.Of(row) };
        return await ChangeLog.Done(session, told, ChangeKind.Policy, policy.ToString(), row!.Version, row, cancel).ConfigureAwait(false);
    }

    static ValueTask<PolicyRow?> InSession(Session session, TenantId tenant, PolicyId policy, CancellationToken cancel) => session
        .Sql($"{Select} AND p.policy_id = @policy").With("tenant", tenant.Value).With("policy", policy.Value).One(Map, cancel);

    static PolicyRow Map(Row row) => new(
        new(row.Uuid()), new(row.Uuid()), row.Text(), row.Text() is { Length: > 0 } env ? env : null, row.Flag(), row.Int(), row.Bytes(), row.Bytes(), row.Time());

    static PolicyVersionRow MapVersion(Row row) => new(new(row.Uuid()), row.Int(), row.Bytes(), row.Bytes(), row.Text(), row.Time());

    sealed record Known(PolicyId Policy, int Version, byte[] Hash, bool Enabled, bool Deleted);
}
