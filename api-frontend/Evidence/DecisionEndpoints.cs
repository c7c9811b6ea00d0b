using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Evidence;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;

namespace Interven.ApiFrontend.Evidence;

/// <summary>Decision records, for people: the list, one record, and the counts of the dashboard.</summary>
static class DecisionEndpoints
{
    public static void MapDecisions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/telemetry/decisions", List).Needs(Permission.DecisionsRead)
            .Describe("Decisions", "List decisions", "Newest first. Filters narrow together; of several words in one filter any counts.")
            .TakesDecisionFilters()
            .TakesQuery("limit", "1 to 500; default 50.", isWhole: true).TakesQuery("cursor", "next_cursor of the page before.")
            .Gives(200, typeof(Page<DecisionSummary>)).Refuses(400, 401, 403);
        app.MapGet("/api/telemetry/decisions/{trace_id}", Find).Needs(Permission.DecisionsRead)
            .Describe("Decisions", "Read a decision", "All that is kept of it: findings without values, signals, the redacted body, what came back, linked records, the approval.")
            .Gives(200, typeof(DecisionDetail)).Refuses(401, 403, 404);
        app.MapGet("/api/telemetry/decisions/stats", Stats).Needs(Permission.DecisionsRead)
            .Describe("Decisions", "Count decisions", "Over time, by decision and band, and the most frequent tools, operations, reasons and agents. A window's counts may be up to a minute old.")
            .TakesQuery("window", "15m, 1h, 24h (default), 7d or 30d, back from now.").TakesQuery("since", "First moment; ends the window's say.").TakesQuery("until", "First moment that is not counted.")
            .Gives(200, typeof(DecisionStats)).Refuses(400, 401, 403);
    }

    static async Task List(HttpContext http)
    {
        var query = new QueryReader(http.Request.Query);
        var filter = query.Decisions();
        var limit = query.Limit();
        if (query.Refusal is { } refusal)
            await Problems.Write(http, refusal);
        else
            await Replies.Write(http, await Grain(http).List(filter, limit, query.Text("cursor")), ContractJson.Default.PageDecisionSummary);
    }

    static async Task Find(HttpContext http)
    {
        if (Guid.TryParse(http.Request.RouteValues["trace_id"] as string, out var trace))
            await Replies.Write(http, await Grain(http).Find(trace), ContractJson.Default.DecisionDetail);
        else
            await Problems.Write(http, 404, ReasonCodes.NotFound, "There is no such decision.");
    }

    static async Task Stats(HttpContext http)
    {
        var query = new QueryReader(http.Request.Query);
        var (since, until) = query.Times();
        var window = query.Window();
        if (query.Refusal is { } refusal)
            await Problems.Write(http, refusal);
        else
            await Replies.Write(http, await Grain(http).Stats(since is null && until is null ? window ?? TimeSpan.FromDays(1) : null, since, until), ContractJson.Default.DecisionStats);
    }

    static IDecisionsGrain Grain(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>()
        .GetGrain<IDecisionsGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));
}
