using Interven.Contracts.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Approvals;

/// <summary>Waits for an approval's end wherever it comes from, over the death of the silo that has its grain.</summary>
sealed partial class ApprovalWatch(EndedApprovals ended, IGrainFactory grains, TimeProvider clock, ILogger<ApprovalWatch> log)
{
    /// <summary>The approval's silo may be gone; the next one answers.</summary>
    static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Where the approval stands when it is decided, or when the time is over; null where nobody could say. The approval's grain says it at once; where its silo dies,
    /// this silo's own look sees the end a second later.
    /// </summary>
    public async Task<ApprovalStatus?> End(TenantId tenant, ApprovalId approval, TimeSpan wait, CancellationToken hungUp)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(hungUp);
        var (there, here) = (There(tenant, approval, wait, over.Token), Here(tenant, approval, wait, over.Token));
        var first = await Task.WhenAny(there, here);
        // A dead silo acknowledges no cancellation: what this one says is never waited for longer.
        var status = await first ?? (first == there ? await here : null);
        await over.CancelAsync();
        return status;
    }

    async Task<ApprovalStatus?> Here(TenantId tenant, ApprovalId approval, TimeSpan wait, CancellationToken over)
    {
        try
        {
            return (await ended.Wait(tenant, approval, wait, over))?.ToStatus();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Lost(log, e.GetType().Name, approval.Value);
            return null;
        }
    }

    async Task<ApprovalStatus?> There(TenantId tenant, ApprovalId approval, TimeSpan wait, CancellationToken over)
    {
        var grain = grains.GetGrain<IApprovalGrain>(GrainKeys.Approval(tenant.Value, approval.Value));
        var started = clock.GetTimestamp();
        while (true)
        {
            var left = wait - clock.GetElapsedTime(started);
            try
            {
                var status = (await grain.Status(left > TimeSpan.Zero ? left : TimeSpan.Zero, over)).Value;
                // Pending before its time: the approval's silo is on its way out.
                if (status is not { Status: "pending" } || wait - clock.GetElapsedTime(started) <= BeforeAskingAgain || over.IsCancellationRequested)
                    return status;
                await Task.Delay(BeforeAskingAgain, clock, over);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                Lost(log, e.GetType().Name, approval.Value);
                if (left <= TimeSpan.Zero || over.IsCancellationRequested)
                    return null;
                await Task.Delay(BeforeAskingAgain, clock, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(2206, LogLevel.Warning, "Whoever waits for approval {ApprovalId} lost its silo ({Fault}) and asks again")]
    static partial void Lost(ILogger logger, string fault, Guid approvalId);
}
