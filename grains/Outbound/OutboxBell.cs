namespace Interven.Grains.Outbound;

/// <summary>Tells this silo's sender that something was written, so that a card does not wait for the next look.</summary>
public sealed class OutboxBell(TimeProvider clock)
{
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    readonly Lock gate = new();
    TaskCompletionSource rung = New();

    public void Ring()
    {
        TaskCompletionSource waiting;
        lock (gate)
            (waiting, rung) = (rung, New());
        waiting.TrySetResult();
    }

    /// <summary>In a moment: for what must not hold up a call that is about to be answered.</summary>
    public void RingSoon() => _ = RingAfter(Moment);

    /// <summary>What to await; taken before the look, so that no ring in between is lost.</summary>
    public Task Next
    {
        get
        {
            lock (gate)
                return rung.Task;
        }
    }

    /// <summary>Returns at the ring or after <paramref name="longest"/>.</summary>
    public async Task Wait(Task next, TimeSpan longest, CancellationToken cancel)
    {
        try
        {
            await next.WaitAsync(longest, clock, cancel);
        }
        catch (TimeoutException)
        {
            // Time for a look all the same: other silos ring their own bells.
        }
    }

    async Task RingAfter(TimeSpan time)
    {
        await Task.Delay(time, clock);
        Ring();
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
