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
        app.MapDelete("/api/tenants/{id:guid}", Erase).Needs(Permission.TenantsChange)
            .Describe("Tenants", "Erase a tenant", "In two steps: without `confirm`, what would be erased and a token for ten minutes; with it, everything of the tenant goes, records, audit log and data keys included. Nothing brings it back.")
            .TakesQuery("confirm", "confirmation_token of the first step.").Gives(200, typeof(TenantErasure)).Refuses(400, 401, 403, 404, 409);
        app.MapGet("/api/tenants", List).Needs(Permission.TenantsRead)
            .Describe("Tenants", "List tenants", "For the operator of the installation only.").Gives(200, typeof(Page<TenantRow>)).Refuses(401, 403);
        app.MapGet("/api/reason-codes", http => Replies.Write(http, new Page<ReasonCode>(ReasonCodes.All, null), ContractJson.Default.PageReasonCode)).ForEveryone()
            .Describe("Reference", "List reason codes", "Of decisions and of error answers, each with its meaning.").Gives(200, typeof(Page<ReasonCode>));
    }

    static async Task Create(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.CreateTenantRequest) is { } request)
            await Replies.Write(http, await Operator(http).CreateTenant(request, ApiCaller.ActorOf(http)), ContractJson.Default.CreatedTenant, 201);
    }

    static async Task List(HttpContext http) =>
        await Replies.Write(http, new Page<TenantRow>(await Operator(http).Tenants(), null), ContractJson.Default.PageTenantRow);

    static async Task Erase(HttpContext http) => await Replies.Write(http, await Operator(http).EraseTenant(
        Guid.Parse((string)http.Request.RouteValues["id"]!), http.Request.Query["confirm"].ToString() is { Length: > 0 } token ? token : null, ApiCaller.ActorOf(http)), ContractJson.Default.TenantErasure);

    static IOperatorGrain Operator(HttpContext http) =>
        http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IOperatorGrain>(GrainKeys.Singleton);
}
