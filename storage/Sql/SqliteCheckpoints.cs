using Interven.Storage.Recording;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Storage.Sql;

/// <summary>
/// Moves what was committed from SQLite's log into its file, once a second and beside the writers. Left to SQLite, the commit that fills the log does it, and whoever
/// awaits that commit waits for many times its own share of the disk.
/// </summary>
sealed class SqliteCheckpoints(SqliteDatabase database, TimeProvider clock, ILogger<SqliteCheckpoints> log) : BackgroundService
{
    /// <summary>Pages. A log that writers keep adding to is begun anew only where they stand still for what little has been added meanwhile.</summary>
    const long Long = 2000;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var thread = new SerialThread("interven-checkpoints");
        using var connection = database.OpenWriter();
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                if (await thread.Run(() => Move(connection)) > Long)
                    await MoveAlone(thread, connection, stoppingToken);
            }
            catch (SqliteException e)
            {
                StoreLog.CheckpointFailed(log, e.SqliteErrorCode);
            }
    }

    async Task MoveAlone(SerialThread thread, SqliteConnection connection, CancellationToken cancel)
    {
        await database.Gate.WaitAsync(cancel);
        try
        {
            await thread.Run(() => Move(connection));
        }
        finally
        {
            database.Gate.Release();
        }
    }

    /// <summary>Never waits for a writer or a reader; returns how many pages the log has.</summary>
    static long Move(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using var row = command.ExecuteReader();
        return row.Read() ? row.GetInt64(1) : 0;
    }
}
