using System.Text.Json.Nodes;
using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class IdempotencyStore(Database database) : IIdempotencyStore
{
    const string ByKey = "tenant_id = @tenant AND key_id = @key AND idempotency_key = @name";

    const string Columns = "trace_id, request_hash, response";

    /// <summary>All but a few are asked for the first time, and are in no table.</summary>
    readonly SharedReads<(Guid Tenant, string KeyId, string Name), bool> known = new(asked => Known(database, asked), TimeSpan.FromSeconds(1));

    public async ValueTask<StoredAnswer?> Tell(TenantId tenant, string keyId, string idempotencyKey, CancellationToken cancel = default)
    {
        Statement With(Statement sql) => Named(sql, tenant, keyId, idempotencyKey);
        if (database.IsRemote && !await known.Of((tenant.Value, PlainText.Column(keyId), PlainText.Column(idempotencyKey))).ConfigureAwait(false))
            return null;
        var kept = $"{ByKey} AND expires_at > {database.Dialect.Now}";
        if (await database.One($"SELECT told, {Columns} FROM idempotency_keys WHERE {kept}", With, row => (IsTold: row.Flag(), Answer: Answer(row)), cancel).ConfigureAwait(false) is not { Answer: not null } found)
            return null;
        // Written once for each key that is repeated at all: whoever undoes the record and whoever is told of it meet on this row.
        return found.IsTold
            ? found.Answer
            : await database.Change(session => With(session.Sql($"UPDATE idempotency_keys SET told = true WHERE {kept} RETURNING {Columns}")).One(Answer, cancel), cancel).ConfigureAwait(false);
    }

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
              SET trace_id = excluded.trace_id, request_hash = excluded.request_hash, response = excluded.response, expires_at = excluded.expires_at, told = false
              WHERE k.expires_at <= {session.Dialect.Now}
            """), append).With("trace", append.Row.Trace.Value).With("hash", claim.RequestHash).With("response", claim.Response)
            .With("ends", claim.ExpiresAt).Run(CancellationToken.None).ConfigureAwait(false) == 1;
    }

    /// <summary>What whoever lost the key is told.</summary>
    public static async ValueTask<StoredAnswer> Taken(Session session, RecordAppend append) =>
        await Named(session.Sql($"UPDATE idempotency_keys SET told = true WHERE {ByKey} RETURNING {Columns}"), append)
            .One(Answer, CancellationToken.None).ConfigureAwait(false)
        ?? throw new InvalidOperationException("An Idempotency-Key was taken and is gone.");

    public static async ValueTask GiveBack(Session session, RecordAppend append) =>
        await Named(session.Sql($"DELETE FROM idempotency_keys WHERE {ByKey} AND trace_id = @trace"), append)
            .With("trace", append.Row.Trace.Value).Run(CancellationToken.None).ConfigureAwait(false);

    /// <summary>Gives the key of a refused answer back. False: a repeat has been told that answer, which therefore stands.</summary>
    public static async ValueTask<bool> GiveBack(Session session, DecisionRow row, IdempotencyRelease release)
    {
        Statement Claimed(string sql) => Named(session.Sql(sql), row.Tenant, row.KeyId, release.Key).With("trace", release.Trace.Value);
        // A repeat that is being told at this moment is waited for by the first statement, and seen by the second.
        return await Claimed($"DELETE FROM idempotency_keys WHERE {ByKey} AND trace_id = @trace AND NOT told").Run(CancellationToken.None).ConfigureAwait(false) == 1
            || !await Claimed($"SELECT 1 FROM idempotency_keys WHERE {ByKey} AND trace_id = @trace").One(_ => true, CancellationToken.None).ConfigureAwait(false);
    }

    static async Task<Dictionary<(Guid, string, string), bool>> Known(Database database, IReadOnlyList<(Guid Tenant, string KeyId, string Name)> asked)
    {
        var list = new JsonArray([.. asked.Select(one => new JsonArray(one.Tenant.ToString("N"), one.KeyId, one.Name))]).ToJsonString();
        var found = await database.All("""
            SELECT tenant_id, key_id, idempotency_key FROM idempotency_keys WHERE (tenant_id, key_id, idempotency_key) IN
              (SELECT CAST(a ->> 0 AS uuid), a ->> 1, a ->> 2 FROM json_array_elements(CAST(@asked AS json)) a)
            """,
            sql => sql.With("asked", list), row => (row.Uuid(), row.Text(), row.Text()), CancellationToken.None).ConfigureAwait(false);
        return found.ToDictionary(one => one, _ => true);
    }

    static Statement Named(Statement sql, RecordAppend append) => Named(sql, append.Row.Tenant, append.Row.KeyId, append.Claim!.Key);

    static Statement Named(Statement sql, TenantId tenant, string keyId, string name) =>
        sql.With("tenant", tenant.Value).With("key", PlainText.Column(keyId)).With("name", PlainText.Column(name));

    static StoredAnswer Answer(Row row) => new(new(row.Uuid()), row.Bytes(), row.Bytes());
}
