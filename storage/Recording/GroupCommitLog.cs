using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Interven.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace Interven.Storage.Recording;

/// <summary>
/// One writer per silo. It commits what has arrived while the last commit was under way; nobody lingers. When a commit fails or hangs, appends are
/// refused at once while one probe at a time tries the store.
/// </summary>
sealed class GroupCommitLog : IDecisionLog, IAsyncDisposable
{
    readonly IRecordSink sink;
    readonly CommitLimits limits;
    readonly TimeProvider clock;
    readonly ILogger<GroupCommitLog> log;
    readonly Channel<PendingAppend> queue;
    readonly BatchIntake intake;
    readonly Doubts doubts;
    readonly CancellationTokenSource stopping = new();
    readonly Task pump;
    readonly CommitMetrics? metrics;
    volatile bool closing;
    volatile bool suspected;
    int asking;
    volatile LogHealth health;

    public GroupCommitLog(IRecordSink sink, CommitLimits limits, TimeProvider clock, ILogger<GroupCommitLog> log, IMeterFactory? meters = null)
    {
        (this.sink, this.limits, this.clock, this.log) = (sink, limits, clock, log);
        queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(limits.Queue) { SingleReader = true });
        intake = new BatchIntake(queue.Reader, limits.Batch);
        doubts = new Doubts(sink, limits, clock);
        metrics = meters is null ? null : new(meters, () => queue.Reader.Count, () => health == LogHealth.Available);
        pump = Task.Run(Pump);
    }

    public LogHealth Health => health;

    public ValueTask<CommitReply> Append(RecordAppend append, CancellationToken abandoned = default)
    {
        if (health == LogHealth.Unavailable || stopping.IsCancellationRequested)
            return ValueTask.FromResult(Replies.Unavailable);
        if (abandoned.IsCancellationRequested)
            return ValueTask.FromResult(Replies.Abandoned);
        var pending = new PendingAppend(append);
        pending.AbandonOn(abandoned);
        return queue.Writer.TryWrite(pending) ? new(pending.Reply) : Wait(pending);
    }

    public void Doubt()
    {
        if (health == LogHealth.Available && Interlocked.Exchange(ref asking, 1) == 0)
            _ = Task.Run(Ask);
    }

    async Task Ask()
    {
        try
        {
            await sink.Probe().WaitAsync(limits.Patience, clock).ConfigureAwait(false);
        }
        catch (Exception)
        {
            suspected = true;
            // The writer alone says what is out, and may be idle.
            queue.Writer.TryWrite(PendingAppend.Nudge());
        }
        finally
        {
            Volatile.Write(ref asking, 0);
        }
    }

    async ValueTask<CommitReply> Wait(PendingAppend pending)
    {
        var room = queue.Writer.WriteAsync(pending).AsTask();
        await Task.WhenAny(room, pending.Reply).ConfigureAwait(false);
        if (room.IsFaulted)
            pending.TryAnswer(Replies.Unavailable);
        return await pending.Reply.ConfigureAwait(false);
    }

    async Task Pump()
    {
        var batch = new List<PendingAppend>(limits.Batch);
        while (await intake.Next(batch).ConfigureAwait(false))
        {
            if (suspected)
                Out(batch.Count);
            if (health == LogHealth.Unavailable)
                Refuse(batch);
            else if (batch.Count > 0)
                await Commit(batch, again: false).ConfigureAwait(false);
            if (health == LogHealth.Unavailable)
                await Recover().ConfigureAwait(false);
            suspected = false;
        }
    }

    async Task Commit(List<PendingAppend> batch, bool again)
    {
        using var span = CommitMetrics.Trace(batch);
        var began = clock.GetTimestamp();
        var attempt = sink.Commit(Rows(batch));
        try
        {
            var replies = await attempt.WaitAsync(limits.Patience, clock).ConfigureAwait(false);
            metrics?.Committed(batch.Count, clock.GetElapsedTime(began));
            for (var i = 0; i < batch.Count; i++)
                Answer(batch[i], replies[i]);
        }
        catch (TimeoutException) when (!attempt.IsCompleted)
        {
            Trip(batch, attempt);
        }
        catch (Exception fault) when (sink.IsRowFault(fault, out var code))
        {
            await Isolate(batch, code).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            StoreLog.CommitFailed(log, fault.GetType().Name, batch.Count);
            if (again)
                Trip(batch, attempt);
            else
                await Retry(batch, attempt).ConfigureAwait(false);
        }
    }

    /// <summary>Halves the batch until the row that the store refuses is alone: its neighbours must not fail with it.</summary>
    async Task Isolate(List<PendingAppend> batch, string code)
    {
        if (batch.Count == 1)
        {
            StoreLog.RowRefused(log, code, batch[0].Append.Row.Trace.Value);
            Answer(batch[0], new CommitReply.Refused(code));
            return;
        }
        var half = batch.Count / 2;
        List<List<PendingAppend>> halves = [batch[..half], batch[half..]];
        foreach (var part in halves)
            if (health == LogHealth.Available)
                await Commit(part, again: false).ConfigureAwait(false);
            else
                Refuse(part);
    }

    /// <summary>A lost connection is not yet a lost store: look what landed, and try the rest once more.</summary>
    async Task Retry(List<PendingAppend> batch, Task attempt)
    {
        long?[] landed;
        try
        {
            landed = await sink.Landed(Rows(batch)).WaitAsync(limits.Patience, clock).ConfigureAwait(false);
        }
        catch (Exception)
        {
            Trip(batch, attempt);
            return;
        }
        var rest = new List<PendingAppend>();
        for (var i = 0; i < batch.Count; i++)
            if (landed[i] is { } seq)
                Answer(batch[i], new CommitReply.Committed(seq));
            else
                rest.Add(batch[i]);
        if (rest.Count > 0)
            await Commit(rest, again: true).ConfigureAwait(false);
    }

    void Trip(List<PendingAppend> batch, Task attempt)
    {
        Out(batch.Count);
        Refuse(batch);
        doubts.Add([.. batch], attempt);
    }

    void Out(int records)
    {
        if (health != LogHealth.Unavailable)
            SpareThreads.Ask();
        health = LogHealth.Unavailable;
        StoreLog.Unavailable(log, records);
    }

    async Task Recover()
    {
        while (!closing)
        {
            Refuse(intake.Drain());
            await Task.Delay(limits.ProbeEvery, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (await doubts.TryResolve().ConfigureAwait(false) is not { } late)
                continue;
            health = LogHealth.Available;
            SpareThreads.GiveBack();
            StoreLog.Recovered(log, late.Count);
            foreach (var one in late)
                Amend(one);
            return;
        }
    }

    void Answer(PendingAppend pending, CommitReply reply)
    {
        if (!pending.TryAnswer(reply) && reply is CommitReply.Committed)
            Amend(pending);
    }

    /// <summary>Ruling 22: the caller was refused, yet the record is there.</summary>
    void Amend(PendingAppend late)
    {
        if (late.Append.Amendment is { } make)
            intake.Add(new PendingAppend(make()));
        StoreLog.CommittedLate(log, late.Append.Row.Trace.Value);
    }

    static void Refuse(List<PendingAppend> batch)
    {
        foreach (var one in batch)
            one.TryAnswer(Replies.Unavailable);
    }

    static RecordAppend[] Rows(List<PendingAppend> batch) => [.. batch.Select(one => one.Append)];

    /// <summary>What was taken in is committed still; where the store is out, or goes out meanwhile, it is refused, for nobody waits for its return.</summary>
    public async ValueTask DisposeAsync()
    {
        closing = true;
        queue.Writer.TryComplete();
        if (health == LogHealth.Unavailable)
            await stopping.CancelAsync().ConfigureAwait(false);
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (health == LogHealth.Unavailable)
            SpareThreads.GiveBack();
        await stopping.CancelAsync().ConfigureAwait(false);
        stopping.Dispose();
    }
}
