using System.Globalization;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Keys;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Keys;

namespace Interven.ApiFrontend.Keys;

static class EphemeralKeyEndpoints
{
    const int DefaultLimit = 100, MostLimit = 500;

    public static void MapEphemeralKeys(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/telemetry/ephemeral-keys", List).Needs(Permission.EphemeralKeysRead)
            .Describe("API keys", "List ephemeral keys", "Newest first; never a secret.")
            .TakesQuery("status", "active, expired, exhausted or revoked; absent, all of them.").TakesQuery("limit", "1 to 500; default 100.", isWhole: true)
            .Gives(200, typeof(Page<EphemeralKeySummary>)).Refuses(400, 401, 403);
        app.MapPost("/api/telemetry/ephemeral-keys/{id}/revoke", Revoke).Needs(Permission.EphemeralKeysChange)
            .Describe("API keys", "Revoke an ephemeral key", "When the call has returned, no silo takes the key any more.").Gives(200, typeof(EphemeralKeySummary)).Refuses(401, 403, 404);
    }

    static async Task List(HttpContext http)
    {
        var limit = DefaultLimit;
        if (http.Request.Query["limit"].ToString() is { Length: > 0 } size
            && (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostLimit))
        {
            await Problems.Write(http, Problems.Invalid("limit", $"`limit` must be a whole number from 1 to {MostLimit}."));
            return;
        }
        var reply = await Grain(http).List(http.Request.Query["status"].ToString() is { Length: > 0 } status ? status : null, limit);
        if (reply.Refusal is { } refusal)
            await Problems.Write(http, refusal);
        else
            await Replies.Write(http, new Page<EphemeralKeySummary>(reply.Value!, null), ContractJson.Default.PageEphemeralKeySummary);
    }

    static async Task Revoke(HttpContext http) =>
        await Replies.Write(http, await Grains(http).GetGrain<IEphemeralKeyGrain>(GrainKeys.EphemeralKey((string)http.Request.RouteValues["id"]!)).Revoke(ApiCaller.Of(http).Tenant, ApiCaller.ActorOf(http)), ContractJson.Default.EphemeralKeySummary);

    static IGrainFactory Grains(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>();

    static IEphemeralKeysGrain Grain(HttpContext http) => Grains(http).GetGrain<IEphemeralKeysGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));
}
