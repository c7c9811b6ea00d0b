using System.Globalization;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Scanning;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Approvals;
using Interven.Contracts.Keys;

namespace Interven.ApiFrontend.Approvals;

/// <summary>What agents ask about their paused calls.</summary>
static class ApprovalEndpoints
{
    const int MostWaitSeconds = 110;

    public static void MapApprovals(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/approvals/{id}/status", Status)
            .Describe("Approvals", "Where an approval stands", "With `wait`, the answer is held until the approval is decided or the time is over.")
            .TakesQuery("wait", "Seconds to hold the answer: 0 (default) to 110.", isWhole: true)
            .Gives(200, typeof(ApprovalStatus)).Refuses(400, 401, 403, 404, 429);
        app.MapPost("/v1/approvals/{id}/redeem", Redeem)
            .Describe("Approvals", "Take the execution of an approved call",
                "Once, by the key that asked, within the grant's window; for clients that polled the status. 409 ALREADY_REDEEMED, NOT_APPROVED, GRANT_EXPIRED or POLICY_CHANGED otherwise: do not run the call then.")
            .Gives(200, typeof(RedeemedCall), Examples.RedeemedCall).Refuses(401, 403, 404, 409, 429, 503);
        app.MapReviewing();
        app.MapBulkDecisions();
        app.MapGrants();
        app.MapApproverGroups();
    }

    static async Task Status(HttpContext http)
    {
        if (await http.EnterWithKey(KeyScopes.Scan) is not { } caller)
            return;
        var text = http.Request.Query["wait"].ToString();
        var wait = 0;
        if (text.Length > 0 && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out wait) || wait > MostWaitSeconds))
            await Problems.Write(http, Problems.Invalid("wait", $"`wait` must be a whole number of seconds from 0 to {MostWaitSeconds}."));
        else if (await ApprovalOf(http) is { } approval)
            await Answer(http, caller.Admission.Tenant, approval, TimeSpan.FromSeconds(wait));
    }

    static async Task Answer(HttpContext http, Guid tenant, Guid approval, TimeSpan wait)
    {
        var parked = http.RequestServices.GetRequiredService<ParkedCallers>();
        try
        {
            var status = await parked.Status(http, tenant, approval, wait);
            await Replies.Write(http, status, ContractJson.Default.ApprovalStatus);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
            http.Abort();
        }
    }

    static async Task Redeem(HttpContext http)
    {
        if (await http.EnterWithKey(KeyScopes.Scan) is { } caller && await ApprovalOf(http) is { } approval)
            await Replies.Write(http, await http.Approvals(caller.Admission.Tenant).Redeem(approval, caller.Actor), ContractJson.Default.RedeemedCall);
    }

    /// <summary>Null after the refusal has been written.</summary>
    static async ValueTask<Guid?> ApprovalOf(HttpContext http)
    {
        if (Guid.TryParse(http.Request.RouteValues["id"] as string, out var approval))
            return approval;
        await Problems.Write(http, 404, ReasonCodes.NotFound, "There is no such approval.");
        return null;
    }
}
