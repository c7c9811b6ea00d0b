using Interven.Engine.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

/// <summary>Answered where it is asked: the row decides, and a silo that has died must not hold up the calls that it once stood for.</summary>
[GrainType("call"), StatelessWorker, Reentrant]
sealed class CallGrain(IApprovalStore approvals) : Grain, ICallGrain
{
    public async Task<CallStanding> Standing()
    {
        var key = this.GetPrimaryKeyString();
        var signature = Convert.FromHexString(key.AsSpan(key.LastIndexOf('/') + 1));
        if (await approvals.FindCurrent(new(GrainKeys.TenantOf(key)), signature) is not { } row)
            return CallStanding.None;
        return row.State switch
        {
            ApprovalState.Pending => new(CallStandingKind.Pending, row.Opening.Approval.Value, row.ExpiresAt, IsJoined: row.IsJoined),
            ApprovalState.Approved => new(CallStandingKind.Granted, row.Opening.Approval.Value, row.WindowEndsAt,
                ApprovalCase.Approvers(ApprovalCase.ReadVotes(row.VotesJson)), row.Opening.ApproverGroup, row.SealedEditView is not null),
            ApprovalState.Denied => new(CallStandingKind.Denied, row.Opening.Approval.Value, row.WindowEndsAt),
            _ => CallStanding.None,
        };
    }
}
