using Interven.ApiFrontend.Health;
using Interven.Contracts.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;

namespace Interven.ApiFrontend.Approvals;

/// <summary>Holds callers until an approval is decided: over silos that stop or die meanwhile, until the time is over or this process drains.</summary>
sealed class ParkedCallers(Drain drain, TimeProvider clock)
{
    /// <summary>A silo on its way out answers early; the next one has the approval soon after.</summary>
    static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>When a released caller should ask again, seconds.</summary>
    const string RetryAfter = "1";

    /// <summary>Ends when the caller hangs up or this process drains. To be disposed of by whoever waits.</summary>
    public CancellationTokenSource Watch(HttpContext http) => CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, drain.Parked);

    /// <summary>Tells a caller that was released before its time where it stands, and to ask again on another connection.</summary>
    public void Hint(HttpContext http)
    {
        if (!drain.Parked.IsCancellationRequested)
            return;
        http.Response.Headers.RetryAfter = RetryAfter;
        http.Response.Headers.Connection = "close";
    }

    /// <exception cref="OperationCanceledException">The caller has hung up.</exception>
    public async Task<Reply<ApprovalStatus>> Status(HttpContext http, IApprovalGrain grain, TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
            return await grain.Status(TimeSpan.Zero);
        using var ends = Watch(http);
        var began = clock.GetTimestamp();
        while (true)
        {
            var left = wait - clock.GetElapsedTime(began);
            try
            {
                var reply = await grain.Status(left > TimeSpan.Zero ? left : TimeSpan.Zero, ends.Token);
                if (reply.Value is not { Status: "pending" } || wait - clock.GetElapsedTime(began) <= BeforeAskingAgain || ends.IsCancellationRequested)
                    return reply;
            }
            catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
            {
                return await grain.Status(TimeSpan.Zero);
            }
            catch (Exception e) when (e is OrleansException or TimeoutException && left > BeforeAskingAgain)
            {
                // Its silo is gone; the row is not, and the next silo answers for it.
            }
            await Task.Delay(BeforeAskingAgain, clock, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
