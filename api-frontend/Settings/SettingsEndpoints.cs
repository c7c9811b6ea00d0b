using System.Text.Json;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Settings;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Settings;

namespace Interven.ApiFrontend.Settings;

static class SettingsEndpoints
{
    const string PatchExample = """{ "retention_days": 90, "approval_ttl_seconds": 900, "thresholds": { "high": "REQUIRE_APPROVAL" }, "internal_domains": ["acme.example"] }""";
    const string EnvironmentExample = """{ "name": "staging" }""";

    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/settings", Read).Needs(Permission.SettingsRead)
            .Describe("Settings", "Read the tenant's settings", "Retention, windows, thresholds, defaults, weights, internal domains and markers.").Gives(200, typeof(TenantSettings)).Refuses(401, 403);
        app.MapPatch("/api/settings", Patch).Needs(Permission.SettingsChange)
            .Describe("Settings", "Change settings", "Absent members stay; null and absent differ. When the call has returned, no silo decides by the old settings.")
            .Takes(typeof(PatchSettingsRequest), PatchExample).Gives(200, typeof(TenantSettings)).Refuses(400, 401, 403, 409, 413);
        app.MapGet("/api/environments", Environments).Needs(Permission.SettingsRead)
            .Describe("Settings", "List environments", "With what is bound to each.").Gives(200, typeof(Page<EnvironmentRow>)).Refuses(401, 403);
        app.MapPost("/api/environments", Add).Needs(Permission.SettingsChange)
            .Describe("Settings", "Make an environment", "Keys and policies may be bound to it from then on.")
            .Takes(typeof(CreateEnvironmentRequest), EnvironmentExample).Gives(201, typeof(EnvironmentRow)).Refuses(400, 401, 403, 409, 413);
        app.MapDelete("/api/environments/{name}", Remove).Needs(Permission.SettingsChange)
            .Describe("Settings", "Remove an environment", "Refused for `production`, and while keys, policies or inbound routes name it.").Gives(204).Refuses(401, 403, 404, 409);
    }

    static async Task Read(HttpContext http) => await Replies.Write(http, await Grain(http).Read(), ContractJson.Default.TenantSettings);

    static async Task Patch(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.DictionaryStringJsonElement) is { } change)
            await Replies.Write(http, await Grain(http).Patch(JsonSerializer.SerializeToUtf8Bytes(change, ContractJson.Default.DictionaryStringJsonElement), ApiCaller.ActorOf(http)), ContractJson.Default.TenantSettings);
    }

    static async Task Environments(HttpContext http) =>
        await Replies.Write(http, new Page<EnvironmentRow>(await Grain(http).Environments(), null), ContractJson.Default.PageEnvironmentRow);

    static async Task Add(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.CreateEnvironmentRequest) is { } request)
            await Replies.Write(http, await Grain(http).AddEnvironment(request, ApiCaller.ActorOf(http)), ContractJson.Default.EnvironmentRow, 201);
    }

    static async Task Remove(HttpContext http) =>
        await Replies.WriteNothing(http, await Grain(http).RemoveEnvironment((string)http.Request.RouteValues["name"]!, ApiCaller.ActorOf(http)));

    static ISettingsGrain Grain(HttpContext http) =>
        http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ISettingsGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));
}
