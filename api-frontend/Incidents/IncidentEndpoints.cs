using System.Text.Json.Serialization.Metadata;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Incidents;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Incidents;
using Interven.GrainInterfaces.Keys;

namespace Interven.ApiFrontend.Incidents;

/// <summary>Flagged sequences of records, and what people do about them.</summary>
static class IncidentEndpoints
{
    public static void MapIncidents(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/incidents", List).Needs(Permission.IncidentsRead)
            .Describe("Incidents", "List incidents", "Newest first.")
            .TakesQuery("status", "open, investigating or closed; absent, all of them.")
            .TakesQuery("severity", "LOW, MEDIUM, HIGH or CRITICAL: as grave or graver.")
            .TakesQuery("agent", "Only of this agent.")
            .TakesQuery("trigger", "Only opened by this trigger.")
            .TakesPage().Gives(200, typeof(Page<Incident>)).Refuses(400, 401, 403);
        app.MapPost("/api/incidents", Create).Needs(Permission.IncidentsChange)
            .Describe("Incidents", "Open an incident by hand", "From 1 to 100 records.")
            .Takes(typeof(CreateIncidentRequest), Examples.CreateIncident).Gives(201, typeof(Incident)).Refuses(400, 401, 403, 413);
        app.MapGet("/api/incidents/{id:guid}", Find).Needs(Permission.IncidentsRead)
            .Describe("Incidents", "Read an incident", "With its timeline: records, notes, transitions, actions.").Gives(200, typeof(Incident)).Refuses(401, 403, 404);
        app.MapPost("/api/incidents/{id:guid}/transition", Transition).Needs(Permission.IncidentsChange)
            .Describe("Incidents", "Move an incident on", "open → investigating → closed, or straight to closed, which takes a resolution. A closed one stays closed.")
            .Takes(typeof(IncidentTransitionRequest), Examples.TransitionIncident).Gives(200, typeof(Incident)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapPost("/api/incidents/{id:guid}/notes", Note).Needs(Permission.IncidentsChange)
            .Describe("Incidents", "Add a note", "Notes are never changed or taken away.")
            .Takes(typeof(IncidentNoteRequest), Examples.NoteIncident).Gives(200, typeof(Incident)).Refuses(400, 401, 403, 404, 413);
        app.MapPost("/api/incidents/{id:guid}/notify", Notify).Needs(Permission.IncidentsChange)
            .Describe("Incidents", "Send the alert again", "To the alert channels that take incidents.").Gives(200, typeof(Incident)).Refuses(401, 403, 404);
        app.MapPost("/api/incidents/{id:guid}/suspend-agent", SuspendAgent).Needs(Permission.AgentsChange)
            .Describe("Incidents", "Suspend the incident's agent", "When the call has returned, every silo answers its calls with DENY.").Gives(200, typeof(Incident)).Refuses(401, 403, 404, 409);
        app.MapPost("/api/incidents/{id:guid}/revoke-key", RevokeKey).Needs(Permission.KeysChange)
            .Describe("Incidents", "Revoke the incident's key", "The key of its first record. When the call has returned, no silo takes it any more.").Gives(200, typeof(Incident)).Refuses(401, 403, 404);
    }

    static async Task List(HttpContext http)
    {
        var query = http.Request.Query;
        IncidentStatus? status = null;
        RiskBand? severity = null;
        if (query["status"].ToString() is { Length: > 0 } word && (status = StatusOf(word)) is null)
            await Problems.Write(http, Problems.Invalid("status", "`status` must be open, investigating or closed."));
        else if (query["severity"].ToString() is { Length: > 0 } grave && (severity = Words.TryParseBand(grave, out var band) ? band : null) is null)
            await Problems.Write(http, Problems.Invalid("severity", "`severity` must be LOW, MEDIUM, HIGH or CRITICAL."));
        else if (!ListPage.TryRead(http, out var page, out var refusal))
            await Problems.Write(http, refusal);
        else
        {
            string? Given(string name) => query[name].ToString() is { Length: > 0 } value ? value : null;
            await Replies.Write(http, await Grain(http).List(new(status, severity, Given("agent"), Given("trigger"), page.After, page.Limit)), ContractJson.Default.PageIncident);
        }
    }

    static async Task Create(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.CreateIncidentRequest) is { } request)
            await Replies.Write(http, await Grain(http).Create(request, ApiCaller.ActorOf(http)), ContractJson.Default.Incident, 201);
    }

    static Task Find(HttpContext http) => Answer(http, (grain, id, _) => grain.Detail(id));

    static Task Transition(HttpContext http) => Take(http, ContractJson.Default.IncidentTransitionRequest, (grain, id, request, actor) => grain.Transition(id, request, actor));

    static Task Note(HttpContext http) => Take(http, ContractJson.Default.IncidentNoteRequest, (grain, id, request, actor) => grain.Note(id, request, actor));

    static Task Notify(HttpContext http) => Answer(http, (grain, id, actor) => grain.Notify(id, actor));

    static Task SuspendAgent(HttpContext http) => Answer(http, (grain, id, actor) => grain.SuspendAgent(id, actor));

    /// <summary>A developer revokes the own keys alone; an incident of another key looks like none.</summary>
    static async Task RevokeKey(HttpContext http)
    {
        if (ApiCaller.OnlyOwn(http, Permission.KeysChange) is { } minter)
        {
            var incident = (await Grain(http).Detail(IdOf(http))).Value;
            if (incident is null || !await Grains(http).GetGrain<IApiKeyGrain>(GrainKeys.Key(incident.KeyId)).IsOf(ApiCaller.Of(http).Tenant, minter))
            {
                await Problems.Write(http, 404, ReasonCodes.NotFound, "There is no such incident.");
                return;
            }
        }
        await Answer(http, (grain, id, actor) => grain.RevokeKey(id, actor));
    }

    static async Task Answer(HttpContext http, Func<IIncidentsGrain, Guid, Actor, Task<Reply<Incident>>> ask) =>
        await Replies.Write(http, await ask(Grain(http), IdOf(http), ApiCaller.ActorOf(http)), ContractJson.Default.Incident);

    static async Task Take<T>(HttpContext http, JsonTypeInfo<T> shape, Func<IIncidentsGrain, Guid, T, Actor, Task<Reply<Incident>>> ask) where T : class
    {
        if (await RequestBody.Read(http, shape) is { } request)
            await Answer(http, (grain, id, actor) => ask(grain, id, request, actor));
    }

    static IncidentStatus? StatusOf(string word) => word switch
    {
        "open" => IncidentStatus.Open,
        "investigating" => IncidentStatus.Investigating,
        "closed" => IncidentStatus.Closed,
        _ => null,
    };

    static Guid IdOf(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);

    static IIncidentsGrain Grain(HttpContext http) => Grains(http).GetGrain<IIncidentsGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));

    static IGrainFactory Grains(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>();
}
