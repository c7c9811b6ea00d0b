using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.People;
using Interven.Contracts.Tenants;

namespace Interven.ApiFrontend.Team;

/// <summary>People and machines of the tenant.</summary>
static class TeamEndpoints
{
    public static void MapTeam(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/users", List).Needs(Permission.TeamRead)
            .Describe("Team", "List people", "By address.").Gives(200, typeof(Page<TeamMember>)).Refuses(401, 403);
        app.MapPost("/api/users", Invite).Needs(Permission.TeamChange)
            .Describe("Team", "Invite a person", "The answer is the only one that ever shows the temporary password; it must be changed at the first sign-in, within seven days. An address belongs to one person of one tenant.")
            .Takes(typeof(InviteUserRequest), PeopleExamples.InviteUser).Gives(201, typeof(InvitedUser)).Refuses(400, 401, 403, 409, 413);
        app.MapPatch("/api/users/{id:guid}", SetRole).Needs(Permission.TeamChange)
            .Describe("Team", "Change a person's role", "The person's sessions end. 409 LAST_ADMIN where the tenant would be left without an admin.")
            .Takes(typeof(PatchUserRequest), PeopleExamples.PatchUser).Gives(200, typeof(TeamMember)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapPost("/api/users/{id:guid}/reset", Reset).Needs(Permission.TeamChange)
            .Describe("Team", "Give a person new access", "For who lost password or authenticator: a new temporary password, no second factor, no sessions.")
            .Gives(200, typeof(InvitedUser)).Refuses(401, 403, 404, 409);
        app.MapDelete("/api/users/{id:guid}", Remove).Needs(Permission.TeamChange)
            .Describe("Team", "Remove a person", "The person's sessions are over when the call has returned. 409 LAST_ADMIN where the tenant would be left without an admin.")
            .Gives(204).Refuses(401, 403, 404, 409);
        app.MapGet("/api/service-accounts", Accounts).Needs(Permission.TeamRead)
            .Describe("Team", "List service accounts", "Newest first, revoked ones too.").Gives(200, typeof(Page<ServiceAccount>)).Refuses(401, 403);
        app.MapPost("/api/service-accounts", CreateAccount).Needs(Permission.TeamChange)
            .Describe("Team", "Make a service account", "The answer is the only one that ever shows the token.")
            .Takes(typeof(CreateServiceAccountRequest), PeopleExamples.CreateServiceAccount).Gives(201, typeof(CreatedServiceAccount)).Refuses(400, 401, 403, 409, 413);
        app.MapDelete("/api/service-accounts/{id}", RevokeAccount).Needs(Permission.TeamChange)
            .Describe("Team", "Revoke a service account", "Its token and its sessions open nothing any more when the call has returned.").Gives(200, typeof(ServiceAccount)).Refuses(401, 403, 404);
    }

    static async Task List(HttpContext http) =>
        await Replies.Write(http, new Page<TeamMember>(await AuthEndpoints.People(http).Users(), null), ContractJson.Default.PageTeamMember);

    static async Task Invite(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.InviteUserRequest) is { } request)
            await Replies.Write(http, await AuthEndpoints.People(http).Invite(request, ApiCaller.ActorOf(http)), ContractJson.Default.InvitedUser, 201);
    }

    static async Task SetRole(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.PatchUserRequest) is { } change)
            await Replies.Write(http, await AuthEndpoints.People(http).SetRole(Id(http), change, ApiCaller.ActorOf(http)), ContractJson.Default.TeamMember);
    }

    static async Task Reset(HttpContext http) =>
        await Replies.Write(http, await AuthEndpoints.People(http).Reset(Id(http), ApiCaller.ActorOf(http)), ContractJson.Default.InvitedUser);

    static async Task Remove(HttpContext http) =>
        await Replies.WriteNothing(http, await AuthEndpoints.People(http).Remove(Id(http), ApiCaller.ActorOf(http)));

    static async Task Accounts(HttpContext http) =>
        await Replies.Write(http, new Page<ServiceAccount>(await AuthEndpoints.People(http).ServiceAccounts(), null), ContractJson.Default.PageServiceAccount);

    static async Task CreateAccount(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.CreateServiceAccountRequest) is { } request)
            await Replies.Write(http, await AuthEndpoints.People(http).CreateServiceAccount(request, ApiCaller.ActorOf(http)), ContractJson.Default.CreatedServiceAccount, 201);
    }

    static async Task RevokeAccount(HttpContext http) => await Replies.Write(
        http, await AuthEndpoints.People(http).RevokeServiceAccount((string)http.Request.RouteValues["id"]!, ApiCaller.ActorOf(http)), ContractJson.Default.ServiceAccount);

    static Guid Id(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);
}
