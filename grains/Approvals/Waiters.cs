using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

/// <summary>
/// Those who wait for one approval's end. A decision through this activation wakes them at once, one made elsewhere through <see cref="EndedApprovals"/>, and
/// the end of its time by the one timer that they share.
/// </summary>
/// <param name="look">The row, expired where it is due.</param>
/// <param name="ended">Hears of decisions made elsewhere.</param>
/// <param name="clock">Ours; the row's own times are the database's.</param>
/// <param name="stopping">The silo stops: whoever waits is told how it stands, and asks again elsewhere.</param>
sealed class Waiters(Func<Task<ApprovalRow?>> look, EndedApprovals ended, TimeProvider clock, CancellationToken stopping)
{
    /// <summary>After its end by our clock; the database's may be a little behind, or the store out.</summary>
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    readonly TaskCompletionSource<ApprovalRow> over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int waiting;
    bool watched;

    public int Count => waiting;

    /// <summary>May be called from outside the grain.</summary>
    public void Settle(ApprovalRow row)
    {
        if (row.State != ApprovalState.Pending)
            over.TrySetResult(row);
    }

    /// <summary>The row as it ended, or as it stood when the time was over or the caller had gone.</summary>
    public async Task<ApprovalRow> Wait(ApprovalRow pending, TimeSpan wait, CancellationToken hungUp)
    {
        var (tenant, approval) = (pending.Opening.Tenant, pending.Opening.Approval);
        if (waiting++ == 0)
        {
            ended.Park(tenant, approval, Settle);
            // Between the look that said "pending" and now somebody may have ended it.
            await Look();
        }
        if (!watched)
            Watch(pending.ExpiresAt).Ignore();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(hungUp, stopping);
        try
        {
            return await over.Task.WaitAsync(wait, clock, ends.Token);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return pending;
        }
        finally
        {
            if (--waiting == 0)
                ended.Leave(tenant, approval);
        }
    }

    async Task Watch(DateTimeOffset expiresAt)
    {
        watched = true;
        try
        {
            while (waiting > 0 && !over.Task.IsCompleted)
            {
                var untilEnd = expiresAt - clock.GetUtcNow();
                await Task.WhenAny(over.Task, Task.Delay(untilEnd > BetweenLooks ? untilEnd : BetweenLooks, clock));
                if (waiting > 0 && !over.Task.IsCompleted)
                    await Look();
            }
        }
        finally
        {
            watched = false;
        }
    }

    async Task Look()
    {
        try
        {
            if (await look() is { } row)
                Settle(row);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The store is out; whoever waits has a time of its own, and the next look comes.
            return;
        }
    }
}
