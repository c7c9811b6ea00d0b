using Microsoft.Data.Sqlite;

namespace Interven.Storage.Sql;

/// <summary>One file, one writer at a time: all writes of this process pass one gate, so that nobody spins on a busy lock.</summary>
sealed class SqliteDatabase : Database
{
    readonly SemaphoreSlim gate = new(1, 1);
    readonly string readOnly;
    readonly string readWrite;
    SqliteConnection? writer;

    public SqliteDatabase(string path)
    {
        Path = path;
        readWrite = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString();
        readOnly = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true, DefaultTimeout = 5 }.ToString();
    }

    public string Path { get; }

    public SemaphoreSlim Gate => gate;

    public override Dialect Dialect { get; } = new SqliteDialect();

    public override ValueTask<Session> Read(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var connection = new SqliteConnection(readOnly);
        try
        {
            connection.Open();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        return ValueTask.FromResult(new Session(Dialect, connection, null, connection.DisposeAsync));
    }

    public override async ValueTask<Session> Change(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            writer ??= OpenWriter();
            return new Session(Dialect, writer, writer.BeginTransaction(deferred: false), LeaveGate);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    /// <summary>A connection that may write, with every commit on disk before it returns. Its log is cleared by <see cref="SqliteCheckpoints"/>; by a commit only where that falls far behind.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(readWrite);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000;";
        command.ExecuteNonQuery();
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        if (writer is not null)
            await writer.DisposeAsync().ConfigureAwait(false);
        using var any = new SqliteConnection(readOnly);
        SqliteConnection.ClearPool(any);
        gate.Dispose();
    }

    ValueTask LeaveGate()
    {
        gate.Release();
        return ValueTask.CompletedTask;
    }
}
