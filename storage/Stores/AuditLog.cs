using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class AuditLog(Database database) : IAuditLog
{
    const string Columns = "id, time, tenant_id, actor_kind, actor_id, ip, user_agent, action, target, before, after, result";

    public async ValueTask Write(AuditRow row, CancellationToken cancel = default) => await database.Change(async session =>
    {
        await Insert(session, row, cancel).ConfigureAwait(false);
        return true;
    }, cancel).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<StoredAudit>> List(TenantId tenant, AuditFilter filter, CancellationToken cancel = default)
    {
        await using var session = await database.Read(cancel).ConfigureAwait(false);
        return await Select(session, tenant, filter, null, Columns, "ORDER BY id DESC LIMIT @limit").All(Map, cancel).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredAudit>> After(TenantId tenant, long after, AuditFilter filter, CancellationToken cancel = default)
    {
        await using var session = await database.Export(cancel).ConfigureAwait(false);
        return await Select(session, tenant, filter, after, Columns, "ORDER BY id LIMIT @limit").All(Map, cancel).ConfigureAwait(false);
    }

    public async ValueTask<long> Count(TenantId tenant, AuditFilter filter, CancellationToken cancel = default)
    {
        await using var session = await database.Read(cancel).ConfigureAwait(false);
        return await Select(session, tenant, filter, null, "count(*)", "").One(row => row.Long(), cancel).ConfigureAwait(false);
    }

    static Statement Select(Session session, TenantId tenant, AuditFilter filter, long? after, string columns, string tail)
    {
        var where = new Where("tenant_id = @tenant").And(after, "id > @after")
            .And(filter.Before, "id < @before").And(filter.Since, "time >= @since").And(filter.Until, "time < @until")
            .And(filter.ActorId, "actor_id = @actor").And(filter.Target, "target = @target").And(filter.Result, "result = @result")
            .And(filter.Action, filter.Action is [.., '.'] ? "substr(action, 1, length(@action)) = @action" : "action = @action");
        return session.Sql($"SELECT {columns} FROM audit_log WHERE {where} {tail}")
            .With("tenant", tenant.Value).With("after", after).With("before", filter.Before).With("since", filter.Since).With("until", filter.Until)
            .With("actor", filter.ActorId).With("target", filter.Target).With("action", filter.Action).With("result", filter.Result).With("limit", Page.Size(filter.Limit));
    }

    /// <summary>In the transaction of the change that it tells of.</summary>
    public static async ValueTask Insert(Session session, AuditRow row, CancellationToken cancel) => await session.Sql("""
        INSERT INTO audit_log (tenant_id, actor_kind, actor_id, ip, user_agent, action, target, before, after, result)
        VALUES (@tenant, @kind, @actor, @ip, @agent, @action, @target, @before, @after, @result)
        """)
        .With("tenant", row.Tenant.Value).With("kind", row.Actor.Kind).With("actor", row.Actor.Id).With("ip", row.Actor.Ip)
        .With("agent", row.Actor.UserAgent.Length <= 300 ? row.Actor.UserAgent : row.Actor.UserAgent[..300])
        .With("action", row.Action).With("target", PlainText.Column(row.Target)).With("before", row.Before).With("after", row.After).With("result", row.Result)
        .Run(cancel).ConfigureAwait(false);

    /// <summary>One row for each id, which is added to the target.</summary>
    public static async ValueTask Insert(Session session, AuditRow row, IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var targets = string.Join(',', ids.Select(id => $"('{id}')"));
        await session.Sql($"""
            INSERT INTO audit_log (tenant_id, actor_kind, actor_id, ip, user_agent, action, target, before, after, result)
            SELECT @tenant, @kind, @actor, @ip, @agent, @action, @target || column1, @before, @after, @result FROM (VALUES {targets}) AS ids
            """)
            .With("tenant", row.Tenant.Value).With("kind", row.Actor.Kind).With("actor", row.Actor.Id).With("ip", row.Actor.Ip).With("agent", row.Actor.UserAgent)
            .With("action", row.Action).With("target", row.Target).With("before", row.Before).With("after", row.After).With("result", row.Result)
            .Run(cancel).ConfigureAwait(false);
    }

    static StoredAudit Map(Row row)
    {
        var (id, time, tenant) = (row.Long(), row.Time(), new TenantId(row.Uuid()));
        var actor = new Actor(row.Text(), row.Text(), row.Text(), row.Text());
        return new(id, time, new AuditRow
        {
            Tenant = tenant, Actor = actor, Action = row.Text(), Target = row.Text(), Before = row.TextOrNull(), After = row.TextOrNull(), Result = row.Text(),
        });
    }
}
