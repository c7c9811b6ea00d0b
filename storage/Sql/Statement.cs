using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Interven.Storage.Sql;

/// <summary>One statement with its parameters, typed alike for both databases. Runs once.</summary>
readonly struct Statement(DbCommand command)
{
    public Statement With(string name, string? value) => Add(name, NpgsqlDbType.Text, value is null ? null : PlainText.Storable(value));

    public Statement With(string name, Guid? value) => Add(name, NpgsqlDbType.Uuid, value);

    public Statement With(string name, DateTimeOffset? value) => Add(name, NpgsqlDbType.TimestampTz, value);

    public Statement With(string name, TimeSpan value) => Add(name, NpgsqlDbType.Bigint, (long)value.TotalMilliseconds);

    public Statement With(string name, long? value) => Add(name, NpgsqlDbType.Bigint, value);

    public Statement With(string name, int? value) => Add(name, NpgsqlDbType.Integer, value);

    public Statement With(string name, byte value) => Add(name, NpgsqlDbType.Smallint, (short)value);

    public Statement With(string name, double? value) => Add(name, NpgsqlDbType.Double, value);

    public Statement With(string name, bool? value) => Add(name, NpgsqlDbType.Boolean, value);

    public Statement With(string name, byte[]? value) => Add(name, NpgsqlDbType.Bytea, value);

    /// <summary>For <see cref="Dialect.AnyOf"/>.</summary>
    public Statement With(string name, Guid[] values) => command is NpgsqlCommand
        ? Add(name, NpgsqlDbType.Array | NpgsqlDbType.Uuid, values)
        : Add(name, NpgsqlDbType.Text, "[" + string.Join(',', values.Select(value => $"\"{value:N}\"")) + "]");

    /// <summary>Returns how many rows were changed.</summary>
    public async ValueTask<int> Run(CancellationToken cancel)
    {
        await using var owned = command;
        return await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }

    public async ValueTask<T?> One<T>(Func<Row, T> map, CancellationToken cancel)
    {
        await using var owned = command;
        await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        return await reader.ReadAsync(cancel).ConfigureAwait(false) ? map(new Row(reader)) : default;
    }

    public async ValueTask<List<T>> All<T>(Func<Row, T> map, CancellationToken cancel)
    {
        await using var owned = command;
        await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel).ConfigureAwait(false))
            rows.Add(map(new Row(reader)));
        return rows;
    }

    Statement Add(string name, NpgsqlDbType type, object? value)
    {
        if (command is NpgsqlCommand)
            command.Parameters.Add(new NpgsqlParameter(name, type) { Value = ToPostgres(value) });
        else
            command.Parameters.Add(new SqliteParameter(name, ToSqlite(value)));
        return this;
    }

    static object ToPostgres(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => time.UtcDateTime,
        _ => value,
    };

    internal static object ToSqlite(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToByteArray(bigEndian: true),
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        bool yes => yes ? 1L : 0L,
        _ => value,
    };
}
