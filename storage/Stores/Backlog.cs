using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>Over all tenants on purpose: the figures are the installation's, and hold nothing of anybody's. Served by the partial indexes of what waits.</summary>
sealed class Backlog(Database database) : IBacklog
{
    public async ValueTask<BacklogCounts> Count(CancellationToken cancel = default) => await database.One(
        $"""
        SELECT (SELECT count(*) FROM approvals WHERE state = 0), count(*), COALESCE(max(-{database.Dialect.MillisecondsUntil("created_at")}), 0)
        FROM outbox WHERE state = 0
        """, sql => sql, row => new BacklogCounts(row.Long(), row.Long(), row.Milliseconds()), cancel).ConfigureAwait(false);
}
