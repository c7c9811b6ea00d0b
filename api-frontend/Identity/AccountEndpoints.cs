using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.People;
using Interven.Contracts.Tenants;

namespace Interven.ApiFrontend.Identity;

/// <summary>One's own second factor, and sessions.</summary>
static class AccountEndpoints
{
    public static void MapSecondFactor(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/auth/totp", Enrol).Needs(Permission.AccountChange)
            .Describe("Sign-in", "Enrol an authenticator", "The secret counts once it is confirmed with a first code.").Gives(200, typeof(TotpEnrolment)).Refuses(401, 403, 409);
        app.MapPost("/api/auth/totp/confirm", Confirm).Needs(Permission.AccountChange)
            .Describe("Sign-in", "Confirm an authenticator", "From now on each sign-in needs a code. The recovery codes are shown this once; each replaces the authenticator once.")
            .Takes(typeof(TotpCode), PeopleExamples.TotpCode).Gives(200, typeof(RecoveryCodes)).Refuses(400, 401, 403, 409, 413);
        app.MapPost("/api/auth/totp/disable", Disable).Needs(Permission.AccountChange)
            .Describe("Sign-in", "Switch the second factor off", "With a code of the authenticator, or a recovery code.")
            .Takes(typeof(TotpCode), PeopleExamples.TotpCode).Gives(204).Refuses(400, 401, 403, 409, 413, 423);
    }

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/sessions", Sessions).Needs(Permission.AccountRead)
            .Describe("Sign-in", "List sessions", "One's own; with team:read, everybody's.").Gives(200, typeof(Page<SessionEntry>)).Refuses(401, 403);
        app.MapDelete("/api/sessions/{id:guid}", EndSession).Needs(Permission.AccountChange)
            .Describe("Sign-in", "End a session", "One's own; with team:change, anybody's. It opens nothing any more when the call has returned.").Gives(204).Refuses(401, 403, 404);
    }

    static async Task Enrol(HttpContext http)
    {
        if (await AuthEndpoints.Account(http) is { } account)
            await Replies.Write(http, await account.EnrolTotp(ApiCaller.ActorOf(http)), ContractJson.Default.TotpEnrolment);
    }

    static async Task Confirm(HttpContext http)
    {
        if (await AuthEndpoints.Account(http) is { } account && await RequestBody.Read(http, ContractJson.Default.TotpCode) is { } code)
            await Replies.Write(http, await account.ConfirmTotp(code, ApiCaller.ActorOf(http)), ContractJson.Default.RecoveryCodes);
    }

    static async Task Disable(HttpContext http)
    {
        if (await AuthEndpoints.Account(http) is { } account && await RequestBody.Read(http, ContractJson.Default.TotpCode) is { } code)
            await Replies.WriteNothing(http, await account.DisableTotp(code, ApiCaller.ActorOf(http)));
    }

    static async Task Sessions(HttpContext http)
    {
        var caller = ApiCaller.Of(http);
        var owner = Permission.TeamRead.Allows(caller.Role) ? null : caller.Id;
        await Replies.Write(http, new Page<SessionEntry>(await AuthEndpoints.People(http).Sessions(owner, caller.Session), null), ContractJson.Default.PageSessionEntry);
    }

    static async Task EndSession(HttpContext http)
    {
        var caller = ApiCaller.Of(http);
        var owner = Permission.TeamChange.Allows(caller.Role) ? null : caller.Id;
        await Replies.WriteNothing(http, await AuthEndpoints.People(http).EndSession(Guid.Parse((string)http.Request.RouteValues["id"]!), owner, ApiCaller.ActorOf(http)));
    }
}
