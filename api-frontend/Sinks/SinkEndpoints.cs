using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Sinks;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Sinks;

namespace Interven.ApiFrontend.Sinks;

/// <summary>SIEMs that records are pushed to.</summary>
static class SinkEndpoints
{
    const string Example = """{ "type": "hec", "url": "https://splunk.example:8088/services/collector/event", "token": "11111111-2222-3333-4444-555555555555", "events": ["DENY", "REQUIRE_APPROVAL"] }""";

    public static void MapSinks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/sinks", List).Needs(Permission.SinksRead)
            .Describe("Sinks", "List SIEM sinks", "With how far each is, how much waits, and why it is paused.").Gives(200, typeof(Page<Sink>)).Refuses(401, 403);
        app.MapPost("/api/sinks", Create).Needs(Permission.SinksChange)
            .Describe("Sinks", "Push decisions to a SIEM",
                "From now on, in the order of the records' numbers, at least once; what comes twice has the same event id. A receiver that is busy is tried again, one that refuses pauses the sink. A webhook carries X-Interven-Timestamp and X-Interven-Signature (v1=HMAC-SHA256 of timestamp, dot and body).")
            .Takes(typeof(CreateSinkRequest), Example).Gives(201, typeof(Sink)).Refuses(400, 401, 403, 409, 413);
        app.MapPatch("/api/sinks/{id:guid}", Change).Needs(Permission.SinksChange)
            .Describe("Sinks", "Change a SIEM sink", "Its URL, its token, or which decisions it gets.").Takes(typeof(PatchSinkRequest), """{ "events": ["DENY"] }""")
            .Gives(200, typeof(Sink)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapPost("/api/sinks/{id:guid}/resume", Resume).Needs(Permission.SinksChange)
            .Describe("Sinks", "Set a paused sink going again", "It goes on where it stopped.").Gives(200, typeof(Sink)).Refuses(401, 403, 404);
        app.MapDelete("/api/sinks/{id:guid}", Delete).Needs(Permission.SinksChange)
            .Describe("Sinks", "Remove a SIEM sink", "Nothing more is sent once this has returned.").Gives(204).Refuses(401, 403, 404);
    }

    static async Task List(HttpContext http) => await Replies.Write(http, new Page<Sink>(await Grain(http).List(), null), ContractJson.Default.PageSink);

    static async Task Create(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.CreateSinkRequest) is { } request)
            await Replies.Write(http, await Grain(http).Create(request, ApiCaller.ActorOf(http)), ContractJson.Default.Sink, 201);
    }

    static async Task Change(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.PatchSinkRequest) is { } request)
            await Replies.Write(http, await Grain(http).Change(Id(http), request, ApiCaller.ActorOf(http)), ContractJson.Default.Sink);
    }

    static async Task Resume(HttpContext http) => await Replies.Write(http, await Grain(http).Resume(Id(http), ApiCaller.ActorOf(http)), ContractJson.Default.Sink);

    static async Task Delete(HttpContext http) => await Replies.WriteNothing(http, await Grain(http).Delete(Id(http), ApiCaller.ActorOf(http)));

    static Guid Id(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);

    static ISinksGrain Grain(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ISinksGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));
}
