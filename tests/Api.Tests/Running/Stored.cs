using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Interven.Api.Tests.Running;

/// <summary>The product's embedded store, looked at from outside.</summary>
static class Stored
{
    /// <summary>Counters, leases and deliveries that go on by themselves, and attempts, which are counted whatever becomes of them.</summary>
    static readonly string[] Restless = ["silo_leases", "write_probe", "key_usage", "sign_in_attempts", "channel_turns", "slack_seen", "slack_cards", "sqlite_sequence"];

    /// <summary>Where something goes on by itself in a part alone, the part that stands still unless somebody changes something: what is to be told, before it is handed to channels.</summary>
    static readonly Dictionary<string, string> Still = new(StringComparer.Ordinal)
    {
        ["outbox"] = "SELECT id, tenant_id, kind, subject, payload FROM outbox WHERE channel = ''", ["sink_cursors"] = "SELECT tenant_id, sink_id, paused FROM sink_cursors",
        // Who was heard of is noted every few seconds.
        ["agents"] = "SELECT tenant_id, agent_id, suspended, suspended_reason, owner FROM agents WHERE suspended = 1 OR suspended_reason <> '' OR owner IS NOT NULL",
    };

    public static List<(string Actor, string Action, string Target, string Result)> Audit(Product product)
    {
        using var store = Open(product);
        using var command = store.CreateCommand();
        command.CommandText = "SELECT actor_id, action, target, result FROM audit_log ORDER BY id";
        using var reader = command.ExecuteReader();
        var rows = new List<(string, string, string, string)>();
        while (reader.Read())
            rows.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        return rows;
    }

    public static void Run(Product product, string sql)
    {
        using var store = Open(product);
        using var command = store.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Every table with a hash of all that is in it.</summary>
    public static Dictionary<string, string> Everything(Product product)
    {
        using var store = Open(product);
        using var names = store.CreateCommand();
        names.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        var tables = new List<string>();
        using (var reader = names.ExecuteReader())
            while (reader.Read())
                tables.Add(reader.GetString(0));
        return tables.Except(Restless).ToDictionary(table => table, table => HashOf(store, table));
    }

    static string HashOf(SqliteConnection store, string table)
    {
        using var command = store.CreateCommand();
        command.CommandText = Still.GetValueOrDefault(table, $"SELECT * FROM {table}");
        using var reader = command.ExecuteReader();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0;
        for (; reader.Read(); rows++)
            for (var column = 0; column < reader.FieldCount; column++)
                hash.AppendData(reader.GetValue(column) is byte[] bytes ? bytes : Encoding.UTF8.GetBytes(reader.GetValue(column).ToString() + "|"));
        return $"{rows} rows, {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    static SqliteConnection Open(Product product)
    {
        var store = new SqliteConnection($"Data Source={System.IO.Path.Combine(product.Data, "interven.db")};Pooling=false;Default Timeout=10");
        store.Open();
        return store;
    }
}
