using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Interven.Storage.Sql;

/// <summary>Reads a row's columns from left to right, alike for both databases.</summary>
sealed class Row(DbDataReader reader)
{
    readonly bool sqlite = reader is SqliteDataReader;
    int next;

    public string Text() => reader.GetString(next++);

    public string? TextOrNull() => IsNull() ? null : Text();

    public Guid Uuid() => sqlite ? new Guid(reader.GetFieldValue<byte[]>(next++), bigEndian: true) : reader.GetGuid(next++);

    public Guid? UuidOrNull() => IsNull() ? null : Uuid();

    public DateTimeOffset Time() => sqlite
        ? DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(next++))
        : new DateTimeOffset(reader.GetFieldValue<DateTime>(next++), TimeSpan.Zero);

    public DateTimeOffset? TimeOrNull() => IsNull() ? null : Time();

    public TimeSpan Milliseconds() => TimeSpan.FromMilliseconds(reader.GetInt64(next++));

    public long Long() => reader.GetInt64(next++);

    public long? LongOrNull() => IsNull() ? null : Long();

    public int Int() => reader.GetInt32(next++);

    public int? IntOrNull() => IsNull() ? null : Int();

    public byte Small() => (byte)reader.GetInt16(next++);

    public bool Flag() => sqlite ? reader.GetInt64(next++) != 0 : reader.GetBoolean(next++);

    public double Real() => reader.GetDouble(next++);

    public double? RealOrNull() => IsNull() ? null : Real();

    public byte[] Bytes() => reader.GetFieldValue<byte[]>(next++);

    public byte[]? BytesOrNull() => IsNull() ? null : Bytes();

    bool IsNull()
    {
        if (!reader.IsDBNull(next))
            return false;
        next++;
        return true;
    }
}
