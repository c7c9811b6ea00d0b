using System.Data.Common;
using Interven.Storage.Migrations;
using Interven.Storage.Sql;
using Npgsql;

namespace Interven.Storage.Orleans;

/// <summary>
/// Orleans' clustering, grain storage and reminders, on the same product as the domain. Give <see cref="Invariant"/> and <see cref="DataSource"/> to
/// the AdoNet providers; this object owns the source.
/// </summary>
public sealed class OrleansDatabase : IAsyncDisposable
{
    internal OrleansDatabase(string dialect, string invariant, DbDataSource source) => (Dialect, Invariant, DataSource) = (dialect, invariant, source);

    public string Invariant { get; }

    public DbDataSource DataSource { get; }

    internal string Dialect { get; }

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();

    internal static OrleansDatabase Postgres(string connectionString) => new("postgres", "Npgsql", NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "interven-orleans", MaxPoolSize = 16, Timeout = 3, CommandTimeout = 10 }));

    /// <summary>The invariant is the one that Orleans maps to Microsoft.Data.Sqlite.</summary>
    internal static OrleansDatabase Sqlite(string path) => new("sqlite", "System.Data.SQLite", new GatedSqliteDataSource(path));

    /// <summary>Idempotent, so it is its own migration. On Postgres it runs under the migration's lock.</summary>
    internal async ValueTask Install(CancellationToken cancel)
    {
        await using var connection = await DataSource.OpenConnectionAsync(cancel).ConfigureAwait(false);
        if (connection is Microsoft.Data.Sqlite.SqliteConnection)
            await Run(connection, "PRAGMA journal_mode=WAL", cancel).ConfigureAwait(false);
        await Run(connection, Script.Orleans(Dialect).Text, cancel).ConfigureAwait(false);
    }

    static async ValueTask Run(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var session = new Session(new SqliteDialect(), connection, null, () => ValueTask.CompletedTask);
        await session.Sql(sql).Run(cancel).ConfigureAwait(false);
    }
}
