using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Scanning;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;

namespace Interven.ApiFrontend.Evidence;

/// <summary>Decision records as a file, for people and for machines.</summary>
static class ExportEndpoints
{
    const string Says = "In the order of time. `until` is at most five seconds ago, so that the same range always gives the same records. The number of records is in the header X-Interven-Records, "
        + "and where the protocol has trailers (HTTP/2) what was sent is in them too. Compressed with Accept-Encoding: gzip. A failure on the way breaks the connection.";

    public static void MapExports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/telemetry/decisions/export", ForPeople).Needs(Permission.DecisionsExport)
            .Describe("Evidence", "Export decisions", Says).TakesExport().GivesStream("application/x-ndjson").Refuses(400, 401, 403);
        app.MapGet("/v1/decisions/export", ForKeys)
            .Describe("Evidence", "Export decisions with an API key", "For keys with the scope `export`. " + Says).TakesExport().GivesStream("application/x-ndjson").Refuses(400, 401, 403, 429);
    }

    static IEndpointConventionBuilder TakesExport(this IEndpointConventionBuilder endpoint) => endpoint
        .TakesQuery("format", "ndjson (default), json, csv, splunk, datadog, ocsf or cef.").TakesDecisionFilters();

    static Task ForPeople(HttpContext http) => Export(http, ApiCaller.Of(http).Tenant, ApiCaller.ActorOf(http));

    static async Task ForKeys(HttpContext http)
    {
        if (await http.EnterWithKey(KeyScopes.Export) is { } caller)
            await Export(http, caller.Admission.Tenant, caller.Actor);
    }

    static async Task Export(HttpContext http, Guid tenant, Actor actor)
    {
        var query = new QueryReader(http.Request.Query);
        var wish = new ExportWish(ExportContent.Decisions, query.Text("format") ?? "ndjson", query.Decisions());
        if (query.Refusal is { } wrong)
        {
            await Problems.Write(http, wrong);
            return;
        }
        var grain = http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IExportGrain>(GrainKeys.Tenant(tenant));
        var plan = await grain.Begin(wish, actor);
        if (plan.Refusal is { } refusal)
            await Problems.Write(http, refusal);
        else
            await ExportStream.Send(http, grain, plan.Value!);
    }
}
