using Interven.Grains.Ports;
using Interven.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Interven.Storage.Recording;

/// <summary>Records by binary COPY; the rest of the batch by one statement for each kind.</summary>
sealed class PostgresRecordSink(PostgresDatabase database) : RecordSink, IRecordSink
{
    const string CopyRecords = """
        COPY decision_records (tenant_id, seq, trace_id, parent_trace_id, kind, time, env, key_id, agent_id, agent_name, runtime, tool, operation, verb,
          decision, risk_band, risk_score, data_classes, policy_id, policy_version, rule_id, approval_id, canonical, hash, sealed_body)
        FROM STDIN (FORMAT BINARY)
        """;

    // The arrays come sorted from us, and unnest keeps their order: that is the order of the locks.
    const string AddToHeads = """
        INSERT INTO tenant_head AS h (tenant_id, seq) SELECT tenant_id, n FROM unnest(@tenants, @counts) AS x (tenant_id, n)
        ON CONFLICT (tenant_id) DO UPDATE SET seq = h.seq + excluded.seq RETURNING tenant_id, seq
        """;

    const string ClaimAll = """
        INSERT INTO idempotency_keys AS k (tenant_id, key_id, idempotency_key, trace_id, request_hash, response, expires_at)
        SELECT * FROM unnest(@tenants, @keys, @names, @traces, @hashes, @responses, @ends)
        ON CONFLICT (tenant_id, key_id, idempotency_key) DO UPDATE
          SET trace_id = excluded.trace_id, request_hash = excluded.request_hash, response = excluded.response, expires_at = excluded.expires_at
          WHERE k.expires_at <= clock_timestamp()
        RETURNING trace_id
        """;

    public async Task<CommitReply[]> Commit(IReadOnlyList<RecordAppend> batch)
    {
        await using var session = await PostgresDatabase.Begin(database.Records, CancellationToken.None).ConfigureAwait(false);
        return await CommitIn(session, batch).ConfigureAwait(false);
    }

    public async Task<long?[]> Landed(IReadOnlyList<RecordAppend> batch)
    {
        await using var session = await PostgresDatabase.Begin(database.Records, CancellationToken.None).ConfigureAwait(false);
        return await LandedIn(session, batch).ConfigureAwait(false);
    }

    public async Task Probe()
    {
        await using var session = await PostgresDatabase.Begin(database.Records, CancellationToken.None).ConfigureAwait(false);
        await session.Sql("UPDATE write_probe SET at = clock_timestamp()").Run(CancellationToken.None).ConfigureAwait(false);
        await session.Commit(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Classes 22 and 23 speak of data, 54 of its size; a row that cannot even be encoded fails before it is sent.</summary>
    public bool IsRowFault(Exception fault, out string code)
    {
        code = fault is PostgresException refused ? refused.SqlState : fault.GetType().Name;
        return fault is PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] } or ArgumentException or InvalidCastException;
    }

    protected override async ValueTask<Dictionary<Guid, long>> TakeNumbers(Session session, SortedDictionary<Guid, long> counts)
    {
        await using var command = Command(session, AddToHeads);
        command.Parameters.AddWithValue("tenants", counts.Keys.ToArray());
        command.Parameters.AddWithValue("counts", counts.Values.ToArray());
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var first = new Dictionary<Guid, long>(counts.Count);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            var tenant = reader.GetGuid(0);
            first[tenant] = reader.GetInt64(1) - counts[tenant] + 1;
        }
        return first;
    }

    protected override async ValueTask<HashSet<Guid>> Claim(Session session, IReadOnlyList<RecordAppend> appends)
    {
        await using var command = Command(session, ClaimAll);
        command.Parameters.AddWithValue("tenants", appends.Select(one => one.Row.Tenant.Value).ToArray());
        command.Parameters.AddWithValue("keys", appends.Select(one => PlainText.Column(one.Row.KeyId)).ToArray());
        command.Parameters.AddWithValue("names", appends.Select(one => PlainText.Column(one.Claim!.Key)).ToArray());
        command.Parameters.AddWithValue("traces", appends.Select(one => one.Row.Trace.Value).ToArray());
        command.Parameters.AddWithValue("hashes", appends.Select(one => one.Claim!.RequestHash).ToArray());
        command.Parameters.AddWithValue("responses", appends.Select(one => one.Claim!.Response).ToArray());
        command.Parameters.AddWithValue("ends", appends.Select(one => one.Claim!.ExpiresAt.UtcDateTime).ToArray());
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var won = new HashSet<Guid>();
        while (await reader.ReadAsync().ConfigureAwait(false))
            won.Add(reader.GetGuid(0));
        return won;
    }

    protected override async ValueTask Write(Session session, IReadOnlyList<(DecisionRow Row, long Seq)> rows)
    {
        var connection = (NpgsqlConnection)session.Connection;
        await using var copy = await connection.BeginBinaryImportAsync(CopyRecords).ConfigureAwait(false);
        foreach (var (row, seq) in rows)
            await CopyRow(copy, row, seq).ConfigureAwait(false);
        await copy.CompleteAsync().ConfigureAwait(false);
    }

    // The asynchronous calls finish at once while the buffer has room; the synchronous ones would block a thread on a frozen server.
    static async ValueTask CopyRow(NpgsqlBinaryImporter copy, DecisionRow row, long seq)
    {
        await copy.StartRowAsync().ConfigureAwait(false);
        await copy.WriteAsync(row.Tenant.Value, NpgsqlDbType.Uuid).ConfigureAwait(false);
        await copy.WriteAsync(seq, NpgsqlDbType.Bigint).ConfigureAwait(false);
        await copy.WriteAsync(row.Trace.Value, NpgsqlDbType.Uuid).ConfigureAwait(false);
        await Uuid(copy, row.Parent?.Value).ConfigureAwait(false);
        await Text(copy, row.Kind).ConfigureAwait(false);
        await copy.WriteAsync(RecordColumns.Time(row).UtcDateTime, NpgsqlDbType.TimestampTz).ConfigureAwait(false);
        foreach (var text in RecordColumns.Names(row))
            await Text(copy, text).ConfigureAwait(false);
        await copy.WriteAsync((short)row.Verb, NpgsqlDbType.Smallint).ConfigureAwait(false);
        await copy.WriteAsync((short)row.Decision, NpgsqlDbType.Smallint).ConfigureAwait(false);
        await copy.WriteAsync((short)row.Band, NpgsqlDbType.Smallint).ConfigureAwait(false);
        await copy.WriteAsync(row.Score, NpgsqlDbType.Double).ConfigureAwait(false);
        await copy.WriteAsync((short)row.Classes, NpgsqlDbType.Smallint).ConfigureAwait(false);
        await Uuid(copy, row.Policy?.Value).ConfigureAwait(false);
        await (row.PolicyVersion is { } version ? copy.WriteAsync(version, NpgsqlDbType.Integer) : copy.WriteNullAsync()).ConfigureAwait(false);
        await (row.RuleId is { } rule ? Text(copy, rule) : copy.WriteNullAsync()).ConfigureAwait(false);
        await Uuid(copy, row.Approval?.Value).ConfigureAwait(false);
        await copy.WriteAsync(row.Canonical, NpgsqlDbType.Bytea).ConfigureAwait(false);
        await copy.WriteAsync(row.Hash, NpgsqlDbType.Bytea).ConfigureAwait(false);
        await copy.WriteAsync(row.SealedBody, NpgsqlDbType.Bytea).ConfigureAwait(false);
    }

    static Task Text(NpgsqlBinaryImporter copy, string text) => copy.WriteAsync(PlainText.Column(text), NpgsqlDbType.Text);

    static Task Uuid(NpgsqlBinaryImporter copy, Guid? id) => id is { } value ? copy.WriteAsync(value, NpgsqlDbType.Uuid) : copy.WriteNullAsync();

    static NpgsqlCommand Command(Session session, string sql) => new(sql, (NpgsqlConnection)session.Connection);
}
