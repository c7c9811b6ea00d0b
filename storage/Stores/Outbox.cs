using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class Outbox(Database database) : IOutbox
{
    const string Columns = "id, tenant_id, kind, channel, subject, payload, created_at, attempts";

    public async ValueTask Add(IReadOnlyList<OutboxRow> rows, CancellationToken cancel = default) => await database.Change(async session =>
    {
        foreach (var row in rows)
            await Insert(session, row, cancel).ConfigureAwait(false);
        return rows.Count;
    }, cancel).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<OutboxItem>> Take(int limit, TimeSpan hold, CancellationToken cancel = default) => await database.Change(async session =>
        await session.Sql($"""
            UPDATE outbox SET attempts = attempts + 1, due_at = {session.Dialect.NowPlus("@hold")}, changed_at = {session.Dialect.Now}
            WHERE id IN (SELECT id FROM outbox WHERE state = 0 AND due_at <= {session.Dialect.Now} ORDER BY due_at, id LIMIT @limit {session.Dialect.SkipLocked})
            RETURNING {Columns}
            """).With("hold", hold).With("limit", limit).All(Map, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);

    public async ValueTask Done(OutboxItem item, CancellationToken cancel = default) => await Set(item, DeliveryState.Done, "", TimeSpan.Zero, cancel).ConfigureAwait(false);

    public async ValueTask Failed(OutboxItem item, string detail, TimeSpan? again, CancellationToken cancel = default) =>
        await Set(item, again is null ? DeliveryState.Dead : DeliveryState.Waiting, detail, again ?? TimeSpan.Zero, cancel).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<Delivery>> Deliveries(TenantId tenant, string channel, int limit, CancellationToken cancel = default) => await database.All(
        $"SELECT {Columns}, state, detail, changed_at FROM outbox WHERE tenant_id = @tenant AND channel = @channel ORDER BY id DESC LIMIT @limit",
        sql => sql.With("tenant", tenant.Value).With("channel", channel).With("limit", Page.Size(limit)),
        row => new Delivery(Map(row), (DeliveryState)row.Small(), row.Text(), row.Time()), cancel).ConfigureAwait(false);

    public static async ValueTask Insert(Session session, OutboxRow row, CancellationToken cancel) => await session
        .Sql("INSERT INTO outbox (tenant_id, kind, channel, subject, payload) VALUES (@tenant, @kind, @channel, @subject, @payload)")
        .With("tenant", row.Tenant.Value).With("kind", row.Kind).With("channel", row.Channel).With("subject", row.Subject).With("payload", row.Payload)
        .Run(cancel).ConfigureAwait(false);

    /// <summary>What waits for a subject that is over is not sent any more.</summary>
    public static async ValueTask Drop(Session session, TenantId tenant, string subject, CancellationToken cancel) => await session
        .Sql($"UPDATE outbox SET state = 3, changed_at = {session.Dialect.Now} WHERE tenant_id = @tenant AND subject = @subject AND state = 0")
        .With("tenant", tenant.Value).With("subject", subject).Run(cancel).ConfigureAwait(false);

    /// <summary>The same for many approvals of a tenant.</summary>
    public static async ValueTask Drop(Session session, TenantId tenant, IReadOnlyList<ApprovalId> approvals, CancellationToken cancel) => await session
        .Sql($"UPDATE outbox SET state = 3, changed_at = {session.Dialect.Now} WHERE tenant_id = @tenant AND state = 0 AND subject IN ({string.Join(',', approvals.Select(id => $"'{id}'"))})")
        .With("tenant", tenant.Value).Run(cancel).ConfigureAwait(false);

    ValueTask<int> Set(OutboxItem item, DeliveryState state, string detail, TimeSpan again, CancellationToken cancel) => database.Change(session => session.Sql($"""
        UPDATE outbox SET state = @state, detail = @detail, due_at = {session.Dialect.NowPlus("@again")}, changed_at = {session.Dialect.Now}
        WHERE tenant_id = @tenant AND id = @id AND state = 0
        """).With("state", (byte)state).With("detail", detail).With("again", again).With("tenant", item.Row.Tenant.Value).With("id", item.Id).Run(cancel), cancel);

    static OutboxItem Map(Row row)
    {
        var id = row.Long();
        var what = new OutboxRow(new(row.Uuid()), row.Text(), row.Text(), row.Text(), row.Text());
        return new(id, what, row.Time(), row.Int());
    }
}
