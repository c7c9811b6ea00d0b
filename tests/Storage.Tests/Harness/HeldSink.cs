using Interven.Grains.Ports;
using Interven.Storage.Recording;

namespace Interven.Storage.Tests.Harness;

/// <summary>The real store, whose answer comes only when the test lets it: a commit that landed and that nobody has heard of yet.</summary>
sealed class HeldSink(IRecordSink store) : IRecordSink
{
    TaskCompletionSource open = Opened();

    public TaskCompletionSource Landing { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Hold()
    {
        Landing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release() => open.TrySetResult();

    public async Task<CommitReply[]> Commit(IReadOnlyList<RecordAppend> batch)
    {
        var replies = await store.Commit(batch);
        Landing.TrySetResult();
        await open.Task;
        return replies;
    }

    public Task Rehearse(IReadOnlyList<RecordAppend> batch) => store.Rehearse(batch);

    public Task<long?[]> Landed(IReadOnlyList<RecordAppend> batch) => store.Landed(batch);

    public async Task Probe()
    {
        await open.Task;
        await store.Probe();
    }

    public bool IsRowFault(Exception fault, out string code) => store.IsRowFault(fault, out code);

    static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
