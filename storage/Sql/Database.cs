namespace Interven.Storage.Sql;

/// <summary>The domain's database: sessions to read and sessions to change, from pools of their own.</summary>
abstract class Database : IAsyncDisposable
{
    public abstract Dialect Dialect { get; }

    /// <summary>A question costs a round trip, so that many who ask at once had better ask together.</summary>
    public virtual bool IsRemote => false;

    public abstract ValueTask<Session> Read(CancellationToken cancel);

    /// <summary>For what reads much and may take its time: exports, statistics over long stretches, replays.</summary>
    public virtual ValueTask<Session> Export(CancellationToken cancel) => Read(cancel);

    /// <summary>Begins a transaction that may write.</summary>
    public abstract ValueTask<Session> Change(CancellationToken cancel);

    /// <summary>A transaction with time for migrations.</summary>
    public virtual ValueTask<Session> Migrate(CancellationToken cancel) => Change(cancel);

    public abstract ValueTask DisposeAsync();

    public async ValueTask<T?> One<T>(string sql, Func<Statement, Statement> with, Func<Row, T> map, CancellationToken cancel)
    {
        await using var session = await Read(cancel).ConfigureAwait(false);
        return await with(session.Sql(sql)).One(map, cancel).ConfigureAwait(false);
    }

    public async ValueTask<List<T>> All<T>(string sql, Func<Statement, Statement> with, Func<Row, T> map, CancellationToken cancel)
    {
        await using var session = await Read(cancel).ConfigureAwait(false);
        return await with(session.Sql(sql)).All(map, cancel).ConfigureAwait(false);
    }

    /// <summary>Runs the work in one transaction and commits it.</summary>
    public async ValueTask<T> Change<T>(Func<Session, ValueTask<T>> work, CancellationToken cancel)
    {
        await using var session = await Change(cancel).ConfigureAwait(false);
        var result = await work(session).ConfigureAwait(false);
        await session.Commit(cancel).ConfigureAwait(false);
        return result;
    }
}
