using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class IdempotencyStore(Database database) : IIdempotencyStore
{
    const string ByKey = "tenant_id = @tenant AND key_id = @key AND idempotency_key = @name";

    public ValueTask<StoredAnswer?> Find(TenantId tenant, string keyId, string idempotencyKey, CancellationToken cancel = default) =>
        database.One(
            $"SELECT trace_id, request_hash, response FROM idempotency_keys WHERE {ByKey} AND expires_at > {database.Dialect.Now}",
            sql => sql.With("tenant", tenant.Value).With("key", PlainText.Column(keyId)).With("name", PlainText.Column(idempotencyKey)), Answer, cancel);

    public ValueTask<int> DeleteExpired(int limit, CancellationToken cancel = default) => database.Change(
        session => session.Sql($"""
            DELETE FROM idempotency_keys WHERE (tenant_id, key_id, idempotency_key) IN
              (SELECT tenant_id, key_id, idempotency_key FROM idempotency_keys WHERE expires_at <= {database.Dialect.Now} LIMIT @limit)
              AND expires_at <= {database.Dialect.Now}
            """).With("limit", limit).Run(cancel), cancel);

    /// <summary>False: somebody else has the key, and not for longer than it is kept.</summary>
    public static async ValueTask<bool> Claim(Session session, RecordAppend append)
    {
        var claim = append.Claim!;
        return await Named(session.Sql($"""
            INSERT INTO idempotency_keys AS k (tenant_id, key_id, idempotency_key, trace_id, request_hash, response, expires_at)
            VALUES (@tenant, @key, @name, @trace, @hash, @response, @ends)
            ON CONFLICT (tenant_id, key_id, idempotency_key) DO UPDATE
              SET trace_id = excluded.trace_id, request_hash = excluded.request_hash, response = excluded.response, expires_at = excluded.expires_at
              WHERE k.expires_at <= {session.Dialect.Now}
            """), append).With("trace", append.Row.Trace.Value).With("hash", claim.RequestHash).With("response", claim.Response)
            .With("ends", claim.ExpiresAt).Run(CancellationToken.None).ConfigureAwait(false) == 1;
    }

    public static async ValueTask<StoredAnswer> Taken(Session session, RecordAppend append) =>
        await Named(session.Sql($"SELECT trace_id, request_hash, response FROM idempotency_keys WHERE {ByKey}"), append)
            .One(Answer, CancellationToken.None).ConfigureAwait(false)
        ?? throw new InvalidOperationException("An Idempotency-Key was taken and is gone.");

    public static async ValueTask GiveBack(Session session, RecordAppend append) =>
        await Named(session.Sql($"DELETE FROM idempotency_keys WHERE {ByKey} AND trace_id = @trace"), append)
            .With("trace", append.Row.Trace.Value).Run(CancellationToken.None).ConfigureAwait(false);

    public static async ValueTask GiveBack(Session session, DecisionRow row, IdempotencyRelease release) =>
        await session.Sql($"DELETE FROM idempotency_keys WHERE {ByKey} AND trace_id = @trace")
            .With("tenant", row.Tenant.Value).With("key", PlainText.Column(row.KeyId)).With("name", PlainText.Column(release.Key))
            .With("trace", release.Trace.Value).Run(CancellationToken.None).ConfigureAwait(false);

    /// <summary>Whatever key that record took.</summary>
    public static async ValueTask GiveBackOf(Session session, DecisionRow row, TraceId taken) =>
        await session.Sql("DELETE FROM idempotency_keys WHERE tenant_id = @tenant AND key_id = @key AND trace_id = @trace")
            .With("tenant", row.Tenant.Value).With("key", PlainText.Column(row.KeyId)).With("trace", taken.Value).Run(CancellationToken.None).ConfigureAwait(false);

    static Statement Named(Statement sql, RecordAppend append) => sql
        .With("tenant", append.Row.Tenant.Value).With("key", PlainText.Column(append.Row.KeyId)).With("name", PlainText.Column(append.Claim!.Key));

    static StoredAnswer Answer(Row row) => new(new(row.Uuid()), row.Bytes(), row.Bytes());
}
