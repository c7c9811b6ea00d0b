using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class SiloLeases(Database database) : ISiloLeases
{
    public ValueTask<LeaseReply> Renew(string silo, long cursor, TimeSpan length, CancellationToken cancel = default) => database.Change(async session =>
    {
        // The lock keeps a change from committing, and from seeing no lease, between this look at the head and the lease's own commit.
        var (head, now) = await session.Sql($"SELECT id, {database.Dialect.Now} FROM change_head {database.Dialect.ForShare}")
            .One(row => (row.Long(), row.Time()), cancel).ConfigureAwait(false);
        var live = await session.Sql($"SELECT 1 FROM silo_leases WHERE silo = @silo AND expires_at > {database.Dialect.Now}")
            .With("silo", silo).One(_ => true, cancel).ConfigureAwait(false);
        if (!live && cursor < head)
            return new LeaseReply(false, head, now);
        await session.Sql($"""
            INSERT INTO silo_leases (silo, expires_at, cursor) VALUES (@silo, {database.Dialect.NowPlus("@length")}, @cursor)
            ON CONFLICT (silo) DO UPDATE SET expires_at = excluded.expires_at, cursor = {database.Dialect.Greatest}(silo_leases.cursor, excluded.cursor)
            """).With("silo", silo).With("length", length).With("cursor", cursor).Run(cancel).ConfigureAwait(false);
        return new LeaseReply(true, head, now);
    }, cancel);

    public async ValueTask<IReadOnlyList<SiloBehind>> Behind(long changeId, CancellationToken cancel = default) => await database.All(
        $"SELECT silo, cursor, {database.Dialect.MillisecondsUntil("expires_at")} FROM silo_leases WHERE cursor < @change AND expires_at > {database.Dialect.Now}",
        sql => sql.With("change", changeId), row => new SiloBehind(row.Text(), row.Long(), row.Milliseconds()), cancel).ConfigureAwait(false);

    public async ValueTask Release(string silo, CancellationToken cancel = default) => await database.Change(
        session => session.Sql("DELETE FROM silo_leases WHERE silo = @silo").With("silo", silo).Run(cancel), cancel).ConfigureAwait(false);
}
