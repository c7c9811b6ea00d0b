using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Audit;
using Interven.Contracts.Evidence;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;

namespace Interven.ApiFrontend.Evidence;

/// <summary>What auditors read: the audit log, the evidence pack, and whether the records are whole.</summary>
static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/audit-log", List).Needs(Permission.AuditRead)
            .Describe("Evidence", "List the audit log", "What people and the system did to the tenant, newest first.").TakesAuditFilters()
            .TakesQuery("limit", "1 to 500; default 50.", isWhole: true).TakesQuery("cursor", "next_cursor of the page before.")
            .Gives(200, typeof(Page<AuditEntry>)).Refuses(400, 401, 403);
        app.MapGet("/api/audit-log/export", Export).Needs(Permission.AuditRead)
            .Describe("Evidence", "Export the audit log", "Oldest first.").TakesQuery("format", "ndjson (default) or csv.").TakesAuditFilters()
            .GivesStream("application/x-ndjson").Refuses(400, 401, 403);
        app.MapGet("/api/telemetry/decisions/verify", Verify).Needs(Permission.DecisionsRead)
            .Describe("Evidence", "Verify decisions", "Computes the hash of every record of a range anew, compares its columns with the hashed bytes, and looks for gaps in the numbers. Retention and erasure leave gaps; their rows in the audit log say so. One answer covers at most 100,000 records and says how many numbers remain.")
            .TakesQuery("since", "First moment, RFC 3339 or a date.").TakesQuery("until", "First moment that is not looked at any more.")
            .TakesQuery("cursor", "next_cursor of the answer before; its range counts then.")
            .Gives(200, typeof(Verification)).Refuses(400, 401, 403);
        app.MapGet("/api/evidence", Pack).Needs(Permission.AuditRead)
            .Describe("Evidence", "Download the evidence pack", "A zip of decision records, approvals, the policy versions in force and the audit log of a range, with a manifest that holds each file's SHA-256 and count, and what the verification found.")
            .TakesQuery("since", "First moment, RFC 3339 or a date.").TakesQuery("until", "First moment that is not in it any more.")
            .TakesQuery("format", "Of the decision records: ndjson (default), json, csv, splunk, datadog, ocsf or cef.").GivesStream("application/zip").Refuses(400, 401, 403);
    }

    static IEndpointConventionBuilder TakesAuditFilters(this IEndpointConventionBuilder endpoint) => endpoint
        .TakesQuery("since", "First moment, RFC 3339 or a date.").TakesQuery("until", "First moment that is not shown any more.")
        .TakesQuery("actor", "Id of who acted.").TakesQuery("action", "An action such as policy.applied, or policy. for all of that noun.")
        .TakesQuery("target", "What it was done to.").TakesQuery("result", "ok, or a refusal's reason code.");

    static async Task List(HttpContext http)
    {
        var query = new QueryReader(http.Request.Query);
        var filter = query.Audit();
        var limit = query.Limit();
        if (query.Refusal is { } refusal)
            await Problems.Write(http, refusal);
        else
            await Replies.Write(http, await Grain(http).AuditLog(filter, limit, query.Text("cursor")), ContractJson.Default.PageAuditEntry);
    }

    static async Task Export(HttpContext http)
    {
        var query = new QueryReader(http.Request.Query);
        var filter = query.Audit();
        var wish = new ExportWish(ExportContent.Audit, query.Text("format") ?? "ndjson", new() { Since = filter.Since, Until = filter.Until }, filter);
        if (query.Refusal is { } wrong)
        {
            await Problems.Write(http, wrong);
            return;
        }
        var grain = Exports(http);
        var plan = await grain.Begin(wish, ApiCaller.ActorOf(http));
        if (plan.Refusal is { } refusal)
            await Problems.Write(http, refusal);
        else
            await ExportStream.Send(http, grain, plan.Value!);
    }

    static async Task Verify(HttpContext http)
    {
        var query = new QueryReader(http.Request.Query);
        var (since, until) = query.Times();
        if (query.Refusal is { } refusal)
            await Problems.Write(http, refusal);
        else
            await Replies.Write(http, await Grain(http).Verify(since, until, query.Text("cursor")), ContractJson.Default.Verification);
    }

    static async Task Pack(HttpContext http)
    {
        var query = new QueryReader(http.Request.Query);
        var (since, until) = query.Times();
        var format = query.Text("format") ?? "ndjson";
        if (query.Refusal is { } wrong)
            await Problems.Write(http, wrong);
        else if (await EvidencePack.Send(http, Exports(http), Grain(http), format, since, until) is { } refusal)
            await Problems.Write(http, refusal);
    }

    static IEvidenceGrain Grain(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IEvidenceGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));

    static IExportGrain Exports(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IExportGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));
}
