using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Approvals;
using Interven.Contracts.Tenants;

namespace Interven.ApiFrontend.Approvals;

/// <summary>The groups that rules name with <c>approver_group</c>.</summary>
static class ApproverGroupEndpoints
{
    public static void MapApproverGroups(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/approver-groups", List).Needs(Permission.ApproverGroupsRead)
            .Describe("Approvals", "List approver groups", "By name.").Gives(200, typeof(Page<ApproverGroup>)).Refuses(401, 403);
        app.MapPost("/api/approver-groups", Create).Needs(Permission.ApproverGroupsChange)
            .Describe("Approvals", "Make an approver group", "Rules name it with `approver_group`; only its members may then approve (anybody with the role may still deny).")
            .Takes(typeof(ApproverGroupRequest), Examples.ApproverGroup).Gives(201, typeof(ApproverGroup)).Refuses(400, 401, 403, 409, 413);
        app.MapPut("/api/approver-groups/{id:guid}", Change).Needs(Permission.ApproverGroupsChange)
            .Describe("Approvals", "Change an approver group", "Counts for pending approvals too.")
            .Takes(typeof(ApproverGroupRequest), Examples.ApproverGroup).Gives(200, typeof(ApproverGroup)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapDelete("/api/approver-groups/{id:guid}", Delete).Needs(Permission.ApproverGroupsChange)
            .Describe("Approvals", "Delete an approver group", "What a rule asks of a group that does not exist, nobody can approve.").Gives(204).Refuses(401, 403, 404);
    }

    static async Task List(HttpContext http) => await Replies.Write(http, new Page<ApproverGroup>(await http.Approvals().Groups(), null), ContractJson.Default.PageApproverGroup);

    static async Task Create(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.ApproverGroupRequest) is { } request)
            await Replies.Write(http, await http.Approvals().CreateGroup(request, ApiCaller.ActorOf(http)), ContractJson.Default.ApproverGroup, 201);
    }

    static async Task Change(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.ApproverGroupRequest) is { } request)
            await Replies.Write(http, await http.Approvals().ChangeGroup(IdOf(http), request, ApiCaller.ActorOf(http)), ContractJson.Default.ApproverGroup);
    }

    static async Task Delete(HttpContext http) => await Replies.WriteNothing(http, await http.Approvals().DeleteGroup(IdOf(http), ApiCaller.ActorOf(http)));

    static Guid IdOf(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);
}
