using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Scanning;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Keys;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Keys;

namespace Interven.ApiFrontend.Keys;

static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/keys", Mint).Needs(Permission.KeysChange)
            .Describe("API keys", "Mint an API key", "The answer is the only one that ever shows the key.")
            .Takes(typeof(MintKeyRequest), Examples.MintKey).Gives(201, typeof(MintedKey)).Refuses(400, 401, 403, 413);
        app.MapGet("/api/keys", List).Needs(Permission.KeysRead)
            .Describe("API keys", "List API keys", "With blocked attempts, last use and calls of the last 24 hours; never a secret.")
            .Gives(200, typeof(Page<KeyRow>)).Refuses(401, 403);
        app.MapPatch("/api/keys/{id}", Patch).Needs(Permission.KeysChange)
            .Describe("API keys", "Change a key's name, allowlist or agent", "When the call has returned, no silo goes by the old allowlist.")
            .Takes(typeof(PatchKeyRequest), Examples.PatchKey).Gives(200, typeof(KeyRow)).Refuses(400, 401, 403, 404, 413);
        app.MapPost("/api/keys/{id}/revoke", Revoke).Needs(Permission.KeysChange)
            .Describe("API keys", "Revoke a key", "When the call has returned, no silo takes the key any more.")
            .Gives(200, typeof(KeyRow)).Refuses(401, 403, 404);
        app.MapPost("/api/keys/{id}/rotate", Rotate).Needs(Permission.KeysChange)
            .Describe("API keys", "Replace a key", "Mints a successor with the same settings; the old key lives on for the overlap.")
            .Takes(typeof(RotateKeyRequest), Examples.RotateKey).Gives(201, typeof(MintedKey)).Refuses(400, 401, 403, 404, 413);
        app.MapPost("/v1/keys/ephemeral", MintEphemeral)
            .Describe("API keys", "Mint an ephemeral key", "Minutes long, limited in uses and scope; never wider than the key that mints it.")
            .Takes(typeof(MintEphemeralKeyRequest), Examples.MintEphemeral).Gives(201, typeof(MintedEphemeralKey)).Refuses(400, 401, 403, 413, 429);
        app.MapGet("/v1/usage", Usage)
            .Describe("API keys", "Use in the current period", "Counts are approximate within a minute.")
            .Gives(200, typeof(Usage)).Refuses(401, 403, 429);
    }

    static async Task Mint(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.MintKeyRequest) is { } request)
            await Replies.Write(http, await ApiCaller.TenantOf(http).MintKey(request, ApiCaller.ActorOf(http)), ContractJson.Default.MintedKey, 201);
    }

    static async Task List(HttpContext http) =>
        await Replies.Write(http, new Page<KeyRow>(await ApiCaller.TenantOf(http).Keys(ApiCaller.OnlyOwn(http, Permission.KeysRead)), null), ContractJson.Default.PageKeyRow);

    static async Task Patch(HttpContext http)
    {
        if (await KeyOf(http) is { } key && await RequestBody.Read(http, ContractJson.Default.PatchKeyRequest) is { } change)
            await Replies.Write(http, await key.Patch(ApiCaller.Of(http).Tenant, change, ApiCaller.ActorOf(http)), ContractJson.Default.KeyRow);
    }

    static async Task Revoke(HttpContext http)
    {
        if (await KeyOf(http) is { } key)
            await Replies.Write(http, await key.Revoke(ApiCaller.Of(http).Tenant, ApiCaller.ActorOf(http)), ContractJson.Default.KeyRow);
    }

    static async Task Rotate(HttpContext http)
    {
        if (await KeyOf(http) is { } key && await RequestBody.Read(http, ContractJson.Default.RotateKeyRequest) is { } request)
            await Replies.Write(http, await key.Rotate(ApiCaller.Of(http).Tenant, request, ApiCaller.ActorOf(http)), ContractJson.Default.MintedKey, 201);
    }

    static async Task MintEphemeral(HttpContext http)
    {
        if (await http.EnterWithKey(KeyScopes.Scan) is not { } caller)
            return;
        if (await RequestBody.Read(http, ContractJson.Default.MintEphemeralKeyRequest) is { } request)
            await Replies.Write(http, await http.TenantGrain(caller).MintEphemeralKey(caller.Token, request, caller.Actor), ContractJson.Default.MintedEphemeralKey, 201);
    }

    static async Task Usage(HttpContext http)
    {
        if (await http.EnterWithKey(KeyScopes.Scan) is { } caller)
            await Replies.Write(http, await http.TenantGrain(caller).Usage(), ContractJson.Default.Usage);
    }

    /// <summary>Null after the refusal has been written: a developer has to do with the own keys alone, and others look like none.</summary>
    static async ValueTask<IApiKeyGrain?> KeyOf(HttpContext http)
    {
        var key = http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IApiKeyGrain>(GrainKeys.Key(http.Request.RouteValues["id"] as string ?? ""));
        if (ApiCaller.OnlyOwn(http, Permission.KeysChange) is not { } minter || await key.IsOf(ApiCaller.Of(http).Tenant, minter))
            return key;
        await Problems.Write(http, 404, ReasonCodes.NotFound, "There is no such API key.");
        return null;
    }
}
