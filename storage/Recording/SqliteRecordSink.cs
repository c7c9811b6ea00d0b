using Interven.Grains.Ports;
using Interven.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace Interven.Storage.Recording;

/// <summary>One thread, one connection, statements prepared once. All calls below it finish synchronously, as SQLite's do.</summary>
sealed class SqliteRecordSink : RecordSink, IRecordSink, IAsyncDisposable
{
    readonly SqliteDatabase database;
    readonly SerialThread thread = new("interven-records");
    readonly SqliteConnection connection;
    readonly SqliteCommand insert;
    readonly SqliteCommand addToHead;

    public SqliteRecordSink(SqliteDatabase database)
    {
        this.database = database;
        connection = database.OpenWriter();
        insert = Prepare(InsertText, RecordColumns.Count);
        addToHead = Prepare(
            "INSERT INTO tenant_head (tenant_id, seq) VALUES (@p0, @p1) ON CONFLICT (tenant_id) DO UPDATE SET seq = seq + excluded.seq RETURNING seq", 2);
    }

    public Task<CommitReply[]> Commit(IReadOnlyList<RecordAppend> batch) => InTransaction(session => CommitIn(session, batch));

    public Task Rehearse(IReadOnlyList<RecordAppend> batch) => InTransaction(session => Apply(session, batch));

    public Task<long?[]> Landed(IReadOnlyList<RecordAppend> batch) => InTransaction(session => LandedIn(session, batch));

    public Task Probe() => InTransaction(async session =>
    {
        await session.Sql($"UPDATE write_probe SET at = {database.Dialect.Now}").Run(CancellationToken.None).ConfigureAwait(false);
        await session.Commit(CancellationToken.None).ConfigureAwait(false);
        return true;
    });

    /// <summary>19 is a constraint, 18 a value too big, 20 a mismatch.</summary>
    public bool IsRowFault(Exception fault, out string code)
    {
        code = fault is SqliteException refused ? $"sqlite-{refused.SqliteExtendedErrorCode}" : fault.GetType().Name;
        return fault is SqliteException { SqliteErrorCode: 18 or 19 or 20 } or ArgumentException or InvalidCastException;
    }

    public async ValueTask DisposeAsync()
    {
        await thread.Run(() =>
        {
            connection.Dispose();
            return true;
        }).ConfigureAwait(false);
        thread.Dispose();
    }

    protected override async ValueTask<HashSet<Guid>> Claim(Session session, IReadOnlyList<RecordAppend> appends)
    {
        var won = new HashSet<Guid>();
        foreach (var one in appends)
            if (await Stores.IdempotencyStore.Claim(session, one).ConfigureAwait(false))
                won.Add(one.Row.Trace.Value);
        return won;
    }

    protected override ValueTask<long[]> Write(Session session, IReadOnlyList<DecisionRow> rows)
    {
        var next = TakeNumbers(session, rows);
        insert.Transaction = (SqliteTransaction?)session.Transaction;
        var numbers = new long[rows.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = next[rows[i].Tenant.Value]++;
            Fill(rows[i], numbers[i]);
            insert.ExecuteNonQuery();
        }
        return ValueTask.FromResult(numbers);
    }

    /// <summary>Adds each tenant's count to its head; returns the first number for each.</summary>
    Dictionary<Guid, long> TakeNumbers(Session session, IReadOnlyList<DecisionRow> rows)
    {
        addToHead.Transaction = (SqliteTransaction?)session.Transaction;
        var first = new Dictionary<Guid, long>();
        foreach (var (tenant, count) in rows.CountBy(row => row.Tenant.Value))
        {
            addToHead.Parameters[0].Value = Statement.ToSqlite(tenant);
            addToHead.Parameters[1].Value = (long)count;
            first[tenant] = (long)addToHead.ExecuteScalar()! - count + 1;
        }
        return first;
    }

    Task<T> InTransaction<T>(Func<Session, ValueTask<T>> work) => thread.Run(() =>
    {
        database.Gate.Wait();
        try
        {
            return Complete(work);
        }
        finally
        {
            database.Gate.Release();
        }
    });

    T Complete<T>(Func<Session, ValueTask<T>> work)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var session = new Session(database.Dialect, connection, transaction, () => ValueTask.CompletedTask);
        var result = work(session);
        // Never waits: nothing below is asynchronous on SQLite, and the transaction must end on this thread.
        if (!result.IsCompleted)
            throw new InvalidOperationException("A SQLite batch left its thread.");
        return result.GetAwaiter().GetResult();
    }

    /// <summary>A row for each execution: SQLite finds a parameter by walking over all of a statement's names, so wide statements cost their square.</summary>
    void Fill(DecisionRow row, long seq)
    {
        var at = 0;
        void Set(object? value) => insert.Parameters[at++].Value = Statement.ToSqlite(value);
        Set(row.Tenant.Value);
        Set(seq);
        Set(row.Trace.Value);
        Set(row.Parent?.Value);
        Set(row.Kind);
        Set(RecordColumns.Time(row));
        foreach (var text in RecordColumns.Names(row))
            Set(text);
        Set((long)row.Verb);
        Set((long)row.Decision);
        Set((long)row.Band);
        Set(row.Score);
        Set((long)row.Classes);
        Set(row.Policy?.Value);
        Set(row.PolicyVersion);
        Set(RecordColumns.Rule(row));
        Set(row.Approval?.Value);
        Set(row.Canonical);
        Set(row.Hash);
        Set(row.SealedBody);
        Set(RecordColumns.Reasons(row));
    }

    SqliteCommand Prepare(string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter($"@p{i}", null));
        command.Prepare();
        return command;
    }

    static string InsertText =>
        $"INSERT INTO decision_records ({RecordColumns.All}) VALUES ({string.Join(", ", Enumerable.Range(0, RecordColumns.Count).Select(p => $"@p{p}"))})";
}
