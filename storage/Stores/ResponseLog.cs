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

    public async ValueTask<IReadOnlyList<ResponseRow>> Of(TenantId tenant, IReadOnlyList<TraceId> traces, CancellationToken cancel = default) => await database.All($"""
        SELECT tenant_id, trace_id, time, data_classes, redacted, status, fingerprint, canonical FROM response_records
        WHERE tenant_id = @tenant AND {database.Dialect.AnyOf("trace_id", "@traces")} ORDER BY id
        """, sql => sql.With("tenant", tenant.Value).With("traces", Ids(traces)), Map, cancel).ConfigureAwait(false);

    public async ValueTask<IReadOnlyDictionary<TraceId, DataClasses>> ClassesOf(TenantId tenant, IReadOnlyList<TraceId> traces, CancellationToken cancel = default)
    {
        await using var session = await database.Export(cancel).ConfigureAwait(false);
        var rows = await session.Sql($"SELECT trace_id, data_classes FROM response_records WHERE tenant_id = @tenant AND {session.Dialect.AnyOf("trace_id", "@traces")}")
            .With("tenant", tenant.Value).With("traces", Ids(traces)).All(row => (Trace: new TraceId(row.Uuid()), Classes: (DataClasses)row.Small()), cancel).ConfigureAwait(false);
        return rows.GroupBy(row => row.Trace).ToDictionary(group => group.Key, group => group.Aggregate(DataClasses.None, (all, row) => all | row.Classes));
    }

    static Guid[] Ids(IReadOnlyList<TraceId> traces) => [.. traces.Select(trace => trace.Value)];

    static ResponseRow Map(Row row) => new(
        new(row.Uuid()), new(row.Uuid()), row.Time(), (DataClasses)row.Small(), row.Int(), row.Int(), row.Bytes(), row.Bytes());
}
