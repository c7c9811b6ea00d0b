using Npgsql;

namespace Interven.Cluster.Tests.Running;

/// <summary>A look into a database past the product.</summary>
static class Look
{
    public static async Task<List<T>> At<T>(string connection, string sql, Func<NpgsqlDataReader, T> map)
    {
        await using var opened = new NpgsqlConnection(connection + ";Pooling=false");
        await opened.OpenAsync();
        await using var command = new NpgsqlCommand(sql, opened);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(map(reader));
        return rows;
    }
}
