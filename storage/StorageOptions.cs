using Interven.Storage.Recording;

namespace Interven.Storage;

/// <summary>Where everything durable lives.</summary>
public sealed record StorageOptions
{
    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    /// <summary>Postgres: connection string of the database for both the domain and Orleans.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>SQLite: folder of <c>interven.db</c> and <c>orleans.db</c>. Both: folder of the spool.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>64 hex digits. Empty on SQLite: generated beside the database. Empty on Postgres: refused.</summary>
    public string VaultKey { get; init; } = "";

    public IReadOnlyList<string> OldVaultKeys { get; init; } = [];

    public CommitLimits Commit { get; init; } = new();

    /// <summary>Most bytes of spooled refusals; past it they are answered but not kept.</summary>
    public long SpoolBytes { get; init; } = 64 << 20;

    /// <summary>Every problem in words; empty when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Provider == StorageProvider.Postgres && ConnectionString.Length == 0)
            problems.Add("`Interven:Storage:ConnectionString` is empty. Provider `postgres` needs the connection string of its database.");
        if (Provider == StorageProvider.Postgres && VaultKey.Length == 0)
            problems.Add("`INTERVEN_CREDENTIAL_ENCRYPTION_KEY` is missing. Provider `postgres` needs 64 hexadecimal digits. Make one with: openssl rand -hex 32");
        if (DataFolder.Length == 0)
            problems.Add("`Interven:Storage:DataFolder` is empty. It holds the database (sqlite) and the spool of refusals.");
        return problems;
    }
}

public enum StorageProvider : byte { Sqlite, Postgres }
