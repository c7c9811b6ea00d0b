namespace Interven.Api.Tests.Running;

/// <summary>One of everything that a tenant configures.</summary>
static class ConfiguredPlace
{
    /// <summary>Ids by the part of the path that they stand in.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Of(TestTenant tenant)
    {
        var credential = (await tenant.Admin.Post("/api/credentials", new { name = "one", type = "bearer", values = new { token = "x" } })).Is(201);
        var route = (await tenant.Admin.Post("/api/inbound-routes", new { prefix = Unique(), upstream_url = "https://api.example/", auth = new { kind = "path_token" } })).Is(201);
        var hold = (await tenant.Admin.Post("/api/holds", new { scope = new { agent_id = "nobody" }, reason = "one" })).Is(201);
        var sink = (await tenant.Admin.Post("/api/sinks", new { type = "hec", url = "https://siem.example/", token = "x", events = new[] { "DENY" } })).Is(201);
        return new Dictionary<string, string>
        {
            ["/credentials/"] = credential["credential_id"],
            ["/inbound-routes/"] = route["route_id"],
            ["/holds/"] = hold["hold_id"],
            ["/sinks/"] = sink["sink_id"],
        };
    }

    public static string Unique() => "p-" + Guid.CreateVersion7().ToString("N");
}
