using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class DocumentStore(Database database) : IDocumentStore
{
    internal const string Columns = "tenant_id, kind, id, name, content, sealed, version, created_at, changed_at";
    const string ById = "tenant_id = @tenant AND kind = @kind AND id = @id";

    public ValueTask<TenantDocument?> Find(TenantId tenant, string kind, string id, CancellationToken cancel = default) => database.One(
        $"SELECT {Columns} FROM tenant_documents WHERE {ById}", sql => Named(sql, tenant, kind, id), Map, cancel);

    public async ValueTask<IReadOnlyList<TenantDocument>> List(TenantId tenant, string kind, CancellationToken cancel = default) => await database.All(
        $"SELECT {Columns} FROM tenant_documents WHERE tenant_id = @tenant AND kind = @kind ORDER BY name",
        sql => sql.With("tenant", tenant.Value).With("kind", kind), Map, cancel).ConfigureAwait(false);

    public ValueTask<Changed<TenantDocument>> Create(NewDocument document, AuditRow audit, CancellationToken cancel = default) =>
        database.Change(session => Create(session, document, audit, cancel), cancel);

    internal static async ValueTask<Changed<TenantDocument>> Create(Session session, NewDocument document, AuditRow audit, CancellationToken cancel)
    {
        var row = await Valued(session.Sql($"""
            INSERT INTO tenant_documents (tenant_id, kind, id, name, content, sealed) VALUES (@tenant, @kind, @id, @name, @content, @sealed)
            ON CONFLICT DO NOTHING RETURNING {Columns}
            """), document).One(Map, cancel).ConfigureAwait(false);
        return row is null ? new Changed<TenantDocument>(ChangeOutcome.Conflict, null, null) : await Done(session, row, audit, cancel).ConfigureAwait(false);
    }

    public ValueTask<Changed<TenantDocument>> Update(NewDocument document, long expectedVersion, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var row = await Valued(session.Sql($"""
            UPDATE tenant_documents SET name = @name, content = @content, sealed = coalesce(@sealed, sealed), version = version + 1, changed_at = {session.Dialect.Now}
            WHERE {ById} AND version = @version
              AND NOT EXISTS (SELECT 1 FROM tenant_documents o WHERE o.tenant_id = @tenant AND o.kind = @kind AND o.name = @name AND o.id <> @id)
            RETURNING {Columns}
            """), document).With("version", expectedVersion).One(Map, cancel).ConfigureAwait(false);
        if (row is not null)
            return await Done(session, row, audit, cancel).ConfigureAwait(false);
        var now = await Named(session.Sql($"SELECT {Columns} FROM tenant_documents WHERE {ById}"), document.Tenant, document.Kind, document.Id)
            .One(Map, cancel).ConfigureAwait(false);
        return new Changed<TenantDocument>(now is null ? ChangeOutcome.NotFound : ChangeOutcome.Conflict, null, now);
    }, cancel);

    public ValueTask<Changed<TenantDocument>> Delete(TenantId tenant, string kind, string id, AuditRow audit, CancellationToken cancel = default) =>
        database.Change(session => Delete(session, tenant, kind, id, audit, cancel), cancel);

    internal static async ValueTask<Changed<TenantDocument>> Delete(Session session, TenantId tenant, string kind, string id, AuditRow audit, CancellationToken cancel)
    {
        var row = await Named(session.Sql($"DELETE FROM tenant_documents WHERE {ById} RETURNING {Columns}"), tenant, kind, id).One(Map, cancel).ConfigureAwait(false);
        return row is null ? new Changed<TenantDocument>(ChangeOutcome.NotFound, null, null) : await Done(session, row, audit, cancel).ConfigureAwait(false);
    }

    static ValueTask<Changed<TenantDocument>> Done(Session session, TenantDocument row, AuditRow audit, CancellationToken cancel) =>
        ChangeLog.Done(session, audit, ChangeKind.Document, $"{row.Document.Kind}/{row.Document.Id}", row.Version, row, cancel);

    static Statement Valued(Statement sql, NewDocument document) => Named(sql, document.Tenant, document.Kind, document.Id)
        .With("name", document.Name).With("content", document.Json).With("sealed", document.Sealed);

    static Statement Named(Statement sql, TenantId tenant, string kind, string id) => sql.With("tenant", tenant.Value).With("kind", kind).With("id", id);

    internal static TenantDocument Map(Row row) => new(
        new(new(row.Uuid()), row.Text(), row.Text(), row.Text(), row.Text(), row.BytesOrNull()), row.Long(), row.Time(), row.Time());
}
