using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.Contracts.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;

namespace Interven.ApiFrontend.Approvals;

/// <summary>The grains of the caller's own tenant.</summary>
static class ApprovalGrains
{
    public static IApprovalsGrain Approvals(this HttpContext http) => http.Approvals(ApiCaller.Of(http).Tenant);

    public static IApprovalsGrain Approvals(this HttpContext http, Guid tenant) => Grains(http).GetGrain<IApprovalsGrain>(GrainKeys.Tenant(tenant));

    public static IApprovalGrain Approval(this HttpContext http, Guid approval) => Grains(http).GetGrain<IApprovalGrain>(GrainKeys.Approval(ApiCaller.Of(http).Tenant, approval));

    /// <summary>Takes the caller's word, over silos that die meanwhile: said again, it counts once.</summary>
    public static Task<Reply<Approval>> Decide(this HttpContext http, Guid approval, ApprovalWord word) =>
        LostSilo.Ask(http, tries => Grains(http).GetGrain<IApprovalsGrain>(GrainKeys.AnyOf(ApiCaller.Of(http).Tenant, tries)).Decide(approval, word with { Again = tries > 0 }, ApiCaller.ActorOf(http)));

    static IGrainFactory Grains(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>();
}
