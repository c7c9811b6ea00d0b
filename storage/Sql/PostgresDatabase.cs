using Npgsql;

namespace Interven.Storage.Sql;

/// <summary>Pools of their own: a slow console or a queue of approvals never takes the connection that a scan's record waits for.</summary>
sealed class PostgresDatabase(string connectionString) : Database
{
    /// <summary>A silo that is frozen inside a transaction must not hold the others' locks for longer than their leases can bear.</summary>
    const string Brief = "-c idle_in_transaction_session_timeout=3000 -c lock_timeout=2500";

    /// <summary>The writer says the same few statements again and again: they are planned once, whatever their arrays hold.</summary>
    const string Planned = Brief + " -c plan_cache_mode=force_generic_plan";

    static readonly PostgresDialect Postgres = new();

    readonly NpgsqlDataSource changes = Pool(connectionString, "changes", size: 8, commandSeconds: 5);
    readonly NpgsqlDataSource exports = Pool(connectionString, "exports", size: 4, commandSeconds: 120);
    readonly NpgsqlDataSource reads = Pool(connectionString, "reads", size: 16, commandSeconds: 30);

    public override Dialect Dialect => Postgres;

    public override bool IsRemote => true;

    /// <summary>For the one writer of records: short time-outs, so that a frozen server gives its connection up.</summary>
    public NpgsqlDataSource Records { get; } = Pool(connectionString, "records", size: 4, commandSeconds: 1, Planned, keepsState: true);

    public override ValueTask<Session> Read(CancellationToken cancel) => Open(reads, cancel);

    public override ValueTask<Session> Export(CancellationToken cancel) => Open(exports, cancel);

    public override ValueTask<Session> Change(CancellationToken cancel) => Begin(changes, cancel);

    static async ValueTask<Session> Open(NpgsqlDataSource pool, CancellationToken cancel)
    {
        var connection = await pool.OpenConnectionAsync(cancel).ConfigureAwait(false);
        return new Session(Postgres, connection, null, connection.DisposeAsync);
    }

    public static async ValueTask<Session> Begin(NpgsqlDataSource pool, CancellationToken cancel)
    {
        var connection = await pool.OpenConnectionAsync(cancel).ConfigureAwait(false);
        try
        {
            return new Session(Postgres, connection, await connection.BeginTransactionAsync(cancel).ConfigureAwait(false), connection.DisposeAsync);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override async ValueTask<Session> Migrate(CancellationToken cancel)
    {
        var pool = Pool(connectionString, "migrations", size: 1, commandSeconds: 600, options: null);
        var session = await Begin(pool, cancel).ConfigureAwait(false);
        return new Session(Postgres, session.Connection, session.Transaction, async () =>
        {
            await session.DisposeAsync().ConfigureAwait(false);
            await pool.DisposeAsync().ConfigureAwait(false);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await changes.DisposeAsync().ConfigureAwait(false);
        await reads.DisposeAsync().ConfigureAwait(false);
        await exports.DisposeAsync().ConfigureAwait(false);
        await Records.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Names the pool in <c>pg_stat_activity</c>; parameters never reach a log.</summary>
    static NpgsqlDataSource Pool(string connectionString, string name, int size, int commandSeconds, string? options = Brief, bool keepsState = false)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = $"interven-{name}",
            MaxPoolSize = size,
            Timeout = commandSeconds == 1 ? 1 : 3,
            CommandTimeout = commandSeconds,
            MaxAutoPrepare = 40,
            AutoPrepareMinUsages = 2,
            WriteBufferSize = 65536,
            IncludeErrorDetail = false,
            IncludeFailedBatchedCommand = false,
            Options = options,
            // Nothing of a session is ever set, so nothing need be reset when a connection goes back.
            NoResetOnClose = keepsState,
        };
        return NpgsqlDataSource.Create(settings);
    }
}
