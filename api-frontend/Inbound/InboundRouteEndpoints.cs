using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Inbound;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Inbound;

namespace Interven.ApiFrontend.Inbound;

static class InboundRouteEndpoints
{
    const string CreateExample = """
        { "prefix": "payments-api", "upstream_url": "https://api.payments.example/v1", "methods": ["GET", "POST"], "paths": ["/charges/*"], "agent": { "from": "header", "value": "X-Agent" }, "failure_mode": "BLOCK" }
        """;

    const string PatchExample = """{ "paths": ["/charges/*", "/refunds/*"] }""";

    public static void MapInboundRoutes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/inbound-routes", List).Needs(Permission.InboundRoutesRead)
            .Describe("Inbound routes", "List inbound routes", "By prefix.").Gives(200, typeof(Page<InboundRouteRow>)).Refuses(401, 403);
        app.MapPost("/api/inbound-routes", Create).Needs(Permission.InboundRoutesChange)
            .Describe("Inbound routes", "Make an inbound route",
                "Callers then send to `/inbound/{prefix}/…` what they would have sent to the upstream; it is scanned, and forwarded with the credential injected. With `path_token`, the answer is the only one that ever shows the token.")
            .Takes(typeof(CreateInboundRouteRequest), CreateExample).Gives(201, typeof(MintedInboundRoute)).Refuses(400, 401, 403, 409, 413);
        app.MapGet("/api/inbound-routes/{id:guid}", Find).Needs(Permission.InboundRoutesRead)
            .Describe("Inbound routes", "Read an inbound route", "Never its token.").Gives(200, typeof(InboundRouteRow)).Refuses(401, 403, 404);
        app.MapPatch("/api/inbound-routes/{id:guid}", Patch).Needs(Permission.InboundRoutesChange)
            .Describe("Inbound routes", "Change an inbound route", "When the call has returned, no process goes by the old route.")
            .Takes(typeof(PatchInboundRouteRequest), PatchExample).Gives(200, typeof(InboundRouteRow)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapPost("/api/inbound-routes/{id:guid}/rotate-token", Rotate).Needs(Permission.InboundRoutesChange)
            .Describe("Inbound routes", "Replace a route's path token", "The old token is revoked when the call has returned.").Gives(200, typeof(MintedInboundRoute)).Refuses(401, 403, 404, 409);
        app.MapDelete("/api/inbound-routes/{id:guid}", Delete).Needs(Permission.InboundRoutesChange)
            .Describe("Inbound routes", "Delete an inbound route", "Its path token is revoked with it.").Gives(204).Refuses(401, 403, 404);
        app.Map("/inbound/{prefix}/{**path}", (RequestDelegate)(http => http.RequestServices.GetRequiredService<InboundProxy>().Handle(http)));
    }

    static async Task List(HttpContext http) => await Replies.Write(http, new Page<InboundRouteRow>(await Grain(http).List(), null), ContractJson.Default.PageInboundRouteRow);

    static async Task Find(HttpContext http) => await Replies.Write(http, await Grain(http).Find(IdOf(http)), ContractJson.Default.InboundRouteRow);

    static async Task Create(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.CreateInboundRouteRequest) is { } request)
            await Replies.Write(http, await Grain(http).Create(request, ApiCaller.ActorOf(http)), ContractJson.Default.MintedInboundRoute, 201);
    }

    static async Task Patch(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.PatchInboundRouteRequest) is { } change)
            await Replies.Write(http, await Grain(http).Patch(IdOf(http), change, ApiCaller.ActorOf(http)), ContractJson.Default.InboundRouteRow);
    }

    static async Task Rotate(HttpContext http) => await Replies.Write(http, await Grain(http).RotateToken(IdOf(http), ApiCaller.ActorOf(http)), ContractJson.Default.MintedInboundRoute);

    static async Task Delete(HttpContext http) => await Replies.WriteNothing(http, await Grain(http).Delete(IdOf(http), ApiCaller.ActorOf(http)));

    static IInboundRoutesGrain Grain(HttpContext http) =>
        http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IInboundRoutesGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));

    static Guid IdOf(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);
}
