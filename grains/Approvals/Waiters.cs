using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

/// <summary>
/// Those who wait for one approval's end. A decision through this activation wakes them at once; one through another activation or another cluster is
/// seen by looking at the row, once for all of them.
/// </summary>
/// <param name="look">The row, expired where it is due.</param>
/// <param name="clock">Ours; the row's own times are the database's.</param>
/// <param name="stopping">The silo stops: whoever waits is told how it stands, and asks again elsewhere.</param>
sealed class Waiters(Func<Task<ApprovalRow?>> look, TimeProvider clock, CancellationToken stopping)
{
    static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(2);
    static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(20);
    readonly TaskCompletionSource<ApprovalRow> over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int waiting;
    bool watched;

    public int Count => waiting;

    public void Settle(ApprovalRow row)
    {
        if (row.State != ApprovalState.Pending)
            over.TrySetResult(row);
    }

    /// <summary>The row as it ended, or as it stood when the time was over or the caller had gone.</summary>
    public async Task<ApprovalRow> Wait(ApprovalRow pending, TimeSpan wait, CancellationToken hungUp)
    {
        waiting++;
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
            waiting--;
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
                await Task.Delay(untilEnd < ShortestLook ? ShortestLook : untilEnd < LongestLook ? untilEnd : LongestLook, clock);
                if (waiting > 0 && !over.Task.IsCompleted && await Look() is { } row)
                    Settle(row);
            }
        }
        finally
        {
            watched = false;
        }
    }

    async Task<ApprovalRow?> Look()
    {
        try
        {
            return await look();
        }
        catch (Exception)
        {
            // The store is out; whoever waits has a time of its own.
            return null;
        }
    }
}
