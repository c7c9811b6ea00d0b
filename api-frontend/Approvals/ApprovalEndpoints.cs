using System.Globalization;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Scanning;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Approvals;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;

namespace Interven.ApiFrontend.Approvals;

static class ApprovalEndpoints
{
    const int MostWaitSeconds = 110;

    public static void MapApprovals(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/approvals/{id}/status", Status)
            .Describe("Approvals", "Where an approval stands", "With `wait`, the answer is held until the approval is decided or the time is over.")
            .TakesQuery("wait", "Seconds to hold the answer: 0 (default) to 110.", isWhole: true)
            .Gives(200, typeof(ApprovalStatus)).Refuses(400, 401, 403, 404, 429);

    static async Task Status(HttpContext http)
    {
        if (await http.EnterWithKey(KeyScopes.Scan) is not { } caller)
            return;
        var text = http.Request.Query["wait"].ToString();
        var wait = 0;
        if (text.Length > 0 && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out wait) || wait > MostWaitSeconds))
            await Problems.Write(http, Problems.Invalid("wait", $"`wait` must be a whole number of seconds from 0 to {MostWaitSeconds}."));
        else if (!Guid.TryParse(http.Request.RouteValues["id"] as string, out var approval))
            await Problems.Write(http, 404, ReasonCodes.NotFound, "There is no such approval.");
        else
            await Replies.Write(http, await Grain(http, caller, approval).Status(TimeSpan.FromSeconds(wait)), ContractJson.Default.ApprovalStatus);
    }

    static IApprovalGrain Grain(HttpContext http, KeyCaller caller, Guid approval) =>
        http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IApprovalGrain>(GrainKeys.Approval(caller.Admission.Tenant, approval));
}
