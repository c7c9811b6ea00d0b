using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>The conditional statements that decide over an approval; each runs in somebody's transaction.</summary>
static class ApprovalSteps
{
    /// <summary>Nobody can need the call any more (ruling 17).</summary>
    public const string Cleared = "sealed_call = NULL, sealed_edit = NULL";

    const string ById = "tenant_id = @tenant AND approval_id = @approval";

    public static async ValueTask<ApprovalOpened> Open(Session session, ApprovalOpening opening, CancellationToken cancel)
    {
        // Twice around at most: a pending one that is past its end makes way, and one that ended between two statements is gone.
        for (var tries = 0; tries < 4; tries++)
        {
            if (await Insert(session, opening, cancel).ConfigureAwait(false))
                return new(opening.Approval, IsNew: true);
            var pending = await session.Sql($"""
                SELECT approval_id, CASE WHEN expires_at > {session.Dialect.Now} THEN 1 ELSE 0 END FROM approvals
                WHERE tenant_id = @tenant AND signature = @signature AND state = 0
                """).With("tenant", opening.Tenant.Value).With("signature", opening.Signature)
                .One(row => ((ApprovalId Approval, bool Live)?)(new ApprovalId(row.Uuid()), row.Int() == 1), cancel).ConfigureAwait(false);
            if (pending is { Live: true } live)
                return new(live.Approval, IsNew: false);
            if (pending is { } over)
                await Expire(session, opening.Tenant, over.Approval, cancel).ConfigureAwait(false);
        }
        throw new InvalidOperationException("An approval could neither be opened nor joined.");
    }

    /// <summary>Null: it is not pending any more, was changed since, or is past its end.</summary>
    public static ValueTask<ApprovalRow?> Change(
        Session session, TenantId tenant, ApprovalId approval, int expectedVersion, ApprovalChange change, CancellationToken cancel)
    {
        var now = session.Dialect.Now;
        var inTime = change.State switch
        {
            ApprovalState.Expired => $"expires_at <= {now}",
            ApprovalState.Withdrawn => "1 = 1",
            _ => $"expires_at > {now}",
        };
        var edit = change.State is ApprovalState.Pending or ApprovalState.Approved ? " sealed_edit = coalesce(@edit, sealed_edit)," : "";
        return session.Sql($"""
            UPDATE approvals SET version = version + 1, votes = @votes, note = @note, sealed_edit_view = coalesce(@edit_view, sealed_edit_view),{edit} {After(session.Dialect, change.State)}
            WHERE {ById} AND state = 0 AND version = @version AND {inTime} RETURNING {ApprovalColumns.All}
            """).With("votes", change.VotesJson).With("by", change.DecidedBy).With("note", change.Note).With("edit", change.SealedEdit).With("edit_view", change.SealedEditView)
            .With("tenant", tenant.Value).With("approval", approval.Value).With("version", expectedVersion)
            .One(ApprovalColumns.Read, cancel);
    }

    /// <summary>The sealed call stays for a moment after the last use (<see cref="Spent"/>): should the record's answer be refused, the use is given back.</summary>
    public static async ValueTask<bool> TakeUse(Session session, TenantId tenant, ApprovalId approval, CancellationToken cancel) => await session.Sql($"""
        UPDATE approvals SET uses_left = uses_left - 1, version = version + 1, last_used_at = {session.Dialect.Now}
        WHERE {ById} AND state = 1 AND uses_left > 0 AND window_ends_at > {session.Dialect.Now}
        """).With("tenant", tenant.Value).With("approval", approval.Value).Run(cancel).ConfigureAwait(false) == 1;

    /// <summary>The answer of the record that took it was refused. What has no sealed call any more was revoked or is over, and stays so.</summary>
    public static async ValueTask ReturnUse(Session session, TenantId tenant, ApprovalId approval, CancellationToken cancel) => await session.Sql($"""
        UPDATE approvals SET uses_left = uses_left + 1, version = version + 1 WHERE {ById} AND state = 1 AND uses_left < grant_uses AND sealed_call IS NOT NULL
        """).With("tenant", tenant.Value).With("approval", approval.Value).Run(cancel).ConfigureAwait(false);

    /// <summary>All of a grant's uses have been taken, and so long ago that none comes back.</summary>
    public static string Spent(Dialect dialect) => $"uses_left = 0 AND last_used_at <= {dialect.NowPlus("-60000")}";

    /// <summary>Another call is told to wait for it too. False: it is not pending any more.</summary>
    public static async ValueTask<bool> Join(Session session, TenantId tenant, ApprovalId approval, CancellationToken cancel) =>
        await session.Sql($"UPDATE approvals SET joined = true WHERE {ById} AND state = 0").With("tenant", tenant.Value).With("approval", approval.Value).Run(cancel).ConfigureAwait(false) == 1;

    /// <summary>Where nobody but the caller that was refused has been told to wait for it.</summary>
    public static async ValueTask Withdraw(Session session, TenantId tenant, ApprovalId approval, CancellationToken cancel)
    {
        var changed = await session.Sql($"UPDATE approvals SET version = version + 1, {After(session.Dialect, ApprovalState.Withdrawn)} WHERE {ById} AND state = 0 AND NOT joined")
            .With("tenant", tenant.Value).With("approval", approval.Value).With("by", Actor.System.Id).Run(cancel).ConfigureAwait(false);
        if (changed == 1)
            await Outbox.Over(session, tenant, approval, cancel).ConfigureAwait(false);
    }

    public static async ValueTask<ApprovalRow?> Expire(Session session, TenantId tenant, ApprovalId approval, CancellationToken cancel)
    {
        var row = await session.Sql($"""
            UPDATE approvals SET version = version + 1, {After(session.Dialect, ApprovalState.Expired)}
            WHERE {ById} AND state = 0 AND expires_at <= {session.Dialect.Now} RETURNING {ApprovalColumns.All}
            """).With("tenant", tenant.Value).With("approval", approval.Value).With("by", Actor.System.Id).One(ApprovalColumns.Read, cancel).ConfigureAwait(false);
        if (row is null)
            return null;
        await Outbox.Over(session, tenant, approval, cancel).ConfigureAwait(false);
        await AuditLog.Insert(session, new AuditRow
        {
            Tenant = tenant, Actor = Actor.System, Action = "approval.expired", Target = $"approval/{approval}",
        }, cancel).ConfigureAwait(false);
        return row;
    }

    /// <summary>All that is due, up to a limit, in three statements and one more for each further tenant: a thousand that end together must not take a thousand round trips.</summary>
    public static async ValueTask<List<ApprovalRow>> ExpireDue(Session session, int limit, CancellationToken cancel)
    {
        var now = session.Dialect.Now;
        var expired = await session.Sql($"""
            UPDATE approvals SET version = version + 1, {After(session.Dialect, ApprovalState.Expired)} WHERE state = 0 AND (tenant_id, approval_id) IN
              (SELECT tenant_id, approval_id FROM approvals WHERE state = 0 AND expires_at <= {now} ORDER BY expires_at LIMIT @limit {session.Dialect.SkipLocked})
            RETURNING {ApprovalColumns.Listed}
            """).With("by", Actor.System.Id).With("limit", limit).All(ApprovalColumns.Read, cancel).ConfigureAwait(false);
        foreach (var ofTenant in expired.GroupBy(row => row.Opening.Tenant))
        {
            var ids = ofTenant.Select(row => row.Opening.Approval).ToList();
            await Outbox.Over(session, ofTenant.Key, ids, cancel).ConfigureAwait(false);
            await AuditLog.Insert(session, new AuditRow
            {
                Tenant = ofTenant.Key, Actor = Actor.System, Action = "approval.expired", Target = "approval/",
            }, ids.Select(id => id.Value), cancel).ConfigureAwait(false);
        }
        return expired;
    }

    /// <summary>The columns that follow from the state alone. The sealed call stays only while somebody may still need it (ruling 17).</summary>
    static string After(Dialect dialect, ApprovalState state)
    {
        var decided = $"state = {(int)state}, decided_at = {dialect.Now}, decided_by = @by";
        return state switch
        {
            ApprovalState.Pending => "state = 0",
            ApprovalState.Approved => $"{decided}, uses_left = grant_uses, window_ends_at = {dialect.NowPlus("grant_window_ms")}",
            ApprovalState.Denied => $"{decided}, window_ends_at = {dialect.NowPlus("deny_window_ms")}, {Cleared}",
            _ => $"{decided}, {Cleared}",
        };
    }

    static async ValueTask<bool> Insert(Session session, ApprovalOpening opening, CancellationToken cancel) => await ApprovalColumns.With(session.Sql($"""
        INSERT INTO approvals (tenant_id, approval_id, signature, trace_id, env, key_id, agent_id, tool, operation, risk_band, sentence, required, approver_group,
          grant_uses, grant_window_ms, deny_window_ms, policy_id, policy_version, rule_id, sealed_call, sealed_view, escalate_to, opened_at, expires_at)
        VALUES (@tenant, @approval, @signature, @trace, @env, @key, @agent, @tool, @operation, @band, @sentence, @required, @group,
          @uses, @grant_window, @deny_window, @policy, @policy_version, @rule, @call, @view, @escalate_to, {session.Dialect.Now}, {session.Dialect.NowPlus("@life")})
        ON CONFLICT (tenant_id, signature) WHERE state = 0 DO NOTHING
        """), opening).Run(cancel).ConfigureAwait(false) == 1;
}
