using Interven.Contracts.Approvals;
using Interven.Contracts.Tenants;

namespace Interven.GrainInterfaces.Approvals;

/// <summary>A tenant's paused calls, grants and approver groups as lists. Key: <see cref="GrainKeys.Tenant"/>; any silo answers.</summary>
[Alias("approvals"), GrainInterfaceType("approvals")]
public interface IApprovalsGrain : IGrainWithStringKey
{
    /// <summary>As <see cref="IApprovalGrain.Status"/> without a wait.</summary>
    [Alias("status")]
    Task<Reply<ApprovalStatus>> Status(Guid approval);

    /// <summary>As <see cref="IApprovalGrain.Decide"/>, also where the silo of the approval's grain has died.</summary>
    [Alias("decide")]
    Task<Reply<Approval>> Decide(Guid approval, ApprovalWord word, Actor actor);

    /// <summary>As <see cref="IApprovalGrain.Redeem"/>.</summary>
    [Alias("redeem")]
    Task<Reply<RedeemedCall>> Redeem(Guid approval, Actor caller);

    /// <summary>Newest first.</summary>
    [Alias("list")]
    Task<Page<Approval>> List(ApprovalQuery query);

    /// <summary>Grants that may still be used, newest first.</summary>
    [Alias("grants")]
    Task<Page<Grant>> Grants(ApprovalQuery query);

    /// <summary>Takes away what is left of a grant. Counts when it returns.</summary>
    [Alias("revoke-grant")]
    Task<Reply<Done>> RevokeGrant(Guid approval, Actor actor);

    /// <summary>By name.</summary>
    [Alias("groups")]
    Task<IReadOnlyList<ApproverGroup>> Groups();

    /// <summary>409 where the name is taken.</summary>
    [Alias("create-group")]
    Task<Reply<ApproverGroup>> CreateGroup(ApproverGroupRequest request, Actor actor);

    [Alias("change-group")]
    Task<Reply<ApproverGroup>> ChangeGroup(Guid group, ApproverGroupRequest request, Actor actor);

    /// <summary>Rules that still name it can be approved by nobody.</summary>
    [Alias("delete-group")]
    Task<Reply<Done>> DeleteGroup(Guid group, Actor actor);
}

/// <summary>Which approvals to list; null does not filter.</summary>
/// <param name="State">Those that stand so.</param>
/// <param name="Granted">Only those with a grant that may still be used.</param>
/// <param name="AgentId">Of this agent.</param>
/// <param name="Tool">To this tool.</param>
/// <param name="Before">Only those that were opened before this one.</param>
/// <param name="Limit">1 to 500.</param>
[GenerateSerializer, Immutable, Alias("approval-query")]
public sealed record ApprovalQuery(
    [property: Id(0)] ApprovalState? State = null,
    [property: Id(1)] bool Granted = false,
    [property: Id(2)] string? AgentId = null,
    [property: Id(3)] string? Tool = null,
    [property: Id(4)] Guid? Before = null,
    [property: Id(5)] int Limit = 50);
