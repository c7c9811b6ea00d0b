using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class ApprovalStore(Database database) : IApprovalStore
{
    const string ById = "tenant_id = @tenant AND approval_id = @approval";

    readonly SharedReads<(TenantId Tenant, ApprovalId Approval), ApprovalRow> glances = new(asked => GlanceAt(database, asked), TimeSpan.FromSeconds(30));

    public ValueTask<ApprovalOpened> Open(ApprovalOpening opening, IReadOnlyList<OutboxRow> outbox, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var opened = await ApprovalSteps.Open(session, opening, cancel).ConfigureAwait(false);
        if (!opened.IsNew)
            return opened;
        foreach (var row in outbox)
            await Outbox.Insert(session, row, cancel).ConfigureAwait(false);
        await AuditLog.Insert(session, audit, cancel).ConfigureAwait(false);
        return opened;
    }, cancel);

    public ValueTask<ApprovalRow?> Find(TenantId tenant, ApprovalId approval, CancellationToken cancel = default) => database.One(
        $"SELECT {ApprovalColumns.All} FROM approvals WHERE {ById}",
        sql => sql.With("tenant", tenant.Value).With("approval", approval.Value), ApprovalColumns.Read, cancel);

    public Task<ApprovalRow?> Glance(TenantId tenant, ApprovalId approval) => glances.Of((tenant, approval));

    public ValueTask<ApprovalRow?> FindCurrent(TenantId tenant, byte[] signature, CancellationToken cancel = default)
    {
        var now = database.Dialect.Now;
        return database.One($"""
            SELECT {ApprovalColumns.All} FROM approvals WHERE tenant_id = @tenant AND signature = @signature
              AND (state = 0 AND expires_at > {now} OR state = 1 AND uses_left > 0 AND window_ends_at > {now} OR state = 2 AND window_ends_at > {now})
            ORDER BY approval_id DESC LIMIT 1
            """, sql => sql.With("tenant", tenant.Value).With("signature", signature), ApprovalColumns.Read, cancel);
    }

    public async ValueTask<IReadOnlyList<ApprovalRow>> List(TenantId tenant, ApprovalFilter filter, CancellationToken cancel = default)
    {
        var where = new Where("tenant_id = @tenant").And(filter.State, "state = @state").And(filter.AgentId, "agent_id = @agent")
            .And(filter.Tool, "tool = @tool").And(filter.Operation, "operation = @operation").And(filter.Ended, "state <> 0")
            .And(filter.Before, "approval_id < @before")
            .And(filter.Granted, $"state = 1 AND uses_left > 0 AND window_ends_at > {database.Dialect.Now}");
        return await database.All(
            $"SELECT {ApprovalColumns.Listed} FROM approvals WHERE {where} ORDER BY approval_id DESC LIMIT @limit",
            sql => sql.With("tenant", tenant.Value).With("state", (byte)(filter.State ?? 0)).With("agent", filter.AgentId)
                .With("tool", filter.Tool).With("operation", filter.Operation).With("before", filter.Before?.Value).With("limit", Page.Size(filter.Limit)),
            ApprovalColumns.Read, cancel).ConfigureAwait(false);
    }

    public ValueTask<ApprovalRow?> Change(TenantId tenant, ApprovalId approval, int expectedVersion, ApprovalChange change, CancellationToken cancel = default) =>
        database.Change(async session =>
        {
            var row = await ApprovalSteps.Change(session, tenant, approval, expectedVersion, change, cancel).ConfigureAwait(false);
            if (row is null)
                return null;
            if (row.State != ApprovalState.Pending)
                await Outbox.Over(session, tenant, approval, cancel).ConfigureAwait(false);
            else
                await Outbox.Refresh(session, tenant, approval, cancel).ConfigureAwait(false);
            foreach (var one in change.Outbox)
                await Outbox.Insert(session, one, cancel).ConfigureAwait(false);
            await AuditLog.Insert(session, change.Audit, cancel).ConfigureAwait(false);
            return row;
        }, cancel);

    public ValueTask<ApprovalRow?> RevokeGrant(TenantId tenant, ApprovalId approval, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var row = await session.Sql($"""
            UPDATE approvals SET uses_left = 0, window_ends_at = {session.Dialect.Now}, version = version + 1, {ApprovalSteps.Cleared}
            WHERE {ById} AND state = 1 AND uses_left > 0 AND window_ends_at > {session.Dialect.Now} RETURNING {ApprovalColumns.All}
            """).With("tenant", tenant.Value).With("approval", approval.Value).One(ApprovalColumns.Read, cancel).ConfigureAwait(false);
        if (row is not null)
            await AuditLog.Insert(session, audit, cancel).ConfigureAwait(false);
        else
            // Used up: nor does a use come back whose answer may be refused yet.
            await session.Sql($"UPDATE approvals SET {ApprovalSteps.Cleared} WHERE {ById} AND state = 1 AND uses_left = 0")
                .With("tenant", tenant.Value).With("approval", approval.Value).Run(cancel).ConfigureAwait(false);
        return row;
    }, cancel);

    /// <summary>Looks before it locks, as everything that comes every second: the one writer of an embedded store is not held up for nothing.</summary>
    public async ValueTask<IReadOnlyList<ApprovalRow>> ExpireDue(int limit, CancellationToken cancel = default) =>
        await Any($"state = 0 AND expires_at <= {database.Dialect.Now}", cancel).ConfigureAwait(false)
            ? await database.Change(session => ApprovalSteps.ExpireDue(session, limit, cancel), cancel).ConfigureAwait(false)
            : [];

    public async ValueTask<IReadOnlyList<(TenantId Tenant, ApprovalId Approval)>> EndedWithin(TimeSpan time, CancellationToken cancel = default) => await database.All(
        $"SELECT tenant_id, approval_id FROM approvals WHERE decided_at > {database.Dialect.NowPlus("@back")}",
        sql => sql.With("back", -time), row => (new TenantId(row.Uuid()), new ApprovalId(row.Uuid())), cancel).ConfigureAwait(false);

    public async ValueTask<int> ClearLapsed(int limit, CancellationToken cancel = default)
    {
        var lapsed = $"state = 1 AND sealed_call IS NOT NULL AND (window_ends_at <= {database.Dialect.Now} OR {ApprovalSteps.Spent(database.Dialect)})";
        if (!await Any(lapsed, cancel).ConfigureAwait(false))
            return 0;
        return await database.Change(session => session.Sql($"""
            UPDATE approvals SET {ApprovalSteps.Cleared} WHERE (tenant_id, approval_id) IN (SELECT tenant_id, approval_id FROM approvals WHERE {lapsed} LIMIT @limit)
            """).With("limit", limit).Run(cancel), cancel).ConfigureAwait(false);
    }

    /// <summary>Without the sealed parts.</summary>
    static async Task<Dictionary<(TenantId, ApprovalId), ApprovalRow>> GlanceAt(Database database, IReadOnlyList<(TenantId Tenant, ApprovalId Approval)> asked)
    {
        var found = new Dictionary<(TenantId, ApprovalId), ApprovalRow>();
        foreach (var ofTenant in asked.GroupBy(one => one.Tenant, one => one.Approval.Value))
            foreach (var row in await database.All(
                $"SELECT {ApprovalColumns.Listed} FROM approvals WHERE tenant_id = @tenant AND {database.Dialect.AnyOf("approval_id", "@approvals")}",
                sql => sql.With("tenant", ofTenant.Key.Value).With("approvals", [.. ofTenant]), ApprovalColumns.Read, CancellationToken.None).ConfigureAwait(false))
                found[(ofTenant.Key, row.Opening.Approval)] = row;
        return found;
    }

    /// <summary>Of all tenants.</summary>
    async ValueTask<bool> Any(string condition, CancellationToken cancel) =>
        await database.One($"SELECT 1 FROM approvals WHERE {condition} LIMIT 1", sql => sql, row => row.Int(), cancel).ConfigureAwait(false) == 1;
}
