using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Tenants;
using Interven.Contracts.Vault;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Vault;

namespace Interven.ApiFrontend.Vault;

static class CredentialEndpoints
{
    const string CreateExample = """{ "name": "payments api", "type": "bearer", "values": { "token": "an-upstream-token" } }""";
    const string PatchExample = """{ "name": "payments api (production)" }""";
    const string RotateExample = """{ "values": { "token": "the-next-upstream-token" } }""";

    public static void MapCredentials(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/credentials", List).Needs(Permission.CredentialsRead)
            .Describe("Credentials", "List credentials", "Names, types and which values are set; never a value.").Gives(200, typeof(Page<CredentialRow>)).Refuses(401, 403);
        app.MapPost("/api/credentials", Create).Needs(Permission.CredentialsChange)
            .Describe("Credentials", "Put a credential into the vault", "Its values are sealed at once, under the tenant's data key and bound to this record; no answer ever carries them.")
            .Takes(typeof(CreateCredentialRequest), CreateExample).Gives(201, typeof(CredentialRow)).Refuses(400, 401, 403, 409, 413);
        app.MapGet("/api/credentials/{id:guid}", Find).Needs(Permission.CredentialsRead)
            .Describe("Credentials", "Read a credential", "All but its values.").Gives(200, typeof(CredentialRow)).Refuses(401, 403, 404);
        app.MapPatch("/api/credentials/{id:guid}", Patch).Needs(Permission.CredentialsChange)
            .Describe("Credentials", "Rename a credential", "Its values stay.").Takes(typeof(PatchCredentialRequest), PatchExample).Gives(200, typeof(CredentialRow)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapPost("/api/credentials/{id:guid}/rotate", Rotate).Needs(Permission.CredentialsChange)
            .Describe("Credentials", "Replace a credential's values", "When the call has returned, no silo injects the old ones any more.")
            .Takes(typeof(RotateCredentialRequest), RotateExample).Gives(200, typeof(CredentialRow)).Refuses(400, 401, 403, 404, 409, 413);
        app.MapPost("/api/credentials/{id:guid}/revoke", Revoke).Needs(Permission.CredentialsChange)
            .Describe("Credentials", "Revoke a credential", "Erases its values; routes that use it answer 503 from now on.").Gives(200, typeof(CredentialRow)).Refuses(401, 403, 404);
        app.MapDelete("/api/credentials/{id:guid}", Delete).Needs(Permission.CredentialsChange)
            .Describe("Credentials", "Delete a credential", "Refused while an inbound route uses it.").Gives(204).Refuses(401, 403, 404, 409);
    }

    static async Task List(HttpContext http) => await Replies.Write(http, new Page<CredentialRow>(await Grain(http).List(), null), ContractJson.Default.PageCredentialRow);

    static async Task Find(HttpContext http) => await Replies.Write(http, await Grain(http).Find(IdOf(http)), ContractJson.Default.CredentialRow);

    static async Task Create(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.CreateCredentialRequest) is { } request)
            await Replies.Write(http, await Grain(http).Create(request, ApiCaller.ActorOf(http)), ContractJson.Default.CredentialRow, 201);
    }

    static async Task Patch(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.PatchCredentialRequest) is { } change)
            await Replies.Write(http, await Grain(http).Patch(IdOf(http), change, ApiCaller.ActorOf(http)), ContractJson.Default.CredentialRow);
    }

    static async Task Rotate(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.RotateCredentialRequest) is { } request)
            await Replies.Write(http, await Grain(http).Rotate(IdOf(http), request, ApiCaller.ActorOf(http)), ContractJson.Default.CredentialRow);
    }

    static async Task Revoke(HttpContext http) => await Replies.Write(http, await Grain(http).Revoke(IdOf(http), ApiCaller.ActorOf(http)), ContractJson.Default.CredentialRow);

    static async Task Delete(HttpContext http) => await Replies.WriteNothing(http, await Grain(http).Delete(IdOf(http), ApiCaller.ActorOf(http)));

    static ICredentialsGrain Grain(HttpContext http) =>
        http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ICredentialsGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));

    static Guid IdOf(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);
}
