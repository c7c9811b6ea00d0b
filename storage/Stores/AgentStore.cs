using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class AgentStore(Database database) : IAgentStore
{
    const string Columns = "tenant_id, agent_id, name, runtime, scans, first_seen_at, last_seen_at, suspended, suspended_reason, owner, version";

    public async ValueTask Seen(IReadOnlyList<AgentSeen> seen, CancellationToken cancel = default) => await database.Change(async session =>
    {
        foreach (var one in seen.OrderBy(one => one.Tenant.Value).ThenBy(one => one.AgentId, StringComparer.Ordinal))
            await session.Sql($"""
                INSERT INTO agents AS a (tenant_id, agent_id, name, runtime, scans, first_seen_at, last_seen_at)
                VALUES (@tenant, @agent, @name, @runtime, @scans, @seen, @seen)
                ON CONFLICT (tenant_id, agent_id) DO UPDATE SET name = CASE WHEN excluded.name = '' THEN a.name ELSE excluded.name END,
                  runtime = CASE WHEN excluded.runtime = '' THEN a.runtime ELSE excluded.runtime END, scans = a.scans + excluded.scans,
                  last_seen_at = {session.Dialect.Greatest}(a.last_seen_at, excluded.last_seen_at)
                """).With("tenant", one.Tenant.Value).With("agent", PlainText.Column(one.AgentId)).With("name", PlainText.Column(one.Name))
                .With("runtime", PlainText.Column(one.Runtime)).With("scans", one.Scans).With("seen", one.LastSeenAt).Run(cancel).ConfigureAwait(false);
        return seen.Count;
    }, cancel).ConfigureAwait(false);

    public ValueTask<AgentRow?> Find(TenantId tenant, string agentId, CancellationToken cancel = default) => database.One(
        $"SELECT {Columns} FROM agents WHERE tenant_id = @tenant AND agent_id = @agent",
        sql => sql.With("tenant", tenant.Value).With("agent", PlainText.Column(agentId)), Map, cancel);

    public async ValueTask<IReadOnlyList<AgentRow>> List(TenantId tenant, string afterId, int limit, CancellationToken cancel = default) => await database.All(
        $"SELECT {Columns} FROM agents WHERE tenant_id = @tenant AND agent_id > @after ORDER BY agent_id LIMIT @limit",
        sql => sql.With("tenant", tenant.Value).With("after", afterId).With("limit", Page.Size(limit)), Map, cancel).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<string>> Suspended(TenantId tenant, CancellationToken cancel = default) => await database.All(
        "SELECT agent_id FROM agents WHERE tenant_id = @tenant AND suspended = true", sql => sql.With("tenant", tenant.Value), row => row.Text(), cancel).ConfigureAwait(false);

    public ValueTask<Changed<AgentRow>> SetSuspended(
        TenantId tenant, string agentId, bool suspended, string reason, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        if (suspended)
            await session.Sql($"""
                INSERT INTO agents (tenant_id, agent_id, name, runtime, scans, first_seen_at, last_seen_at)
                VALUES (@tenant, @agent, '', '', 0, {session.Dialect.Now}, {session.Dialect.Now}) ON CONFLICT (tenant_id, agent_id) DO NOTHING
                """).With("tenant", tenant.Value).With("agent", PlainText.Column(agentId)).Run(cancel).ConfigureAwait(false);
        return await Change(
            session, tenant, agentId, "suspended = @suspended, suspended_reason = @reason", "suspended <> @suspended",
            sql => sql.With("suspended", suspended).With("reason", reason), audit, cancel).ConfigureAwait(false);
    }, cancel);

    public ValueTask<Changed<AgentRow>> SetOwner(TenantId tenant, string agentId, string? owner, AuditRow audit, CancellationToken cancel = default) => database.Change(
        session => Change(session, tenant, agentId, "owner = @owner", "coalesce(owner, '') <> coalesce(@owner, '')", sql => sql.With("owner", owner), audit, cancel), cancel);

    public async ValueTask<IReadOnlyList<AgentHabit>> Habits(TenantId tenant, string agentId, int newest, CancellationToken cancel = default) => await database.All("""
        SELECT key_id, tool, decision, CAST(count(*) AS integer) FROM
          (SELECT key_id, tool, decision FROM decision_records WHERE tenant_id = @tenant AND agent_id = @agent ORDER BY seq DESC LIMIT @newest) AS newest
        GROUP BY key_id, tool, decision ORDER BY count(*) DESC
        """, sql => sql.With("tenant", tenant.Value).With("agent", PlainText.Column(agentId)).With("newest", newest),
        row => new AgentHabit(row.Text(), row.Text(), (Decision)row.Small(), row.Int()), cancel).ConfigureAwait(false);

    public ValueTask<Changed<AgentRow>> Delete(TenantId tenant, string agentId, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var agent = PlainText.Column(agentId);
        var row = await session.Sql($"DELETE FROM agents WHERE tenant_id = @tenant AND agent_id = @agent AND suspended = @no RETURNING {Columns}")
            .With("tenant", tenant.Value).With("agent", agent).With("no", (bool?)false).One(Map, cancel).ConfigureAwait(false);
        if (row is not null)
            return await ChangeLog.Done(session, audit with { Before = AuditJson.Of(row) }, ChangeKind.Agent, agent, row.Version, row, cancel).ConfigureAwait(false);
        var kept = await One(session, tenant, agent, "", cancel).ConfigureAwait(false);
        return new Changed<AgentRow>(kept is null ? ChangeOutcome.NotFound : ChangeOutcome.Conflict, null, kept);
    }, cancel);

    static async ValueTask<Changed<AgentRow>> Change(
        Session session, TenantId tenant, string agentId, string set, string only, Func<Statement, Statement> with, AuditRow audit, CancellationToken cancel)
    {
        var agent = PlainText.Column(agentId);
        var before = await One(session, tenant, agent, session.Dialect.ForUpdate, cancel).ConfigureAwait(false);
        var changed = await with(session.Sql($"UPDATE agents SET {set}, version = version + 1 WHERE tenant_id = @tenant AND agent_id = @agent AND {only}"))
            .With("tenant", tenant.Value).With("agent", agent).Run(cancel).ConfigureAwait(false);
        var row = await One(session, tenant, agent, "", cancel).ConfigureAwait(false);
        if (changed == 0)
            return new(row is null ? ChangeOutcome.NotFound : ChangeOutcome.Unchanged, null, row);
        var told = audit with { Before = AuditJson.Of(before), After = AuditJson.Of(row) };
        return await ChangeLog.Done(session, told, ChangeKind.Agent, agent, row!.Version, row, cancel).ConfigureAwait(false);
    }

    static ValueTask<AgentRow?> One(Session session, TenantId tenant, string agent, string forUpdate, CancellationToken cancel) => session
        .Sql($"SELECT {Columns} FROM agents WHERE tenant_id = @tenant AND agent_id = @agent {forUpdate}").With("tenant", tenant.Value).With("agent", agent).One(Map, cancel);

    static AgentRow Map(Row row) => new(
        new(row.Uuid()), row.Text(), row.Text(), row.Text(), row.Long(), row.Time(), row.Time(), row.Flag(), row.Text(), row.TextOrNull(), row.Long());
}
