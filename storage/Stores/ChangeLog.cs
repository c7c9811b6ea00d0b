using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class ChangeLog(Database database) : IChangeLog
{
    public async ValueTask<IReadOnlyList<ChangeRow>> Read(long after, int limit, CancellationToken cancel = default) => await database.All(
        "SELECT id, tenant_id, kind, ref, version FROM change_log WHERE id > @after ORDER BY id LIMIT @limit",
        sql => sql.With("after", after).With("limit", limit),
        row => new ChangeRow(row.Long(), new(row.Uuid()), (ChangeKind)row.Small(), row.Text(), row.Long()), cancel).ConfigureAwait(false);

    public ValueTask<long> Head(CancellationToken cancel = default) => database.One("SELECT id FROM change_head", sql => sql, row => row.Long(), cancel);

    /// <summary>
    /// The last statement of a change. A sequence could show 8 before 7 has committed; the counter row is locked until the commit, so numbers
    /// become visible in their order.
    /// </summary>
    public static async ValueTask<long> Note(Session session, TenantId tenant, ChangeKind kind, string reference, long version, CancellationToken cancel)
    {
        var id = await session.Sql("UPDATE change_head SET id = id + 1 RETURNING id").One(row => row.Long(), cancel).ConfigureAwait(false);
        await session.Sql("INSERT INTO change_log (id, tenant_id, kind, ref, version) VALUES (@id, @tenant, @kind, @ref, @version)")
            .With("id", id).With("tenant", tenant.Value).With("kind", (byte)kind).With("ref", PlainText.Storable(reference)).With("version", version)
            .Run(cancel).ConfigureAwait(false);
        return id;
    }

    /// <summary>Audit row and change-log row of a change that was just made, and its reply.</summary>
    public static async ValueTask<Changed<T>> Done<T>(
        Session session, AuditRow audit, ChangeKind kind, string reference, long version, T value, CancellationToken cancel)
    {
        await AuditLog.Insert(session, audit, cancel).ConfigureAwait(false);
        return new(ChangeOutcome.Done, await Note(session, audit.Tenant, kind, reference, version, cancel).ConfigureAwait(false), value);
    }
}
