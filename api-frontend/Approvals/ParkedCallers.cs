using Interven.ApiFrontend.Health;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Scanning;
using Interven.Contracts.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.GrainInterfaces.Scanning;

namespace Interven.ApiFrontend.Approvals;

/// <summary>
/// Holds callers until an approval is decided: over silos that stop, die or freeze meanwhile, until the time is over or this process drains. A silo has a caller for a part
/// of the wait only, and all are asked for anew where one is lost; nobody tells a client of the cluster that the silo which has its call is gone.
/// </summary>
sealed class ParkedCallers(IGrainFactory grains, GatewayLosses losses, Drain drain, TimeProvider clock)
{
    /// <summary>How long one silo has a caller, and so how long at most one that died can keep a decision from it.</summary>
    static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    /// <summary>A silo on its way out answers early; the next one has the approval soon after.</summary>
    static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>When a released caller should ask again, seconds.</summary>
    const string RetryAfter = "1";

    /// <summary>The answer to a paused scan; the first one, where the time is over, the caller gone, or this process on its way out.</summary>
    public async Task<ScanReply> Scan(HttpContext http, ScanCall call, ScanReply asked)
    {
        using var ends = Watch(http);
        var reply = await InTurns(asked.Paused!.Wait, (wait, isLast, over) =>
            grains.GetGrain<IWaitingScanGrain>(GrainKeys.Waiting(Guid.CreateVersion7())).Wait(call, asked.Paused, wait, isLast, over), ends.Token);
        Hint(http);
        return reply ?? asked with { Paused = null };
    }

    /// <exception cref="OperationCanceledException">The caller has hung up.</exception>
    public async Task<Reply<ApprovalStatus>> Status(HttpContext http, Guid tenant, Guid approval, TimeSpan wait)
    {
        using var ends = Watch(http);
        var grain = grains.GetGrain<IApprovalGrain>(GrainKeys.Approval(tenant, approval));
        var decided = await InTurns(wait, async (turn, _, over) => await grain.Status(turn, over) is { Value: not { Status: "pending" } } reply ? reply : null, ends.Token);
        http.RequestAborted.ThrowIfCancellationRequested();
        Hint(http);
        return decided ?? await LostSilo.Ask(clock, tries => grains.GetGrain<IApprovalsGrain>(GrainKeys.AnyOf(tenant, tries)).Status(approval));
    }

    /// <summary>Asks until there is something to say; null when the time was over or the wait ended before.</summary>
    async Task<T?> InTurns<T>(TimeSpan wait, Func<TimeSpan, bool, CancellationToken, Task<T?>> ask, CancellationToken ends) where T : class
    {
        var began = clock.GetTimestamp();
        while (!ends.IsCancellationRequested && wait - clock.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            var turn = left < Turn ? left : Turn;
            try
            {
                if (await Take(turn, over => ask(turn, turn == left, over), ends) is { } reply)
                    return reply;
            }
            catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException)
            {
                // Its silo is gone; the row is not, and the next silo answers for it.
            }
            // A turn that is over is followed by the next at once; one that ended before is not.
            if (wait - clock.GetElapsedTime(began) > left - turn)
                await Task.Delay(BeforeAskingAgain, clock, ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return null;
    }

    async Task<T?> Take<T>(TimeSpan turn, Func<CancellationToken, Task<T?>> ask, CancellationToken ends) where T : class
    {
        var lost = losses.Next;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ends);
        var asking = ask(over.Token);
        // Not cut short by the hang-up itself: the token would be gone before it has reached the silo, and the call would stay parked there.
        var answer = asking.WaitAsync(turn + Deadlines.Usual, clock, CancellationToken.None);
        if (await Task.WhenAny(answer, lost) == answer)
            return await answer;
        // A silo is gone, perhaps the one that has the call. One that lives gives it back.
        answer.Ignore();
        await over.CancelAsync();
        return await asking.WaitAsync(BeforeAskingAgain, clock, CancellationToken.None);
    }

    /// <summary>Ends when the caller hangs up or this process drains. To be disposed of by whoever waits.</summary>
    CancellationTokenSource Watch(HttpContext http) => CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, drain.Parked);

    /// <summary>Tells a caller that was released before its time where it stands, and to ask again on another connection.</summary>
    void Hint(HttpContext http)
    {
        if (!drain.Parked.IsCancellationRequested)
            return;
        http.Response.Headers.RetryAfter = RetryAfter;
        http.Response.Headers.Connection = "close";
    }
}
