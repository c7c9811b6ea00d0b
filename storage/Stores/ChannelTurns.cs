using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>Whose turn it is to be sent to: one message at a time for each channel, however many silos look.</summary>
static class ChannelTurns
{
    const string Paced = "state = 0 AND channel <> '' AND kind IN ('approval_card', 'decision_alert', 'incident_alert')";

    public static async ValueTask<IReadOnlyList<OutboxTurn>> Take(Database database, int limit, TimeSpan hold, CancellationToken cancel)
    {
        var due = $"{Paced} AND due_at <= {database.Dialect.Now}";
        // Looks before it locks: an idle silo writes nothing, and neither does one whose channels must wait.
        var ready = $"""
            SELECT DISTINCT o.tenant_id, o.channel FROM outbox o LEFT JOIN channel_turns t ON t.tenant_id = o.tenant_id AND t.channel = o.channel
            WHERE o.state = 0 AND o.channel <> '' AND o.kind IN ('approval_card', 'decision_alert', 'incident_alert') AND o.due_at <= {database.Dialect.Now}
              AND (t.next_at IS NULL OR t.next_at <= {database.Dialect.Now}) ORDER BY o.tenant_id, o.channel LIMIT @limit
            """;
        var found = await database.All(ready, sql => sql.With("limit", limit), row => (Tenant: row.Uuid(), Channel: row.Text()), cancel).ConfigureAwait(false);
        var turns = new List<OutboxTurn>(found.Count);
        foreach (var (tenant, channel) in found)
            if (await database.Change(session => TakeOne(session, tenant, channel, due, hold, cancel), cancel).ConfigureAwait(false) is { } turn)
                turns.Add(turn);
        return turns;
    }

    public static async ValueTask End(Database database, OutboxTurn turn, TimeSpan pause, string? error, CancellationToken cancel) => await database.Change(session => session.Sql($"""
        UPDATE channel_turns SET next_at = {session.Dialect.NowPlus("@pause")},
          failures = CASE WHEN @state = 0 THEN failures WHEN @state = 1 THEN 0 ELSE failures + 1 END,
          last_error = CASE WHEN @state = 0 THEN last_error ELSE @error END,
          last_delivered_at = CASE WHEN @state = 1 THEN {session.Dialect.Now} ELSE last_delivered_at END
        WHERE tenant_id = @tenant AND channel = @channel
        """).With("pause", pause).With("state", error switch { null => 0, "" => 1, _ => 2 }).With("error", error ?? "")
        .With("tenant", turn.Item.Row.Tenant.Value).With("channel", turn.Item.Row.Channel).Run(cancel), cancel).ConfigureAwait(false);

    public static async ValueTask<IReadOnlyList<ChannelHealth>> Health(Database database, TenantId tenant, CancellationToken cancel) => await database.All($"""
        SELECT channel, failures, last_error, last_delivered_at,
          CAST((SELECT count(*) FROM outbox o WHERE o.tenant_id = t.tenant_id AND o.channel = t.channel AND o.state = 0) AS integer)
        FROM channel_turns t WHERE tenant_id = @tenant
        """, sql => sql.With("tenant", tenant.Value), row => new ChannelHealth(row.Text(), row.Int(), row.Text(), row.TimeOrNull(), row.Int()), cancel).ConfigureAwait(false);

    static async ValueTask<OutboxTurn?> TakeOne(Session session, Guid tenant, string channel, string due, TimeSpan hold, CancellationToken cancel)
    {
        var failures = await session.Sql($"""
            INSERT INTO channel_turns AS t (tenant_id, channel, next_at) VALUES (@tenant, @channel, {session.Dialect.NowPlus("@hold")})
            ON CONFLICT (tenant_id, channel) DO UPDATE SET next_at = excluded.next_at WHERE t.next_at <= {session.Dialect.Now}
            RETURNING failures
            """).With("tenant", tenant).With("channel", channel).With("hold", hold).One(row => (int?)row.Int(), cancel).ConfigureAwait(false);
        if (failures is not { } since)
            return null;
        var item = await session.Sql($"""
            UPDATE outbox SET attempts = attempts + 1, due_at = {session.Dialect.NowPlus("@hold")}, changed_at = {session.Dialect.Now}
            WHERE id = (SELECT id FROM outbox WHERE tenant_id = @tenant AND channel = @channel AND {due} ORDER BY due_at, id LIMIT 1 {session.Dialect.SkipLocked})
            RETURNING id, tenant_id, kind, channel, subject, payload, created_at, attempts
            """).With("tenant", tenant).With("channel", channel).With("hold", hold).One(Outbox.Map, cancel).ConfigureAwait(false);
        if (item is null)
        {
            // Sent by somebody else since the look.
            await session.Sql($"UPDATE channel_turns SET next_at = {session.Dialect.Now} WHERE tenant_id = @tenant AND channel = @channel")
                .With("tenant", tenant).With("channel", channel).Run(cancel).ConfigureAwait(false);
            return null;
        }
        var waiting = await session.Sql($"""
            SELECT kind, CAST(count(*) AS integer), max(id) FROM outbox WHERE tenant_id = @tenant AND channel = @channel AND {Paced} GROUP BY kind
            """).With("tenant", tenant).With("channel", channel)
            .All(row => new WaitingKind(row.Text(), row.Int(), row.Long()), cancel).ConfigureAwait(false);
        return new(item, waiting, since);
    }
}
