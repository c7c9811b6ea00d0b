using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Tenants;

namespace Interven.ApiFrontend.Tenants;

static class TenantEndpoints
{
    public static void MapTenants(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/tenants", Create).Needs(Permission.TenantsChange)
            .Describe("Tenants", "Provision a tenant", "With the seeded policies. The answer is the only one that ever shows the admin token.")
            .Takes(typeof(CreateTenantRequest), Examples.CreateTenant).Gives(201, typeof(CreatedTenant)).Refuses(400, 401, 403, 409, 413);
        app.MapGet("/api/tenants", List).Needs(Permission.TenantsRead)
            .Describe("Tenants", "List tenants", "For the operator of the installation only.").Gives(200, typeof(Page<TenantRow>)).Refuses(401, 403);
        app.MapGet("/api/settings", Settings).Needs(Permission.SettingsRead)
            .Describe("Settings", "Read the tenant's settings", "Windows, thresholds, defaults, internal domains.").Gives(200, typeof(TenantSettings)).Refuses(401, 403);
        app.MapGet("/api/reason-codes", http => Replies.Write(http, new Page<ReasonCode>(ReasonCodes.All, null), ContractJson.Default.PageReasonCode)).ForEveryone()
            .Describe("Reference", "List reason codes", "Of decisions and of error answers, each with its meaning.").Gives(200, typeof(Page<ReasonCode>));
        app.MapPost("/api/agents/{id}/suspend", http => SetSuspended(http, true)).Needs(Permission.AgentsChange)
            .Describe("Agents", "Suspend an agent", "When the call has returned, every silo answers its calls with DENY.").Gives(204).Refuses(400, 401, 403);
        app.MapPost("/api/agents/{id}/reactivate", http => SetSuspended(http, false)).Needs(Permission.AgentsChange)
            .Describe("Agents", "Reactivate an agent", "Ends a suspension.").Gives(204).Refuses(400, 401, 403, 404);
    }

    static async Task Create(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.CreateTenantRequest) is { } request)
            await Replies.Write(http, await Operator(http).CreateTenant(request, ApiCaller.ActorOf(http)), ContractJson.Default.CreatedTenant, 201);
    }

    static async Task List(HttpContext http) =>
        await Replies.Write(http, new Page<TenantRow>(await Operator(http).Tenants(), null), ContractJson.Default.PageTenantRow);

    static async Task Settings(HttpContext http) =>
        await Replies.Write(http, await ApiCaller.TenantOf(http).Settings(), ContractJson.Default.TenantSettings);

    static async Task SetSuspended(HttpContext http, bool suspended) =>
        await Replies.WriteNothing(http, await ApiCaller.TenantOf(http).SetSuspended((string)http.Request.RouteValues["id"]!, suspended, ApiCaller.ActorOf(http)));

    static IOperatorGrain Operator(HttpContext http) =>
        http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IOperatorGrain>(GrainKeys.Singleton);
}
