using Interven.Storage.Migrations;
using Interven.Storage.Orleans;
using Interven.Storage.Sql;

namespace Interven.Storage;

/// <summary>Brings both databases to this build's shape, before anything else uses them. Any number of processes may try at once.</summary>
public sealed class StorageInstaller
{
    /// <summary>Any number that nobody else uses: spells "interven" in ASCII.</summary>
    const long Lock = 0x696E74657276656E;

    readonly Database database;
    readonly OrleansDatabase orleans;

    internal StorageInstaller(Database database, OrleansDatabase orleans) => (this.database, this.orleans) = (database, orleans);

    /// <summary>Returns the names of the migrations that were run.</summary>
    /// <param name="runningRole">PostgreSQL: the role that silos and front ends go by, where it is not this one. It gets what they need, and no right to change a table's shape.</param>
    /// <param name="cancel">Ends the try.</param>
    public async ValueTask<IReadOnlyList<string>> Install(string? runningRole = null, CancellationToken cancel = default)
    {
        if (database is SqliteDatabase sqlite)
            PrepareFile(sqlite);
        await using var session = await database.Migrate(cancel).ConfigureAwait(false);
        if (session.Dialect is PostgresDialect)
            await session.Sql("SELECT pg_advisory_xact_lock(@key)").With("key", Lock).Run(cancel).ConfigureAwait(false);
        await orleans.Install(cancel).ConfigureAwait(false);
        var run = await Migrator.Run(session, Script.For(orleans.Dialect), cancel).ConfigureAwait(false);
        await Maintain(cancel).ConfigureAwait(false);
        if (runningRole is not null && database.Dialect is PostgresDialect)
            await Admit(runningRole, cancel).ConfigureAwait(false);
        return run;
    }

    /// <summary>Rows and sequences of what is there, and of what later migrations of this role make. Functions are anybody's already.</summary>
    async ValueTask Admit(string role, CancellationToken cancel)
    {
        await using var session = await database.Migrate(cancel).ConfigureAwait(false);
        var schema = Quoted((await session.Sql("SELECT current_schema()").One(row => row.Text(), cancel).ConfigureAwait(false))!);
        var to = "TO " + Quoted(role);
        foreach (var grant in (string[])[
            $"GRANT USAGE ON SCHEMA {schema} {to}",
            $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} {to}",
            $"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} {to}",
            $"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES {to}",
            $"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES {to}"])
            await session.Sql(grant).Run(cancel).ConfigureAwait(false);
        await session.Commit(cancel).ConfigureAwait(false);
    }

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The migrations of this build that have not run here; those of later builds do not count, for they only add.</summary>
    /// <exception cref="MigrationChangedException">A script that ran before has another text now.</exception>
    public async ValueTask<IReadOnlyList<string>> Pending(CancellationToken cancel = default)
    {
        await using var session = await database.Read(cancel).ConfigureAwait(false);
        return [.. (await Migrator.Pending(session, Script.For(orleans.Dialect), cancel).ConfigureAwait(false)).Select(script => script.Name)];
    }

    /// <summary>Makes the months' partitions ahead of time; once a day is enough.</summary>
    public async ValueTask Maintain(CancellationToken cancel = default)
    {
        if (database.Dialect is not PostgresDialect)
            return;
        await using var session = await database.Migrate(cancel).ConfigureAwait(false);
        await session.Sql("SELECT pg_advisory_xact_lock(@key)").With("key", Lock).Run(cancel).ConfigureAwait(false);
        await session.Sql("SELECT ensure_decision_months((now() AT TIME ZONE 'UTC')::date, 4)").Run(cancel).ConfigureAwait(false);
        await session.Commit(cancel).ConfigureAwait(false);
    }

    /// <summary>Page size and journal can be chosen only before the first table.</summary>
    static void PrepareFile(SqliteDatabase sqlite)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(sqlite.Path))!);
        using var connection = sqlite.OpenWriter();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA page_size=16384; PRAGMA journal_mode=WAL;";
        command.ExecuteNonQuery();
    }
}
