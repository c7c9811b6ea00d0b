using Interven.Contracts.Approvals;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.Grains.People;
using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

[GrainType("approvals"), StatelessWorker, Reentrant]
sealed class ApprovalsGrain(IApprovalStore approvals, Deciders deciders, Redemption redemption, ApproverGroups groups, PeopleNames names) : Grain, IApprovalsGrain
{
    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Reply<ApprovalStatus>> Status(Guid approval) => await approvals.Glance(Tenant, new(approval)) is { } row ? row.ToStatus() : Deciding.None;

    public async Task<Reply<Approval>> Decide(Guid approval, ApprovalWord word, Actor actor)
    {
        var reply = await deciders.Decide(Tenant, new(approval), word, actor);
        return reply.Value is { } decided ? await decided.In(names.Book(Tenant)) : reply;
    }

    public async Task<Reply<RedeemedCall>> Redeem(Guid approval, Actor caller) =>
        await approvals.Find(Tenant, new(approval)) is { } row ? await redemption.Of(row, caller) : Deciding.None;

    public async Task<Page<Approval>> List(ApprovalQuery query) => await Paged(await Rows(query), query.Limit, (row, book) => row.ToApproval().In(book));

    public async Task<Page<Grant>> Grants(ApprovalQuery query) => await Paged(await Rows(query with { Granted = true }), query.Limit, (row, book) => row.ToGrant().In(book));

    public async Task<Reply<Done>> RevokeGrant(Guid approval, Actor actor)
    {
        var revoked = await approvals.RevokeGrant(Tenant, new(approval), new() { Tenant = Tenant, Actor = actor, Action = "grant.revoked", Target = $"approval/{approval}" });
        return revoked is not null ? Done.It : new Refusal(404, ReasonCodes.NotFound, "There is no such grant, or nothing is left of it.");
    }

    public async Task<IReadOnlyList<ApproverGroup>> Groups() => await groups.All(Tenant);

    public async Task<Reply<ApproverGroup>> CreateGroup(ApproverGroupRequest request, Actor actor) => await groups.Create(Tenant, request, actor);

    public async Task<Reply<ApproverGroup>> ChangeGroup(Guid group, ApproverGroupRequest request, Actor actor) => await groups.Change(Tenant, group, request, actor);

    public async Task<Reply<Done>> DeleteGroup(Guid group, Actor actor) => await groups.Delete(Tenant, group, actor);

    ValueTask<IReadOnlyList<ApprovalRow>> Rows(ApprovalQuery query) => approvals.List(Tenant, new()
    {
        State = query.State,
        Granted = query.Granted,
        AgentId = query.AgentId,
        Tool = query.Tool,
        Before = query.Before is { } id ? new ApprovalId(id) : null,
        Limit = query.Limit,
    });

    async Task<Page<T>> Paged<T>(IReadOnlyList<ApprovalRow> rows, int limit, Func<ApprovalRow, NameBook, ValueTask<T>> show)
    {
        var (book, items) = (names.Book(Tenant), new List<T>(rows.Count));
        foreach (var row in rows)
            items.Add(await show(row, book));
        return new(items, rows.Count == limit ? rows[^1].Opening.Approval.Value.ToString("N") : null);
    }
}
