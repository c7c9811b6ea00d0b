using System.Collections.Concurrent;

namespace Interven.Storage.Recording;

/// <summary>A thread of its own for calls that block: SQLite waits for the disk, and must not do so on the pool that answers scans.</summary>
sealed class SerialThread : IDisposable
{
    readonly BlockingCollection<Action> work = [];

    public SerialThread(string name) => new Thread(RunAll) { Name = name, IsBackground = true }.Start();

    public Task<T> Run<T>(Func<T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                done.SetResult(call());
            }
            catch (Exception fault)
            {
                done.SetException(fault);
            }
        });
        return done.Task;
    }

    public void Dispose() => work.CompleteAdding();

    void RunAll()
    {
        foreach (var one in work.GetConsumingEnumerable())
            one();
    }
}
