using Interven.Contracts.Approvals;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

[GrainType("approvals"), StatelessWorker, Reentrant]
sealed class ApprovalsGrain(IApprovalStore approvals) : Grain, IApprovalsGrain
{
    public async Task<Page<Approval>> List(ApprovalState? state, Guid? before, int limit)
    {
        var rows = await approvals.List(new(GrainKeys.TenantOf(this.GetPrimaryKeyString())),
            new() { State = state, Before = before is { } id ? new ApprovalId(id) : null, Limit = limit });
        return new([.. rows.Select(row => row.ToApproval())], rows.Count == limit ? rows[^1].Opening.Approval.Value.ToString("N") : null);
    }
}
