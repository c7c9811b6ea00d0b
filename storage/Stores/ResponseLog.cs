using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class ResponseLog(Database database) : IResponseLog
{
    public async ValueTask<bool> Append(ResponseRow row, CancellationToken cancel = default) => await database.Change(session => session.Sql("""
        INSERT INTO response_records (tenant_id, trace_id, time, data_classes, redacted, status, fingerprint, canonical)
        SELECT d.tenant_id, d.trace_id, @time, @classes, @redacted, @status, @fingerprint, @canonical
        FROM decision_records d WHERE d.tenant_id = @tenant AND d.trace_id = @trace LIMIT 1
        """).With("tenant", row.Tenant.Value).With("trace", row.Trace.Value).With("time", row.Time).With("classes", (byte)row.Classes)
        .With("redacted", row.Redacted).With("status", row.Status).With("fingerprint", row.Fingerprint).With("canonical", row.Canonical)
        .Run(cancel), cancel).ConfigureAwait(false) == 1;

    public async ValueTask<IReadOnlyList<ResponseRow>> Of(TenantId tenant, IReadOnlyList<TraceId> traces, CancellationToken cancel = default)
    {
        var found = new List<ResponseRow>();
        await using var session = await database.Read(cancel).ConfigureAwait(false);
        foreach (var trace in traces)
            found.AddRange(await session.Sql("""
                SELECT tenant_id, trace_id, time, data_classes, redacted, status, fingerprint, canonical FROM response_records
                WHERE tenant_id = @tenant AND trace_id = @trace ORDER BY id
                """).With("tenant", tenant.Value).With("trace", trace.Value).All(Map, cancel).ConfigureAwait(false));
        return found;
    }

    static ResponseRow Map(Row row) => new(
        new(row.Uuid()), new(row.Uuid()), row.Time(), (DataClasses)row.Small(), row.Int(), row.Int(), row.Bytes(), row.Bytes());
}
