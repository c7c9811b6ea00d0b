using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Tenants;
using Interven.Contracts.Tools;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Settings;

namespace Interven.ApiFrontend.Tools;

static class ToolEndpoints
{
    const string Example = """
        { "name": "payouts", "title": "Payouts", "hosts": ["payouts.acme.example/v1"],
          "operations": [ { "name": "create_payout", "verb": "WRITE", "category": "payments", "routes": ["POST /payouts"] }, { "name": "close_account", "verb": "ADMIN", "routes": ["DELETE /accounts/{id}"] } ] }
        """;

    public static void MapTools(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/tools", List).Needs(Permission.ToolsRead)
            .Describe("Tools", "List tools", "The tenant's own first, then the catalogue, each with its operations and their verbs.").Gives(200, typeof(Page<ToolRow>)).Refuses(401, 403);
        app.MapPost("/api/tools", Create).Needs(Permission.ToolsChange)
            .Describe("Tools", "Add a tool", "Calls to its hosts are recognised as it from the next scan on.").Takes(typeof(ToolRequest), Example).Gives(201, typeof(ToolRow)).Refuses(400, 401, 403, 409, 413);
        app.MapPut("/api/tools/{id:guid}", Replace).Needs(Permission.ToolsChange)
            .Describe("Tools", "Replace a tool", "As a whole, with its operations.").Takes(typeof(ToolRequest), Example).Gives(200, typeof(ToolRow)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapDelete("/api/tools/{id:guid}", Delete).Needs(Permission.ToolsChange)
            .Describe("Tools", "Remove a tool", "Calls to its hosts are `custom_proxy` again.").Gives(204).Refuses(401, 403, 404);
    }

    static async Task List(HttpContext http) => await Replies.Write(http, new Page<ToolRow>(await Grain(http).List(), null), ContractJson.Default.PageToolRow);

    static async Task Create(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.ToolRequest) is { } request)
            await Replies.Write(http, await Grain(http).Create(request, ApiCaller.ActorOf(http)), ContractJson.Default.ToolRow, 201);
    }

    static async Task Replace(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.ToolRequest) is { } request)
            await Replies.Write(http, await Grain(http).Replace(IdOf(http), request, ApiCaller.ActorOf(http)), ContractJson.Default.ToolRow);
    }

    static async Task Delete(HttpContext http) => await Replies.WriteNothing(http, await Grain(http).Delete(IdOf(http), ApiCaller.ActorOf(http)));

    static IToolsGrain Grain(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IToolsGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));

    static Guid IdOf(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);
}
