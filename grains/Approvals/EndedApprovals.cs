using System.Collections.Concurrent;
using Interven.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Approvals;

/// <summary>
/// Where this silo's callers wait for the ends of approvals. What ends here is told at once; what ended elsewhere, in another silo, another cluster, past a silo that
/// has died, is seen by one look a second for all of them, however many wait, and none while nobody does.
/// </summary>
sealed partial class EndedApprovals(IApprovalStore approvals, TimeProvider clock, IHostApplicationLifetime host, ILogger<EndedApprovals> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A row is seen this late at most after the time that stands in it: its transaction may commit later.</summary>
    static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    /// <summary>Where the store could not say how an approval stands.</summary>
    static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromMilliseconds(250), LeastPatience = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<(TenantId, ApprovalId), Seats> parked = new();

    /// <summary>Wakes whoever waits here, where it has ended.</summary>
    public void Tell(ApprovalRow row)
    {
        if (row.State != ApprovalState.Pending && parked.TryGetValue((row.Opening.Tenant, row.Opening.Approval), out var seats))
            seats.Over.TrySetResult(row);
    }

    /// <summary>The approval as it ended, or as it stood when the time was over, the caller had gone, or this silo stopped. Null: there is none.</summary>
    public async Task<ApprovalRow?> Wait(TenantId tenant, ApprovalId approval, TimeSpan wait, CancellationToken hungUp)
    {
        var began = clock.GetTimestamp();
        // Before the look, so that no end in between is lost.
        var seats = Sit((tenant, approval));
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(hungUp, host.ApplicationStopping);
        try
        {
            var row = await Look(tenant, approval, wait, ends.Token);
            if (row is not { State: ApprovalState.Pending })
                return row;
            var left = wait - clock.GetElapsedTime(began);
            try
            {
                return left > TimeSpan.Zero ? await seats.Over.Task.WaitAsync(left, clock, ends.Token) : row;
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                return row;
            }
        }
        finally
        {
            Leave((tenant, approval), seats);
        }
    }

    /// <summary>Whoever waits has the time for a store that is out for a moment.</summary>
    async Task<ApprovalRow?> Look(TenantId tenant, ApprovalId approval, TimeSpan wait, CancellationToken ends)
    {
        var (began, patience) = (clock.GetTimestamp(), wait > LeastPatience ? wait : LeastPatience);
        while (true)
            try
            {
                return await approvals.Glance(tenant, approval).WaitAsync(patience, clock, CancellationToken.None);
            }
            catch (Exception e) when (e is not OutOfMemoryException && clock.GetElapsedTime(began) < patience && !ends.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
                await Task.Delay(BeforeAskingAgain, clock, ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        var lookedAt = clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                var now = clock.GetTimestamp();
                if (!parked.IsEmpty)
                    await LookForAll(clock.GetElapsedTime(lookedAt, now) + Overlap, stoppingToken);
                lookedAt = now;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The next look reaches back as far as the last one that came through.
                Failed(log, e.GetType().Name);
            }
    }

    async Task LookForAll(TimeSpan back, CancellationToken cancel)
    {
        var ended = (await approvals.EndedWithin(back, cancel)).Where(parked.ContainsKey);
        foreach (var row in await Task.WhenAll(ended.Select(one => approvals.Glance(one.Tenant, one.Approval))))
            if (row is not null)
                Tell(row);
    }

    Seats Sit((TenantId, ApprovalId) name)
    {
        while (true)
        {
            var seats = parked.GetOrAdd(name, static _ => new());
            if (seats.TryTake())
                return seats;
        }
    }

    void Leave((TenantId, ApprovalId) name, Seats seats)
    {
        if (seats.GiveBack())
            parked.TryRemove(new(name, seats));
    }

    /// <summary>Those who wait for one approval. Whoever leaves last closes it; who comes then opens another.</summary>
    sealed class Seats
    {
        int taken;
        bool closed;

        public TaskCompletionSource<ApprovalRow> Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool TryTake()
        {
            lock (Over)
            {
                taken += closed ? 0 : 1;
                return !closed;
            }
        }

        /// <summary>True for the last.</summary>
        public bool GiveBack()
        {
            lock (Over)
                return closed = --taken == 0;
        }
    }

    [LoggerMessage(4202, LogLevel.Warning, "Looking for approvals that ended elsewhere failed with {Exception}; the next look makes up for it")]
    static partial void Failed(ILogger logger, string exception);
}
