using System.Collections.Concurrent;

namespace Interven.Grains.Tests;

/// <summary>Runs as clocks do, and jumps ahead when it is told to: what became due meanwhile happens at once.</summary>
sealed class JumpingClock : TimeProvider
{
    readonly ConcurrentDictionary<JumpingTimer, bool> timers = new();
    long ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new JumpingTimer(this, callback, state);
        timers[timer] = true;
        timer.Change(dueTime, period);
        return timer;
    }

    public void Jump(TimeSpan by)
    {
        Interlocked.Add(ref ahead, by.Ticks);
        foreach (var timer in timers.Keys)
            timer.Jumped();
    }

    sealed class JumpingTimer : ITimer
    {
        readonly JumpingClock clock;
        readonly ITimer inner;
        readonly Lock gate = new();
        DateTimeOffset? due;
        TimeSpan period;

        public JumpingTimer(JumpingClock clock, TimerCallback callback, object? state)
        {
            this.clock = clock;
            inner = System.CreateTimer(given =>
            {
                lock (gate)
                    due = period > TimeSpan.Zero ? clock.GetUtcNow() + period : null;
                callback(given);
            }, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (gate)
            {
                due = dueTime >= TimeSpan.Zero ? clock.GetUtcNow() + dueTime : null;
                this.period = period;
                return inner.Change(dueTime, period);
            }
        }

        public void Jumped()
        {
            lock (gate)
                if (due is { } at)
                    inner.Change(at > clock.GetUtcNow() ? at - clock.GetUtcNow() : TimeSpan.Zero, period);
        }

        public void Dispose()
        {
            clock.timers.TryRemove(this, out _);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
