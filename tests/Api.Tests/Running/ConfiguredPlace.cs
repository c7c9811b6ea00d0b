namespace Interven.Api.Tests.Running;

/// <summary>One of everything that a tenant configures.</summary>
static class ConfiguredPlace
{
    /// <summary>Ids by the part of the path that they stand in.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Of(TestTenant tenant, Caller machine)
    {
        var credential = (await tenant.Admin.Post("/api/credentials", new { name = "one", type = "bearer", values = new { token = "x" } })).Is(201);
        var route = (await tenant.Admin.Post("/api/inbound-routes", new { prefix = Unique(), upstream_url = "https://api.example/", auth = new { kind = "path_token" } })).Is(201);
        var detector = (await tenant.Admin.Post("/api/detectors", new { name = "own", data_class = "PII", kind = "own_kind", literals = new[] { "zebra-stripe" } })).Is(201);
        var list = (await tenant.Admin.Post("/api/threat-lists", new { name = "own", entries = new[] { "threat.example" } })).Is(201);
        var tool = (await tenant.Admin.Post("/api/tools", new { name = "own_tool", hosts = new[] { "own-tool.example" } })).Is(201);
        var ephemeral = (await machine.Post("/v1/keys/ephemeral", new { ttl_seconds = 300 })).Is(201);
        (await tenant.Admin.Post("/api/environments", new { name = "spare" })).Is(201);
        (await tenant.Admin.Post("/api/agents/agent-1/suspend")).Is(204);
        (await tenant.Admin.Post("/api/agents/agent-1/reactivate")).Is(204);
        var hold = (await tenant.Admin.Post("/api/holds", new { scope = new { agent_id = "nobody" }, reason = "one" })).Is(201);
        var sink = (await tenant.Admin.Post("/api/sinks", new { type = "hec", url = "https://siem.example/", token = "x", events = new[] { "DENY" } })).Is(201);
        return new Dictionary<string, string>
        {
            ["/detectors/"] = detector["detector_id"],
            ["/threat-lists/"] = list["list_id"],
            ["/tools/"] = tool["tool_id"],
            ["/ephemeral-keys/"] = ephemeral["ephemeral_id"],
            ["/agents/"] = "agent-1",
            ["/alerts/"] = (await tenant.Admin.Post("/api/alerts", new { type = "teams", name = "one", webhook_url = "https://hooks.invalid/x", events = new[] { "INCIDENT" }, tools = new[] { "none_of_these" } })).Is(201)["id"],
            ["/credentials/"] = credential["credential_id"],
            ["/inbound-routes/"] = route["route_id"],
            ["/holds/"] = hold["hold_id"],
            ["/sinks/"] = sink["sink_id"],
        };
    }

    public static string Unique() => "p-" + Guid.CreateVersion7().ToString("N");
}
