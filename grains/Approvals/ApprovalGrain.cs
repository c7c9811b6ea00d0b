using Interven.Contracts.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

[GrainType("approval"), Reentrant]
sealed class ApprovalGrain(IApprovalStore approvals, TimeProvider clock) : Grain, IApprovalGrain
{
    static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    public async Task<Reply<ApprovalStatus>> Status(TimeSpan wait)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            if (await Load() is not { } row)
                return new Refusal(404, ReasonCodes.NotFound, "There is no such approval.");
            var left = wait - clock.GetElapsedTime(started);
            if (row.State != ApprovalState.Pending || left <= TimeSpan.Zero)
                return StatusOf(row);
            // Until decisions arrive through this grain, the row is looked at again; what is parked costs a timer, no thread.
            await Task.Delay(left < LongestLook ? left : LongestLook, clock);
        }
    }

    ValueTask<ApprovalRow?> Load()
    {
        var key = this.GetPrimaryKeyString();
        return approvals.Find(new(GrainKeys.TenantOf(key)), new(GrainKeys.ApprovalOf(key)));
    }

    static ApprovalStatus StatusOf(ApprovalRow row) => new(
        row.State switch
        {
            ApprovalState.Pending => "pending",
            ApprovalState.Approved => "approved",
            ApprovalState.Denied => "denied",
            _ => "expired",
        },
        row.State switch
        {
            ApprovalState.Approved => ReasonCodes.ApprovedByReviewer,
            ApprovalState.Denied => ReasonCodes.DeniedByReviewer,
            ApprovalState.Pending => null,
            _ => ReasonCodes.ApprovalExpired,
        },
        row.DecidedBy, row.DecidedAt, row.ExpiresAt);
}
