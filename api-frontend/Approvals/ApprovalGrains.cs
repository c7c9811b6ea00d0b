using Interven.ApiFrontend.Identity;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;

namespace Interven.ApiFrontend.Approvals;

/// <summary>The grains of the caller's own tenant.</summary>
static class ApprovalGrains
{
    public static IApprovalsGrain Approvals(this HttpContext http) => Grains(http).GetGrain<IApprovalsGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));

    public static IApprovalGrain Approval(this HttpContext http, Guid approval) => Grains(http).GetGrain<IApprovalGrain>(GrainKeys.Approval(ApiCaller.Of(http).Tenant, approval));

    static IGrainFactory Grains(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>();
}
