using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.People;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.People;

namespace Interven.ApiFrontend.Identity.Oidc;

/// <summary>Single sign-on of the tenant.</summary>
static class SsoEndpoints
{
    public static void MapSso(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/sso", Read).Needs(Permission.SsoRead)
            .Describe("Settings", "Read single sign-on", "Never its secret. Before it is set up it says so, and what to allow at the provider.").Gives(200, typeof(Sso)).Refuses(401, 403);
        app.MapPut("/api/sso", Put).Needs(Permission.SsoChange)
            .Describe("Settings", "Set single sign-on up", "OpenID Connect: Google, Entra, any issuer. It lets in people who were invited, and gives nobody a role.")
            .Takes(typeof(PutSsoRequest), PeopleExamples.PutSso).Gives(200, typeof(Sso)).Refuses(400, 401, 403, 409, 413);
        app.MapDelete("/api/sso", Remove).Needs(Permission.SsoChange)
            .Describe("Settings", "Remove single sign-on", "People who have a password go on with that.").Gives(204).Refuses(401, 403, 404);
    }

    static async Task Read(HttpContext http) => await Replies.Write(http, await Grain(http).Read(BaseUrl.Of(http)), ContractJson.Default.Sso);

    static async Task Put(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.PutSsoRequest) is { } request)
            await Replies.Write(http, await Grain(http).Put(request, BaseUrl.Of(http), ApiCaller.ActorOf(http)), ContractJson.Default.Sso);
    }

    static async Task Remove(HttpContext http) => await Replies.WriteNothing(http, await Grain(http).Remove(ApiCaller.ActorOf(http)));

    static ISsoGrain Grain(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ISsoGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));
}
