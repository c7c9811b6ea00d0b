namespace Interven.Api.Tests.Running;

/// <summary>A tenant with one of everything, so that every path of the API document leads somewhere.</summary>
sealed partial class Place
{
    public required Product Product { get; init; }
    public required TestTenant Tenant { get; init; }
    public required Caller Machine { get; init; }
    public required string KeyId { get; init; }
    public required string PolicyId { get; init; }
    public required string Trace { get; init; }
    public required string ApprovalId { get; init; }
    public required string GrantId { get; init; }
    public required string GroupId { get; init; }
    public required string IncidentId { get; init; }

    /// <summary>Ids of what a tenant configures, by the part of the path that they stand in.</summary>
    public required IReadOnlyDictionary<string, string> Configured { get; init; }

    public static async Task<Place> Of(Product product, ApiDocument document, ApiDocument.Operation? operation = null)
    {
        var tenant = await TestTenant.Of(product);
        var machine = await tenant.Machine();
        var policy = (await tenant.Admin.Post("/api/policies", document.Operations.Single(operation => operation.Name == "POST /api/policies").Example)).Is(200);
        var scan = (await machine.Scan(new { text = "hello" })).Is(200);
        (await tenant.Admin.Post("/api/policies", """{"name":"ask","rules":[{"match":{"operations":["pay_out"]},"action":"REQUIRE_APPROVAL"}]}""")).Is(200);
        var asked = (await machine.Post("/v1/scan", """{"method":"POST","url":"https://pay.example/pay-out","body":{"amount":1}}""")).Is(200);
        var granted = (await machine.Post("/v1/scan", """{"method":"POST","url":"https://pay.example/pay-out","body":{"amount":2}}""")).Is(200);
        (await tenant.Admin.Post($"/api/approvals/{granted["approval_id"]}/approve")).Is(200);
        var group = (await tenant.Admin.Post("/api/approver-groups", """{"name":"nobody in particular","members":["user/none"]}""")).Is(201);
        var incident = (await tenant.Admin.Post("/api/incidents", new { title = "odd", trace_ids = new[] { scan["trace_id"] } })).Is(201);
        var (_, keyId) = await tenant.Key();
        var place = new Place
        {
            Product = product, Tenant = tenant, Machine = machine, KeyId = keyId, PolicyId = policy["policy_id"], Trace = scan["trace_id"], ApprovalId = asked["approval_id"],
            GrantId = granted["approval_id"], GroupId = group["group_id"],
            IncidentId = incident["incident_id"],
            Configured = await ConfiguredPlace.Of(tenant, machine),
        };
        await place.AddPeople(operation);
        return place;
    }

    /// <summary>Whoever may call an endpoint.</summary>
    public Caller CallerOf(ApiDocument.Operation operation) =>
        operation.IsPublic ? Product.Nobody
        : operation.Path.StartsWith("/api/tenants", StringComparison.Ordinal) ? Product.Operator
        : IsForPeople(operation) ? Person!
        : operation.Path.StartsWith("/v1/", StringComparison.Ordinal) ? Machine : Tenant.Admin;

    /// <summary>The path with ids of this tenant's own things.</summary>
    public string PathOf(ApiDocument.Operation operation) => operation.Path
        .Replace("{id}", IdOf(operation.Path), StringComparison.Ordinal)
        .Replace("{trace_id}", Trace, StringComparison.Ordinal)
        .Replace("{name}", operation.Path.StartsWith("/api/environments/", StringComparison.Ordinal) ? "spare" : "nobody", StringComparison.Ordinal);

    /// <summary>The document's example, with this tenant's own trace id, and a prefix that is free.</summary>
    public string ExampleOf(ApiDocument.Operation operation) => OfPeople(operation.Example!).Replace("01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c11", Trace, StringComparison.Ordinal)
        .Replace("01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c14", ApprovalId, StringComparison.Ordinal)
        .Replace("payments-api", ConfiguredPlace.Unique(), StringComparison.Ordinal);

    /// <summary>What a request could have changed: keys, policies with their versions, tenants.</summary>
    public async Task<string> State() => string.Join('\n',
        string.Join('\n', (await Tenant.Admin.Get("/api/keys")).Is(200).Json.GetProperty("items").EnumerateArray()
            .Select(key => $"{key.GetProperty("key_id")} {key.GetProperty("status")} {key.GetProperty("name")} {key.GetProperty("ip_allowlist")}").Order()),
        (await Tenant.Admin.Get("/api/policies")).Is(200).Text,
        (await Tenant.Admin.Get($"/api/policies/{PolicyId}/versions")).Is(200).Text,
        (await Product.Operator.Get("/api/tenants")).Is(200).Text);

    string IdOf(string path) =>
        path.Contains("/keys/", StringComparison.Ordinal) ? KeyId
        : path.Contains("/policies/", StringComparison.Ordinal) ? PolicyId
        : path.Contains("/approvals/", StringComparison.Ordinal) ? ApprovalId
        : path.Contains("/grants/", StringComparison.Ordinal) ? GrantId
        : path.Contains("/approver-groups/", StringComparison.Ordinal) ? GroupId
        : path.Contains("/incidents/", StringComparison.Ordinal) ? IncidentId
        : Configured.FirstOrDefault(one => path.Contains(one.Key, StringComparison.Ordinal)).Value is { } configured ? configured
        : IdOfPeople(path) ?? Guid.CreateVersion7().ToString();
}
