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

/// <summary>What a tenant looks for beside what Interven brings along.</summary>
static class DetectorEndpoints
{
    const string DetectorExample = """{ "name": "Employee numbers", "data_class": "PII", "kind": "employee_number", "regex": "\\bEMP-[0-9]{6}\\b" }""";
    const string ListExample = """{ "name": "Known mules", "entries": ["paste.example", "198.51.100.0/24", "https://files.example/drop"] }""";

    public static void MapDetectors(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/detectors", Detectors).Needs(Permission.DetectorsRead)
            .Describe("Detectors", "List the tenant's detectors", "Beside them, every built-in detector counts.").Gives(200, typeof(Page<DetectorRow>)).Refuses(401, 403);
        app.MapPost("/api/detectors", CreateDetector).Needs(Permission.DetectorsChange)
            .Describe("Detectors", "Add a detector", "Literals, or a regular expression that matches in linear time. It decides from the next scan on.")
            .Takes(typeof(DetectorRequest), DetectorExample).Gives(201, typeof(DetectorRow)).Refuses(400, 401, 403, 409, 413);
        app.MapPut("/api/detectors/{id:guid}", ReplaceDetector).Needs(Permission.DetectorsChange)
            .Describe("Detectors", "Replace a detector", "As a whole.").Takes(typeof(DetectorRequest), DetectorExample).Gives(200, typeof(DetectorRow)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapDelete("/api/detectors/{id:guid}", http => Delete(http, Grain<IDetectorsGrain>(http).Delete)).Needs(Permission.DetectorsChange)
            .Describe("Detectors", "Remove a detector", "It counts no more from the next scan on.").Gives(204).Refuses(401, 403, 404);
        app.MapGet("/api/threat-lists", Lists).Needs(Permission.ThreatListsRead)
            .Describe("Threat lists", "List the tenant's threat lists", "Without their entries; the installation's feeds count beside them.").Gives(200, typeof(Page<ThreatListRow>)).Refuses(401, 403);
        app.MapGet("/api/threat-lists/{id:guid}", FindList).Needs(Permission.ThreatListsRead)
            .Describe("Threat lists", "Read a threat list", "With its entries.").Gives(200, typeof(ThreatListRow)).Refuses(401, 403, 404);
        app.MapPost("/api/threat-lists", CreateList).Needs(Permission.ThreatListsChange)
            .Describe("Threat lists", "Add a threat list", "Hosts with their sub-domains, addresses, IPv4 CIDR blocks or URLs. It decides from the next scan on.")
            .Takes(typeof(ThreatListRequest), ListExample).Gives(201, typeof(ThreatListRow)).Refuses(400, 401, 403, 409, 413);
        app.MapPut("/api/threat-lists/{id:guid}", ReplaceList).Needs(Permission.ThreatListsChange)
            .Describe("Threat lists", "Replace a threat list", "As a whole.").Takes(typeof(ThreatListRequest), ListExample).Gives(200, typeof(ThreatListRow)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapDelete("/api/threat-lists/{id:guid}", http => Delete(http, Grain<IThreatListsGrain>(http).Delete)).Needs(Permission.ThreatListsChange)
            .Describe("Threat lists", "Remove a threat list", "It counts no more from the next scan on.").Gives(204).Refuses(401, 403, 404);
    }

    static async Task Detectors(HttpContext http) =>
        await Replies.Write(http, new Page<DetectorRow>(await Grain<IDetectorsGrain>(http).List(), null), ContractJson.Default.PageDetectorRow);

    static async Task CreateDetector(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.DetectorRequest) is { } request)
            await Replies.Write(http, await Grain<IDetectorsGrain>(http).Create(request, ApiCaller.ActorOf(http)), ContractJson.Default.DetectorRow, 201);
    }

    static async Task ReplaceDetector(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.DetectorRequest) is { } request)
            await Replies.Write(http, await Grain<IDetectorsGrain>(http).Replace(IdOf(http), request, ApiCaller.ActorOf(http)), ContractJson.Default.DetectorRow);
    }

    static async Task Lists(HttpContext http) =>
        await Replies.Write(http, new Page<ThreatListRow>(await Grain<IThreatListsGrain>(http).List(), null), ContractJson.Default.PageThreatListRow);

    static async Task FindList(HttpContext http) => await Replies.Write(http, await Grain<IThreatListsGrain>(http).Find(IdOf(http)), ContractJson.Default.ThreatListRow);

    static async Task CreateList(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.ThreatListRequest) is { } request)
            await Replies.Write(http, await Grain<IThreatListsGrain>(http).Create(request, ApiCaller.ActorOf(http)), ContractJson.Default.ThreatListRow, 201);
    }

    static async Task ReplaceList(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.ThreatListRequest) is { } request)
            await Replies.Write(http, await Grain<IThreatListsGrain>(http).Replace(IdOf(http), request, ApiCaller.ActorOf(http)), ContractJson.Default.ThreatListRow);
    }

    static async Task Delete(HttpContext http, Func<Guid, Actor, Task<Reply<Done>>> delete) => await Replies.WriteNothing(http, await delete(IdOf(http), ApiCaller.ActorOf(http)));

    static T Grain<T>(HttpContext http) where T : IGrainWithStringKey => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<T>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));

    static Guid IdOf(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);
}
