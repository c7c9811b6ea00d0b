using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class Outbox(Database database) : IOutbox
{
    const string Columns = "id, tenant_id, kind, channel, subject, payload, created_at, attempts";

    /// <summary>Neither new messages of a channel nor rows of other senders.</summary>
    const string Unpaced = "(channel = '' OR kind IN ('card_update', 'slack_reply'))";

    public async ValueTask Add(IReadOnlyList<OutboxRow> rows, CancellationToken cancel = default) => await database.Change(async session =>
    {
        foreach (var row in rows)
            await Insert(session, row, cancel).ConfigureAwait(false);
        return rows.Count;
    }, cancel).ConfigureAwait(false);

    /// <summary>Looks before it locks: an idle silo writes nothing.</summary>
    public async ValueTask<IReadOnlyList<OutboxItem>> Take(int limit, TimeSpan hold, CancellationToken cancel = default)
    {
        var due = $"state = 0 AND due_at <= {database.Dialect.Now} AND {Unpaced}";
        if (await database.One($"SELECT 1 FROM outbox WHERE {due} LIMIT 1", sql => sql, row => row.Int(), cancel).ConfigureAwait(false) == 0)
            return [];
        return await database.Change(async session => await session.Sql($"""
            UPDATE outbox SET attempts = attempts + 1, due_at = {session.Dialect.NowPlus("@hold")}, changed_at = {session.Dialect.Now}
            WHERE id IN (SELECT id FROM outbox WHERE {due} ORDER BY due_at, id LIMIT @limit {session.Dialect.SkipLocked})
            RETURNING {Columns}
            """).With("hold", hold).With("limit", limit).All(Map, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<OutboxTurn>> TakeTurns(int limit, TimeSpan hold, CancellationToken cancel = default) => ChannelTurns.Take(database, limit, hold, cancel);

    public async ValueTask FanOut(OutboxItem item, IReadOnlyList<string> channels, CancellationToken cancel = default) => await database.Change(async session =>
    {
        if (await Set(session, item, DeliveryState.Done, "", TimeSpan.Zero, cancel).ConfigureAwait(false) == 0)
            return false;
        foreach (var channel in channels)
            await Insert(session, item.Row with { Channel = channel }, cancel).ConfigureAwait(false);
        return true;
    }, cancel).ConfigureAwait(false);

    public async ValueTask Done(OutboxItem item, string detail = "", CancellationToken cancel = default) =>
        await Set(item, DeliveryState.Done, detail, TimeSpan.Zero, cancel).ConfigureAwait(false);

    public async ValueTask Dropped(OutboxItem item, string detail, CancellationToken cancel = default) =>
        await Set(item, DeliveryState.Dropped, detail, TimeSpan.Zero, cancel).ConfigureAwait(false);

    public async ValueTask Failed(OutboxItem item, string detail, TimeSpan? again, CancellationToken cancel = default) =>
        await Set(item, again is null ? DeliveryState.Dead : DeliveryState.Waiting, detail, again ?? TimeSpan.Zero, cancel).ConfigureAwait(false);

    public ValueTask<int> ToldTogether(OutboxItem last, string detail, CancellationToken cancel = default) => database.Change(session => session.Sql($"""
        UPDATE outbox SET state = 1, detail = @detail, changed_at = {session.Dialect.Now}
        WHERE tenant_id = @tenant AND channel = @channel AND kind = @kind AND state = 0 AND id <= @last
        """).With("detail", detail).With("tenant", last.Row.Tenant.Value).With("channel", last.Row.Channel).With("kind", last.Row.Kind).With("last", last.Id)
        .Run(cancel), cancel);

    public ValueTask EndTurn(OutboxTurn turn, TimeSpan pause, string? error, CancellationToken cancel = default) => ChannelTurns.End(database, turn, pause, error, cancel);

    public async ValueTask<IReadOnlyList<Delivery>> Deliveries(TenantId tenant, string channel, int limit, CancellationToken cancel = default) => await database.All(
        $"SELECT {Columns}, state, detail, changed_at, due_at FROM outbox WHERE tenant_id = @tenant AND channel = @channel ORDER BY id DESC LIMIT @limit",
        sql => sql.With("tenant", tenant.Value).With("channel", channel).With("limit", Page.Size(limit)),
        row => new Delivery(Map(row), (DeliveryState)row.Small(), row.Text(), row.Time(), row.Time()), cancel).ConfigureAwait(false);

    public ValueTask<IReadOnlyList<ChannelHealth>> Health(TenantId tenant, CancellationToken cancel = default) => ChannelTurns.Health(database, tenant, cancel);

    public ValueTask<int> Clear(TimeSpan olderThan, int limit, CancellationToken cancel = default) => database.Change(session => session.Sql($"""
        DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state <> 0 AND changed_at < {session.Dialect.NowPlus("@age")} ORDER BY id LIMIT @limit)
        """).With("age", -olderThan).With("limit", limit).Run(cancel), cancel);

    public static async ValueTask Insert(Session session, OutboxRow row, CancellationToken cancel) => await session
        .Sql("INSERT INTO outbox (tenant_id, kind, channel, subject, payload) VALUES (@tenant, @kind, @channel, @subject, @payload)")
        .With("tenant", row.Tenant.Value).With("kind", row.Kind).With("channel", row.Channel).With("subject", row.Subject).With("payload", row.Payload)
        .Run(cancel).ConfigureAwait(false);

    /// <summary>An approval is over: what waits to be sent of it is not, and cards that can still be changed will say how it ended.</summary>
    public static async ValueTask Over(Session session, TenantId tenant, ApprovalId approval, CancellationToken cancel)
    {
        await session.Sql($"UPDATE outbox SET state = 3, changed_at = {session.Dialect.Now} WHERE tenant_id = @tenant AND subject = @subject AND state = 0")
            .With("tenant", tenant.Value).With("subject", approval.ToString()).Run(cancel).ConfigureAwait(false);
        await Refresh(session, tenant, approval, cancel).ConfigureAwait(false);
    }

    /// <summary>The same for many approvals of a tenant.</summary>
    public static async ValueTask Over(Session session, TenantId tenant, IReadOnlyList<ApprovalId> approvals, CancellationToken cancel)
    {
        await session.Sql($"UPDATE outbox SET state = 3, changed_at = {session.Dialect.Now} WHERE tenant_id = @tenant AND state = 0 AND subject IN ({string.Join(',', approvals.Select(id => $"'{id}'"))})")
            .With("tenant", tenant.Value).Run(cancel).ConfigureAwait(false);
        if (await session.Sql("SELECT 1 FROM slack_cards WHERE tenant_id = @tenant LIMIT 1").With("tenant", tenant.Value).One(row => row.Int(), cancel).ConfigureAwait(false) == 0)
            return;
        foreach (var approval in approvals)
            await Refresh(session, tenant, approval, cancel).ConfigureAwait(false);
    }

    /// <summary>Cards that were posted say something else now.</summary>
    public static async ValueTask Refresh(Session session, TenantId tenant, ApprovalId approval, CancellationToken cancel) => await session.Sql($$"""
        INSERT INTO outbox (tenant_id, kind, channel, subject, payload)
        SELECT tenant_id, 'card_update', channel, @subject, '{}' FROM slack_cards
        WHERE tenant_id = @tenant AND approval_id = @approval AND (uses_left IS NULL OR uses_left > 0) AND (ends_at IS NULL OR ends_at > {{session.Dialect.Now}})
        """).With("tenant", tenant.Value).With("approval", approval.Value).With("subject", approval.ToString()).Run(cancel).ConfigureAwait(false);

    ValueTask<int> Set(OutboxItem item, DeliveryState state, string detail, TimeSpan again, CancellationToken cancel) =>
        database.Change(session => Set(session, item, state, detail, again, cancel), cancel);

    static ValueTask<int> Set(Session session, OutboxItem item, DeliveryState state, string detail, TimeSpan again, CancellationToken cancel) => session.Sql($"""
        UPDATE outbox SET state = @state, detail = @detail, due_at = {session.Dialect.NowPlus("@again")}, changed_at = {session.Dialect.Now}
        WHERE tenant_id = @tenant AND id = @id AND state = 0
        """).With("state", (byte)state).With("detail", detail).With("again", again).With("tenant", item.Row.Tenant.Value).With("id", item.Id).Run(cancel);

    internal static OutboxItem Map(Row row)
    {
        var id = row.Long();
        var what = new OutboxRow(new(row.Uuid()), row.Text(), row.Text(), row.Text(), row.Text());
        return new(id, what, row.Time(), row.Int());
    }
}
