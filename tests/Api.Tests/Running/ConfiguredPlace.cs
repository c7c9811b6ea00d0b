namespace Interven.Api.Tests.Running;

/// <summary>One of everything that a tenant configures.</summary>
static class ConfiguredPlace
{
    /// <summary>Ids by the part of the path that they stand in.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Of(TestTenant tenant)
    {
        var credential = (await tenant.Admin.Post("/api/credentials", new { name = "one", type = "bearer", values = new { token = "x" } })).Is(201);
        var route = (await tenant.Admin.Post("/api/inbound-routes", new { prefix = Unique(), upstream_url = "https://api.example/", auth = new { kind = "path_token" } })).Is(201);
        return new Dictionary<string, string>
        {
            ["/alerts/"] = (await tenant.Admin.Post("/api/alerts", new { type = "teams", name = "one", webhook_url = "https://hooks.invalid/x", events = new[] { "INCIDENT" } })).Is(201)["id"],
            ["/credentials/"] = credential["credential_id"],
            ["/inbound-routes/"] = route["route_id"],
        };
    }

    public static string Unique() => "p-" + Guid.CreateVersion7().ToString("N");
}
