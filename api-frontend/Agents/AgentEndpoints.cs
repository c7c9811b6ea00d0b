using System.Globalization;
using System.Text;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Agents;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Agents;

namespace Interven.ApiFrontend.Agents;

/// <summary>Agents for people, under two addresses.</summary>
static class AgentEndpoints
{
    const int DefaultLimit = 50, MostLimit = 500;
    const string PatchExample = """{ "owner": "jane@acme.example" }""";

    public static void MapAgents(this IEndpointRouteBuilder app)
    {
        foreach (var root in (string[])["/api/agents", "/api/telemetry/agents"])
            Map(app, root);
    }

    static void Map(IEndpointRouteBuilder app, string root)
    {
        app.MapGet(root, List).Needs(Permission.AgentsRead)
            .Describe("Agents", "List agents", "Every agent that was heard of, by id.")
            .TakesQuery("limit", "1 to 500; default 50.", isWhole: true).TakesQuery("cursor", "next_cursor of the page before.")
            .Gives(200, typeof(Page<AgentSummary>)).Refuses(400, 401, 403);
        app.MapGet(root + "/{id}", Find).Needs(Permission.AgentsRead)
            .Describe("Agents", "Read an agent", "With its trust below each key and what its newest calls came to.").Gives(200, typeof(AgentDetail)).Refuses(401, 403, 404);
        app.MapPatch(root + "/{id}", Patch).Needs(Permission.AgentsChange)
            .Describe("Agents", "Name an agent's owner", "The owner cannot approve the agent's calls.").Takes(typeof(PatchAgentRequest), PatchExample).Gives(200, typeof(AgentSummary)).Refuses(400, 401, 403, 404, 413);
        app.MapDelete(root + "/{id}", Delete).Needs(Permission.AgentsChange)
            .Describe("Agents", "Forget an agent", "Its records stay. Refused while it is suspended.").Gives(204).Refuses(401, 403, 404, 409);
        app.MapPost(root + "/{id}/suspend", http => SetSuspended(http, true)).Needs(Permission.AgentsChange)
            .Describe("Agents", "Suspend an agent", "When the call has returned, every silo answers its calls with DENY.").Gives(204).Refuses(400, 401, 403);
        app.MapPost(root + "/{id}/reactivate", http => SetSuspended(http, false)).Needs(Permission.AgentsChange)
            .Describe("Agents", "Reactivate an agent", "Ends a suspension.").Gives(204).Refuses(400, 401, 403, 404);
        app.MapPost(root + "/{id}/trust/reset", ResetTrust).Needs(Permission.AgentsChange)
            .Describe("Agents", "Give an agent its trust back", "Full trust below every key that used it lately, for the keys too.").Gives(204).Refuses(401, 403, 404);
    }

    static async Task List(HttpContext http)
    {
        var (limit, after) = (DefaultLimit, "");
        if (http.Request.Query["limit"].ToString() is { Length: > 0 } size
            && (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostLimit))
            await Problems.Write(http, Problems.Invalid("limit", $"`limit` must be a whole number from 1 to {MostLimit}."));
        else if (http.Request.Query["cursor"].ToString() is { Length: > 0 } cursor && !TryRead(cursor, out after))
            await Problems.Write(http, Problems.Invalid("cursor", "`cursor` must be the next_cursor of the page before."));
        else
        {
            var page = await Grain(http).List(after, limit);
            await Replies.Write(http, page with { NextCursor = page.NextCursor is { } last ? Convert.ToHexStringLower(Encoding.UTF8.GetBytes(last)) : null }, ContractJson.Default.PageAgentSummary);
        }
    }

    static async Task Find(HttpContext http) => await Replies.Write(http, await Grain(http).Find(IdOf(http)), ContractJson.Default.AgentDetail);

    static async Task Patch(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.PatchAgentRequest) is { } change)
            await Replies.Write(http, await Grain(http).Patch(IdOf(http), change, ApiCaller.ActorOf(http)), ContractJson.Default.AgentSummary);
    }

    static async Task Delete(HttpContext http) => await Replies.WriteNothing(http, await Grain(http).Delete(IdOf(http), ApiCaller.ActorOf(http)));

    static async Task ResetTrust(HttpContext http) => await Replies.WriteNothing(http, await Grain(http).ResetTrust(IdOf(http), ApiCaller.ActorOf(http)));

    static async Task SetSuspended(HttpContext http, bool suspended) =>
        await Replies.WriteNothing(http, await ApiCaller.TenantOf(http).SetSuspended(IdOf(http), suspended, ApiCaller.ActorOf(http)));

    static bool TryRead(string cursor, out string after)
    {
        after = "";
        if (cursor.Length % 2 != 0 || !cursor.All(char.IsAsciiHexDigit))
            return false;
        after = Encoding.UTF8.GetString(Convert.FromHexString(cursor));
        return true;
    }

    static IAgentsGrain Grain(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IAgentsGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));

    /// <summary>An agent's id may hold a slash, which routing leaves escaped.</summary>
    static string IdOf(HttpContext http) => ((string)http.Request.RouteValues["id"]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
