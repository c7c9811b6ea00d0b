using Interven.ApiFrontend.Http;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Tenants;

namespace Interven.ApiFrontend.Identity;

/// <summary>Who calls an endpoint of <c>/api</c>, once <see cref="Guard"/> has let them in.</summary>
static class ApiCaller
{
    const string Item = "interven.principal";

    public static Principal Of(HttpContext http) => (Principal)http.Items[Item]!;

    public static Actor ActorOf(HttpContext http) => new(Of(http).Kind, Of(http).Id, ClientAddress.Of(http), AgentOf(http));

    public static ITenantGrain TenantOf(HttpContext http) =>
        http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ITenantGrain>(GrainKeys.Tenant(Of(http).Tenant));

    /// <summary>The caller's id where the role has the permission for its own things alone; null: for all.</summary>
    public static string? OnlyOwn(HttpContext http, Permission permission) => permission.IsOwnOnly(Of(http).Role) ? Of(http).Id : null;

    public static void Is(HttpContext http, Principal principal) => http.Items[Item] = principal;

    public static string AgentOf(HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return agent.Length > 300 ? agent[..300] : agent;
    }
}
