using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Approvals;
using Interven.Contracts.Tenants;

namespace Interven.ApiFrontend.Approvals;

/// <summary>What approvals left behind.</summary>
static class GrantEndpoints
{
    public static void MapGrants(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/grants", List).Needs(Permission.ApprovalsRead)
            .Describe("Approvals", "List grants", "Approved calls whose execution has not been taken yet, newest first.")
            .TakesQuery("agent", "Only of this agent.")
            .TakesQuery("tool", "Only to this tool.")
            .TakesPage().Gives(200, typeof(Page<Grant>)).Refuses(400, 401, 403);
        app.MapPost("/api/grants/{id:guid}/revoke", Revoke).Needs(Permission.ApprovalsChange)
            .Describe("Approvals", "Revoke a grant", "By the approval's id. What was not used yet cannot be used any more; the identical call asks again.")
            .Gives(204).Refuses(401, 403, 404);
    }

    static async Task List(HttpContext http)
    {
        if (!ListPage.TryRead(http, out var page, out var refusal))
            await Problems.Write(http, refusal);
        else
        {
            string? Given(string name) => http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;
            await Replies.Write(http, await http.Approvals().Grants(new(AgentId: Given("agent"), Tool: Given("tool"), Before: page.After, Limit: page.Limit)), ContractJson.Default.PageGrant);
        }
    }

    static async Task Revoke(HttpContext http) =>
        await Replies.WriteNothing(http, await http.Approvals().RevokeGrant(Guid.Parse((string)http.Request.RouteValues["id"]!), ApiCaller.ActorOf(http)));
}
