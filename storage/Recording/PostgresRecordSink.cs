using Interven.Grains.Ports;
using Interven.Storage.Sql;
using Interven.Storage.Stores;
using Npgsql;

namespace Interven.Storage.Recording;

/// <summary>Batches of nothing but records go in one round trip; what opens approvals or carries other rows takes a transaction.</summary>
sealed class PostgresRecordSink(PostgresDatabase database) : RecordSink, IRecordSink
{
    const string ClaimAll = """
        INSERT INTO idempotency_keys AS k (tenant_id, key_id, idempotency_key, trace_id, request_hash, response, expires_at)
        SELECT * FROM unnest(@tenants, @keys, @names, @traces, @hashes, @responses, @ends)
        ON CONFLICT (tenant_id, key_id, idempotency_key) DO UPDATE
          SET trace_id = excluded.trace_id, request_hash = excluded.request_hash, response = excluded.response, expires_at = excluded.expires_at, told = false
          WHERE k.expires_at <= clock_timestamp()
        RETURNING trace_id
        """;

    public async Task<CommitReply[]> Commit(IReadOnlyList<RecordAppend> batch)
    {
        if (!batch.All(IsRecordAlone))
        {
            await using var session = await PostgresDatabase.Begin(database.Records, CancellationToken.None).ConfigureAwait(false);
            return await CommitIn(session, batch).ConfigureAwait(false);
        }
        await using var connection = await database.Records.OpenConnectionAsync().ConfigureAwait(false);
        var claiming = Sorted(batch, one => one.Claim is not null, KeyOf).Select(i => batch[i]).ToList();
        var numbers = await RecordInsert.Run(connection, [.. batch.Select(one => one.Row)], claiming).ConfigureAwait(false);
        var replies = new CommitReply[batch.Count];
        for (var i = 0; i < replies.Length; i++)
            replies[i] = numbers.TryGetValue(batch[i].Row.Trace.Value, out var seq)
                ? new CommitReply.Committed(seq)
                : new CommitReply.IdempotencyTaken(await Taken(connection, batch[i]).ConfigureAwait(false));
        return replies;
    }

    public async Task Rehearse(IReadOnlyList<RecordAppend> batch)
    {
        await using var session = await PostgresDatabase.Begin(database.Records, CancellationToken.None).ConfigureAwait(false);
        await Apply(session, batch).ConfigureAwait(false);
        var alone = batch.Where(IsRecordAlone).Select(one => one with { Row = one.Row with { Trace = new(Guid.CreateVersion7(one.Row.Time)) } }).ToList();
        await RecordInsert.Run((NpgsqlConnection)session.Connection, [.. alone.Select(one => one.Row)], alone).ConfigureAwait(false);
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

    protected override async ValueTask<HashSet<Guid>> Claim(Session session, IReadOnlyList<RecordAppend> appends)
    {
        await using var command = new NpgsqlCommand(ClaimAll, (NpgsqlConnection)session.Connection);
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

    protected override async ValueTask<long[]> Write(Session session, IReadOnlyList<DecisionRow> rows)
    {
        var numbers = await RecordInsert.Run((NpgsqlConnection)session.Connection, rows, []).ConfigureAwait(false);
        return [.. rows.Select(row => numbers[row.Trace.Value])];
    }

    async ValueTask<StoredAnswer> Taken(NpgsqlConnection connection, RecordAppend append) =>
        await IdempotencyStore.Taken(new(database.Dialect, connection, null, () => ValueTask.CompletedTask), append).ConfigureAwait(false);

    static bool IsRecordAlone(RecordAppend one) => one is { Opening: null, Join: null, UseGrant: null, UseKey: null, Flag: null, Withdraw: null, ReturnGrant: null, ReturnKey: null, GiveBack: null, Undo: null, Outbox.Count: 0, Audit.Count: 0 };
}
