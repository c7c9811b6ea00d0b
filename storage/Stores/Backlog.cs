using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>Over all tenants on purpose: the figures are the installation's, and hold nothing of anybody's. Served by the partial indexes of what waits.</summary>
sealed class Backlog(Database database) : IBacklog
{
    public async ValueTask<BacklogCounts> Count(CancellationToken cancel = default)
    {
        var (approvals, messages, outboxLag) = await database.One(
            $"""
            SELECT (SELECT count(*) FROM approvals WHERE state = 0), count(*), COALESCE(max(-{database.Dialect.MillisecondsUntil("created_at")}), 0)
            FROM outbox WHERE state = 0
            """, sql => sql, row => (row.Long(), row.Long(), row.Milliseconds()), cancel).ConfigureAwait(false);
        // One look into an index for each sink that is behind.
        var (records, sinkLag, paused) = await database.One(
            $"""
            SELECT CAST(COALESCE(sum(CASE WHEN c.paused THEN 0 ELSE h.seq - c.seq END), 0) AS bigint),
              COALESCE(max(CASE WHEN c.paused OR h.seq <= c.seq THEN 0 ELSE (SELECT -{database.Dialect.MillisecondsUntil("d.time")} FROM decision_records d
                WHERE d.tenant_id = c.tenant_id AND d.seq > c.seq ORDER BY d.seq LIMIT 1) END), 0),
              COALESCE(sum(CASE WHEN c.paused THEN 1 ELSE 0 END), 0)
            FROM sink_cursors c JOIN tenant_head h ON h.tenant_id = c.tenant_id
            """, sql => sql, row => (row.Long(), row.Milliseconds(), row.Long()), cancel).ConfigureAwait(false);
        return new(approvals, messages, outboxLag, records, sinkLag > TimeSpan.Zero ? sinkLag : TimeSpan.Zero, paused);
    }
}
