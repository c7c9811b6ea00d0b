using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Policies;
using Interven.Contracts.Tenants;

namespace Interven.ApiFrontend.Policies;

/// <summary>Policies that come with the product, and how often the tenant's own have decided.</summary>
static class PackEndpoints
{
    public static void MapPolicyPacks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/policies/packs", Packs).Needs(Permission.PoliciesRead)
            .Describe("Policies", "List policy packs", "With each policy, and whether the tenant has one of its name.").Gives(200, typeof(Page<PolicyPack>)).Refuses(401, 403);
        app.MapPost("/api/policies/packs/{pack}/apply", Apply).Needs(Permission.PoliciesChange)
            .Describe("Policies", "Apply a policy pack", "Adds its policies, or gives those of the same name a new version. Idempotent: the same content makes no new version.")
            .Gives(200, typeof(Page<AppliedPolicy>)).Refuses(401, 403, 404, 409);
        app.MapGet("/api/policies/hits", Hits).Needs(Permission.PoliciesRead)
            .Describe("Policies", "Count what each policy decided", "Decision records of the last 24 hours by policy; a policy without any is left out.").Gives(200, typeof(Page<PolicyHits>)).Refuses(401, 403);
    }

    static async Task Packs(HttpContext http) =>
        await Replies.Write(http, new Page<PolicyPack>(await ApiCaller.TenantOf(http).PolicyPacks(), null), ContractJson.Default.PagePolicyPack);

    static async Task Apply(HttpContext http)
    {
        var reply = await ApiCaller.TenantOf(http).ApplyPack((string)http.Request.RouteValues["pack"]!, ApiCaller.ActorOf(http));
        if (reply.Refusal is { } refusal)
            await Problems.Write(http, refusal);
        else
            await Replies.Write(http, new Page<AppliedPolicy>(reply.Value!, null), ContractJson.Default.PageAppliedPolicy);
    }

    static async Task Hits(HttpContext http) =>
        await Replies.Write(http, new Page<PolicyHits>(await ApiCaller.TenantOf(http).PolicyHits(), null), ContractJson.Default.PagePolicyHits);
}
