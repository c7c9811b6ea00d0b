using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Scanning;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Keys;
using Interven.Contracts.Policies;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Interven.GrainInterfaces.Tenants;

namespace Interven.ApiFrontend.Policies;

static class PolicyEndpoints
{
    public static void MapPolicies(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/policies/apply", ApplyWithKey)
            .Describe("Policies", "Apply a policy", "Idempotent upsert on (name, env_name), JSON or YAML; the same content makes no new version. Needs the scope policies:write.")
            .Takes(typeof(object), Examples.Policy).Gives(200, typeof(AppliedPolicy)).Refuses(400, 401, 403, 413, 429);
        app.MapGet("/v1/policies/by-name/{name}", ByName)
            .Describe("Policies", "Find a policy by name", "The newest version.")
            .TakesQuery("env", "The policy's environment; absent: the policy for all environments.")
            .Gives(200, typeof(AppliedPolicy)).Refuses(401, 403, 404, 429);
        app.MapGet("/api/policies", List).Needs(Permission.PoliciesRead)
            .Describe("Policies", "List policies", "Newest versions.").Gives(200, typeof(Page<PolicyRow>)).Refuses(401, 403);
        app.MapPost("/api/policies", Create).Needs(Permission.PoliciesChange)
            .Describe("Policies", "Create or replace a policy", "As /v1/policies/apply.")
            .Takes(typeof(object), Examples.Policy).Gives(200, typeof(AppliedPolicy)).Refuses(400, 401, 403, 413);
        app.MapGet("/api/policies/{id:guid}", Find).Needs(Permission.PoliciesRead)
            .Describe("Policies", "Read a policy", "With its document.").Gives(200, typeof(PolicyDetail)).Refuses(401, 403, 404);
        app.MapPut("/api/policies/{id:guid}", Update).Needs(Permission.PoliciesChange)
            .Describe("Policies", "Change a policy", "Makes a new version; when the call has returned, no silo decides by the old one.")
            .Takes(typeof(object), Examples.Policy).Gives(200, typeof(AppliedPolicy)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapDelete("/api/policies/{id:guid}", Delete).Needs(Permission.PoliciesChange)
            .Describe("Policies", "Delete a policy", "Its versions stay as evidence.").Gives(204).Refuses(401, 403, 404);
        app.MapGet("/api/policies/{id:guid}/versions", Versions).Needs(Permission.PoliciesRead)
            .Describe("Policies", "List a policy's versions", "Immutable, newest first.").Gives(200, typeof(Page<PolicyVersion>)).Refuses(401, 403, 404);
        app.MapPost("/api/policies/{id:guid}/restore", Restore).Needs(Permission.PoliciesChange)
            .Describe("Policies", "Restore a version", "Makes a new version with the old content.")
            .Takes(typeof(RestorePolicyRequest), Examples.RestorePolicy).Gives(200, typeof(AppliedPolicy)).Refuses(400, 401, 403, 404, 413);
        app.MapPolicyPacks();
        app.MapPost("/api/policies/validate", Validate).Needs(Permission.PoliciesChange)
            .Describe("Policies", "Check a policy", "Changes nothing; names every problem by JSON path.")
            .Takes(typeof(object), Examples.Policy).Gives(200, typeof(PolicyValidation)).Refuses(401, 403, 413);
        app.MapPost("/api/policies/simulate", Simulate).Needs(Permission.PoliciesChange)
            .Describe("Policies", "Explain one call, or try a draft on the past",
                "With {policy?, policies?, alone?, scan, at?, agent?} it decides one call without recording anything and says of each rule whether it matched, and on which key it failed. With {policy, hours} it asks the draft about the recorded calls of the last 1 to 720 hours and answers {records, flipped, flips, by_decision, undetermined}, compared with the policies of today.")
            .Takes(typeof(SimulateRequest), Examples.Simulate).Gives(200, typeof(Simulation)).Refuses(400, 401, 403, 413);
    }

    static async Task ApplyWithKey(HttpContext http)
    {
        if (await http.EnterWithKey(KeyScopes.PoliciesWrite) is { } caller && await Document(http) is { } document)
            await Replies.Write(http, await http.TenantGrain(caller).ApplyPolicy(document, caller.Actor), ContractJson.Default.AppliedPolicy);
    }

    static async Task ByName(HttpContext http)
    {
        if (await http.EnterWithKey(KeyScopes.Scan) is not { } caller)
            return;
        var env = http.Request.Query["env"].ToString();
        await Replies.Write(http, await http.TenantGrain(caller).PolicyByName((string)http.Request.RouteValues["name"]!, env.Length > 0 ? env : null), ContractJson.Default.AppliedPolicy);
    }

    static async Task List(HttpContext http) =>
        await Replies.Write(http, new Page<PolicyRow>(await Tenant(http).Policies(), null), ContractJson.Default.PagePolicyRow);

    static async Task Create(HttpContext http)
    {
        if (await Document(http) is { } document)
            await Replies.Write(http, await Tenant(http).ApplyPolicy(document, ApiCaller.ActorOf(http)), ContractJson.Default.AppliedPolicy);
    }

    static async Task Find(HttpContext http) =>
        await Replies.Write(http, await Tenant(http).Policy(Id(http)), ContractJson.Default.PolicyDetail);

    static async Task Update(HttpContext http)
    {
        if (await Document(http) is { } document)
            await Replies.Write(http, await Tenant(http).UpdatePolicy(Id(http), document, ApiCaller.ActorOf(http)), ContractJson.Default.AppliedPolicy);
    }

    static async Task Delete(HttpContext http) =>
        await Replies.WriteNothing(http, await Tenant(http).DeletePolicy(Id(http), ApiCaller.ActorOf(http)));

    static async Task Versions(HttpContext http)
    {
        var reply = await Tenant(http).PolicyVersions(Id(http));
        if (reply.Refusal is { } refusal)
            await Problems.Write(http, refusal);
        else
            await Replies.Write(http, new Page<PolicyVersion>(reply.Value!, null), ContractJson.Default.PagePolicyVersion);
    }

    static async Task Restore(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.RestorePolicyRequest) is not { } request)
            return;
        if (request.Version is not { } version)
            await Problems.Write(http, Problems.Invalid("$.version", "The version to restore is required."));
        else
            await Replies.Write(http, await Tenant(http).RestorePolicy(Id(http), version, ApiCaller.ActorOf(http)), ContractJson.Default.AppliedPolicy);
    }

    static async Task Validate(HttpContext http)
    {
        if (await Document(http) is { } document)
            await Replies.Write(http, await Tenant(http).ValidatePolicy(document), ContractJson.Default.PolicyValidation);
    }

    static async Task Simulate(HttpContext http)
    {
        var (bytes, refusal) = await RequestBody.Read(http, Limit(http));
        if (refusal is null && StrictJson.Fault(bytes) is { } fault)
            refusal = Problems.Invalid(fault.Path, fault.Message);
        if (refusal is not null)
            await Problems.Write(http, refusal);
        else if (AsksForThePast(bytes))
            await Replies.Write(http, await http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IReplayGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant)).Run(bytes), ContractJson.Default.HistorySimulation);
        else
            await Replies.Write(http, await Tenant(http).Simulate(bytes), ContractJson.Default.Simulation);
    }

    static bool AsksForThePast(byte[] request)
    {
        using var document = System.Text.Json.JsonDocument.Parse(request);
        return document.RootElement.TryGetProperty("hours", out _) && !document.RootElement.TryGetProperty("scan", out _);
    }

    /// <summary>The document as sent; null after the refusal has been written.</summary>
    static async ValueTask<byte[]?> Document(HttpContext http)
    {
        var (bytes, refusal) = await RequestBody.Read(http, Limit(http));
        if (refusal is null)
            return bytes;
        await Problems.Write(http, refusal);
        return null;
    }

    static int Limit(HttpContext http) => http.RequestServices.GetRequiredService<FrontEndOptions>().MaxBodyBytes;

    static ITenantGrain Tenant(HttpContext http) => ApiCaller.TenantOf(http);

    static Guid Id(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);
}
