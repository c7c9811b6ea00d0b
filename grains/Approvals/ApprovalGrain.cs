using Interven.Contracts.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.Grains.People;
using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

/// <summary>
/// Where those who wait for one approval and those who decide it meet, so that a decision is heard at once. Two activations of one approval do no harm: the row
/// decides. Reentrant, or one parked caller would lock the deciders out.
/// </summary>
[GrainType("approval"), Reentrant]
sealed class ApprovalGrain(IApprovalStore approvals, Deciding deciding, ReviewDesk desk, Redemption redemption, EndedApprovals ended, PeopleNames names) : Grain, IApprovalGrain
{
    int waiting;

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    ApprovalId Id => new(GrainKeys.ApprovalOf(this.GetPrimaryKeyString()));

    public async Task<Reply<ApprovalStatus>> Status(TimeSpan wait, CancellationToken hungUp = default)
    {
        var row = wait > TimeSpan.Zero ? await Parked(wait, hungUp) : await approvals.Glance(Tenant, Id);
        return row is null ? Deciding.None : row.ToStatus();
    }

    public async Task<Reply<Approval>> Detail(Actor? viewer = null)
    {
        if (await approvals.Find(Tenant, Id) is not { } row)
            return Deciding.None;
        var approval = row.ToApproval(waiting);
        return await (viewer is null ? approval : approval with { Review = await desk.Of(row, viewer) }).In(names.Book(Tenant));
    }

    public Task<Reply<Approval>> Decide(ApprovalWord word, Actor actor) => deciding.Take(Tenant, Id, word, actor);

    public async Task<Reply<RedeemedCall>> Redeem(Actor caller) => await approvals.Find(Tenant, Id) is { } row ? await redemption.Of(row, caller) : Deciding.None;

    async Task<ApprovalRow?> Parked(TimeSpan wait, CancellationToken hungUp)
    {
        waiting++;
        try
        {
            return await ended.Wait(Tenant, Id, wait, hungUp);
        }
        finally
        {
            waiting--;
        }
    }
}
