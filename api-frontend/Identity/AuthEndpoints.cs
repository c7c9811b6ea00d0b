using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.People;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.People;

namespace Interven.ApiFrontend.Identity;

/// <summary>Signing in and out, and one's own password.</summary>
static class AuthEndpoints
{
    static readonly Refusal NoPerson = new(403, ReasonCodes.Forbidden, "Only people have a password and a second factor.");

    public static void MapAuth(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/auth/login", Login).ForEveryone()
            .Describe("Sign-in", "Sign in", "Sets the cookies interven_session and interven_csrf; a change with the first needs the header X-Interven-CSRF with the value of the second. 401 BAD_CREDENTIALS, whatever is wrong; TOTP_REQUIRED where only the code is missing; 423 LOCKED_OUT with Retry-After after five failures.")
            .Takes(typeof(LoginRequest), PeopleExamples.Login).Gives(200, typeof(LoginAnswer)).Refuses(400, 401, 403, 413, 423, 429);
        app.MapPost("/api/auth/logout", Logout).AlsoWithTemporaryPassword().Needs(Permission.AccountChange)
            .Describe("Sign-in", "Sign out", "Ends the session and takes its cookies back.").Gives(204).Refuses(401, 403);
        app.MapPost("/api/auth/password", Password).AlsoWithTemporaryPassword().Needs(Permission.AccountChange)
            .Describe("Sign-in", "Change one's own password", "Ends every session of the person; the answer carries the cookies of a new one.")
            .Takes(typeof(ChangePasswordRequest), PeopleExamples.ChangePassword).Gives(200, typeof(LoginAnswer)).Refuses(400, 401, 403, 409, 413, 423);
        app.MapGet("/api/auth/me", Me).AlsoWithTemporaryPassword().Needs(Permission.AccountRead)
            .Describe("Sign-in", "Who am I", "With the permissions of one's role.").Gives(200, typeof(Me)).Refuses(401, 403);
        app.MapPost("/api/auth/service-session", ServiceSession).Needs(Permission.AccountChange)
            .Describe("Sign-in", "Open a session for a cookie jar", "With a service account's token as bearer: a cookie that lasts, only looks, and is bound to the caller's address, for cron jobs (`curl -c jar`, then `curl -b jar` day after day).")
            .Gives(200, typeof(ServiceSession)).Refuses(401, 403);
        app.MapSecondFactor();
        app.MapSessions();
    }

    /// <summary>The caller's own account; null after the refusal has been written: machines have none.</summary>
    public static async ValueTask<IAccountGrain?> Account(HttpContext http)
    {
        var caller = ApiCaller.Of(http);
        if (caller.Kind == "user")
            return http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(GrainKeys.User(caller.Tenant, Guid.Parse(caller.Id)));
        await Problems.Write(http, NoPerson);
        return null;
    }

    public static IPeopleGrain People(HttpContext http) =>
        http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IPeopleGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));

    static async Task Login(HttpContext http)
    {
        if ((Origins.Line(http) ?? Origins.Page(http)) is { } refusal)
            await Problems.Write(http, refusal);
        else if (await RequestBody.Read(http, ContractJson.Default.LoginRequest) is { } request)
            await Welcome(http, await SignIn(http).WithPassword(request, new("user", "", ClientAddress.Of(http), ApiCaller.AgentOf(http))));
    }

    static async Task Logout(HttpContext http)
    {
        if (ApiCaller.Of(http).Session is { } session)
            await People(http).EndSession(session, ApiCaller.Of(http).Id, ApiCaller.ActorOf(http));
        SessionCookies.Clear(http);
        http.Response.StatusCode = 204;
    }

    static async Task Password(HttpContext http)
    {
        if (await Account(http) is { } account && await RequestBody.Read(http, ContractJson.Default.ChangePasswordRequest) is { } request)
            await Welcome(http, await account.ChangePassword(request, ApiCaller.ActorOf(http)));
    }

    static async Task Me(HttpContext http) => await Replies.Write(http, await People(http).Me(ApiCaller.Of(http)), ContractJson.Default.Me);

    static async Task ServiceSession(HttpContext http)
    {
        var caller = ApiCaller.Of(http);
        if (Origins.Line(http) is { } plain)
            await Problems.Write(http, plain);
        else if (caller is not { Kind: "service_account", Session: null })
            await Problems.Write(http, 403, ReasonCodes.Forbidden, "Only a service account's token opens a session for a cookie jar.");
        else
            await Jar(http, caller.Role, await SignIn(http).ForCookieJar(caller, ApiCaller.ActorOf(http)));
    }

    static async Task Jar(HttpContext http, string role, Reply<SignedIn> reply)
    {
        if (reply.Value is { } signedIn)
            SessionCookies.Set(http, signedIn, isKept: true);
        var answer = reply.Refusal is { } refusal ? refusal : (Reply<ServiceSession>)new ServiceSession(ApiCaller.Of(http).Name, role, ClientAddress.Of(http), reply.Value!.EndsAt);
        await Replies.Write(http, answer, ContractJson.Default.ServiceSession);
    }

    /// <summary>Cookies where somebody is in, the refusal where not.</summary>
    public static async Task Welcome(HttpContext http, Reply<SignedIn> reply)
    {
        if (reply.Value is { } signedIn)
            SessionCookies.Set(http, signedIn);
        await Replies.Write(http, reply.Refusal is { } refusal ? refusal : new Reply<LoginAnswer> { Value = reply.Value!.Answer }, ContractJson.Default.LoginAnswer);
    }

    static ISignInGrain SignIn(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ISignInGrain>(GrainKeys.Singleton);
}
