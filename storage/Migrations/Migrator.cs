using Interven.Storage.Sql;

namespace Interven.Storage.Migrations;

/// <summary>Brings a database to this build's shape: forward only, in one transaction, one process at a time.</summary>
static class Migrator
{
    /// <summary>Returns the names of the scripts that were run.</summary>
    /// <exception cref="MigrationChangedException">A script that ran before has another text now.</exception>
    public static async ValueTask<IReadOnlyList<string>> Run(Session session, IReadOnlyList<Script> scripts, CancellationToken cancel)
    {
        await session.Sql("CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, checksum text NOT NULL)").Run(cancel).ConfigureAwait(false);
        var run = new List<string>();
        foreach (var script in await Pending(session, scripts, cancel).ConfigureAwait(false))
        {
            await Execute(session, script, cancel).ConfigureAwait(false);
            run.Add(script.Name);
        }
        await session.Commit(cancel).ConfigureAwait(false);
        return run;
    }

    /// <summary>Those that have not run yet, in their order.</summary>
    /// <exception cref="MigrationChangedException">A script that ran before has another text now.</exception>
    public static async ValueTask<IReadOnlyList<Script>> Pending(Session session, IReadOnlyList<Script> scripts, CancellationToken cancel)
    {
        var done = await session.Sql("SELECT name, checksum FROM schema_migrations").All(row => (Name: row.Text(), Checksum: row.Text()), cancel).ConfigureAwait(false);
        var known = done.ToDictionary(one => one.Name, one => one.Checksum, StringComparer.Ordinal);
        foreach (var script in scripts)
            if (known.TryGetValue(script.Name, out var checksum) && checksum != script.Checksum)
                throw new MigrationChangedException(script.Name);
        return [.. scripts.Where(script => !known.ContainsKey(script.Name))];
    }

    static async ValueTask Execute(Session session, Script script, CancellationToken cancel)
    {
        await session.Sql(script.Text).Run(cancel).ConfigureAwait(false);
        await session.Sql("INSERT INTO schema_migrations (name, checksum) VALUES (@name, @checksum)")
            .With("name", script.Name).With("checksum", script.Checksum).Run(cancel).ConfigureAwait(false);
    }
}

/// <summary>A released migration was edited: the database cannot be known to have the shape that this build expects.</summary>
public sealed class MigrationChangedException(string name)
    : Exception($"Migration `{name}` was edited after it had run here. Restore its text; put the change into a new migration.");
