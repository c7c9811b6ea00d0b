using System.Globalization;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Alerts;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Alerts;

namespace Interven.ApiFrontend.Alerts;

/// <summary>Where cards and alerts go.</summary>
static class AlertEndpoints
{
    const int DefaultLimit = 50, MostLimit = 500;

    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/alerts", List).Needs(Permission.AlertsRead)
            .Describe("Alerts", "List alert channels", "With their health; never with a secret.").Gives(200, typeof(Page<AlertChannel>)).Refuses(401, 403);
        app.MapPost("/api/alerts", Create).Needs(Permission.AlertsChange)
            .Describe("Alerts", "Add an alert channel", "Slack (cards with buttons), a signed webhook, Teams or Discord. URL, signing secret and token are sealed, and no answer ever shows them.")
            .Takes(typeof(CreateAlertRequest), Examples.CreateAlert).Gives(201, typeof(AlertChannel)).Refuses(400, 401, 403, 409, 413);
        app.MapGet("/api/alerts/{id:guid}", Find).Needs(Permission.AlertsRead)
            .Describe("Alerts", "Read an alert channel", "Without its secrets.").Gives(200, typeof(AlertChannel)).Refuses(401, 403, 404);
        app.MapPatch("/api/alerts/{id:guid}", Patch).Needs(Permission.AlertsChange)
            .Describe("Alerts", "Change an alert channel", "What is absent stays as it is.")
            .Takes(typeof(PatchAlertRequest), Examples.PatchAlert).Gives(200, typeof(AlertChannel)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapDelete("/api/alerts/{id:guid}", Delete).Needs(Permission.AlertsChange)
            .Describe("Alerts", "Remove an alert channel", "Nothing more is sent, and clicks on its cards are refused.").Gives(204).Refuses(401, 403, 404);
        app.MapPost("/api/alerts/{id:guid}/test", Test).Needs(Permission.AlertsChange)
            .Describe("Alerts", "Send a sample", "At once, with the real result. In Slack the sample's buttons work, and change nothing.").Gives(200, typeof(AlertTestResult)).Refuses(401, 403, 404);
        app.MapGet("/api/alerts/{id:guid}/deliveries", Deliveries).Needs(Permission.AlertsRead)
            .Describe("Alerts", "What became of messages", "Newest first: waiting, delivered, dead or dropped, with what the other side answered.")
            .TakesQuery("limit", "1 to 500; default 50.", isWhole: true).Gives(200, typeof(Page<AlertDelivery>)).Refuses(400, 401, 403, 404);
    }

    static async Task List(HttpContext http) => await Replies.Write(http, await Grain(http).List(), ContractJson.Default.PageAlertChannel);

    static async Task Find(HttpContext http) => await Replies.Write(http, await Grain(http).Find(Id(http)), ContractJson.Default.AlertChannel);

    static async Task Create(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.CreateAlertRequest) is { } request)
            await Replies.Write(http, await Grain(http).Create(request, ApiCaller.ActorOf(http)), ContractJson.Default.AlertChannel, 201);
    }

    static async Task Patch(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.PatchAlertRequest) is { } change)
            await Replies.Write(http, await Grain(http).Patch(Id(http), change, ApiCaller.ActorOf(http)), ContractJson.Default.AlertChannel);
    }

    static async Task Delete(HttpContext http) => await Replies.WriteNothing(http, await Grain(http).Delete(Id(http), ApiCaller.ActorOf(http)));

    static async Task Test(HttpContext http) => await Replies.Write(http, await Grain(http).Test(Id(http), ApiCaller.ActorOf(http)), ContractJson.Default.AlertTestResult);

    static async Task Deliveries(HttpContext http)
    {
        var limit = DefaultLimit;
        if (http.Request.Query["limit"].ToString() is { Length: > 0 } size
            && (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostLimit))
            await Problems.Write(http, Problems.Invalid("limit", $"`limit` must be a whole number from 1 to {MostLimit}."));
        else
            await Replies.Write(http, await Grain(http).Deliveries(Id(http), limit), ContractJson.Default.PageAlertDelivery);
    }

    static Guid Id(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);

    static IAlertsGrain Grain(HttpContext http) =>
        http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IAlertsGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));
}
