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

/// <summary>How long evidence is kept, what a court keeps longer, and what somebody may ask to be erased.</summary>
static class RetentionEndpoints
{
    const string HoldExample = """{ "scope": { "agent_id": "underwriter", "since": "2026-01-01T00:00:00Z" }, "reason": "Case 26-4711" }""";
    const string ErasureExample = """{ "agent_id": "support-bot" }""";

    public static void MapRetention(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/retention", Status).Needs(Permission.RetentionRead)
            .Describe("Retention", "Read how long records are kept", "With the last run and what a run would delete now.").Gives(200, typeof(RetentionStatus)).Refuses(401, 403, 404);
        app.MapPost("/api/retention/run", Run).Needs(Permission.RetentionChange)
            .Describe("Retention", "Prune now", "Deletes records with their responses, decided approvals and closed incidents that are over the tenant's window, in small batches. What is pending, open or held stays. The daily run does the same.")
            .Gives(200, typeof(PruneResult)).Refuses(401, 403, 404);
        app.MapGet("/api/holds", List).Needs(Permission.RetentionRead)
            .Describe("Retention", "List legal holds", "Newest first, with those that have ended by themselves.").Gives(200, typeof(Page<LegalHold>)).Refuses(401, 403);
        app.MapPost("/api/holds", Hold).Needs(Permission.RetentionChange)
            .Describe("Retention", "Hold records", "What it covers is neither pruned nor erased from the moment that this has returned.")
            .Takes(typeof(CreateHoldRequest), HoldExample).Gives(201, typeof(LegalHold)).Refuses(400, 401, 403, 409, 413);
        app.MapDelete("/api/holds/{id:guid}", Release).Needs(Permission.RetentionChange)
            .Describe("Retention", "Release a legal hold", "The next run prunes what it kept.").Gives(204).Refuses(401, 403, 404);
        app.MapPost("/api/erasure", Erase).Needs(Permission.RetentionChange)
            .Describe("Retention", "Erase an agent's or a person's records", "Two steps: with `agent_id` or `subject` it counts and answers an id; with that `erasure_id` alone it erases, within 30 minutes. Held records stay. That it was done stays in the audit log.")
            .Takes(typeof(ErasureRequest), ErasureExample).Gives(200, typeof(Erasure)).Refuses(400, 401, 403, 404, 409, 413);
    }

    static async Task Status(HttpContext http) => await Replies.Write(http, await Grain(http).Status(), ContractJson.Default.RetentionStatus);

    static async Task Run(HttpContext http) => await Replies.Write(http, await Grain(http).Prune(ApiCaller.ActorOf(http)), ContractJson.Default.PruneResult);

    static async Task List(HttpContext http) => await Replies.Write(http, new Page<LegalHold>(await Grain(http).Holds(), null), ContractJson.Default.PageLegalHold);

    static async Task Hold(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.CreateHoldRequest) is { } request)
            await Replies.Write(http, await Grain(http).Hold(request, ApiCaller.ActorOf(http)), ContractJson.Default.LegalHold, 201);
    }

    static async Task Release(HttpContext http)
    {
        if (Guid.TryParse(http.Request.RouteValues["id"] as string, out var hold))
            await Replies.WriteNothing(http, await Grain(http).Release(hold, ApiCaller.ActorOf(http)));
        else
            await Problems.Write(http, 404, ReasonCodes.NotFound, "There is no such hold.");
    }

    static async Task Erase(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.ErasureRequest) is { } request)
            await Replies.Write(http, await Grain(http).Erase(request, ApiCaller.ActorOf(http)), ContractJson.Default.Erasure);
    }

    static IRetentionGrain Grain(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IRetentionGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));
}
