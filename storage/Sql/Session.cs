using System.Data.Common;

namespace Interven.Storage.Sql;

/// <summary>A connection, with a transaction where something changes. What was not committed when it is disposed is undone.</summary>
sealed class Session(Dialect dialect, DbConnection connection, DbTransaction? transaction, Func<ValueTask> giveBack) : IAsyncDisposable
{
    public Dialect Dialect => dialect;

    public DbConnection Connection => connection;

    public DbTransaction? Transaction => transaction;

    public Statement Sql(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        return new Statement(command);
    }

    public async ValueTask Commit(CancellationToken cancel)
    {
        if (transaction is not null)
            await transaction.CommitAsync(cancel).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (transaction is not null)
                await transaction.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await giveBack().ConfigureAwait(false);
        }
    }
}
