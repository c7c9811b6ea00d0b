using System.Text.Json;

namespace Interven.Api.Tests.Running;

/// <summary>A tenant of a test's own.</summary>
public sealed record TestTenant(Guid Id, Caller Admin)
{
    static int count;

    public static async Task<TestTenant> Of(Product product)
    {
        var number = Interlocked.Increment(ref count);
        var made = (await product.Operator.Post("/api/tenants", new { name = $"Tenant {number}", admin_email = $"admin{number}@tenant.example", with_token = true })).Is(201);
        return new(made.Json.GetProperty("tenant_id").GetGuid(), new(product.Http, made["admin_token"]));
    }

    /// <summary>Mints a key; <paramref name="settings"/> go into the request beside a name.</summary>
    public async Task<(Caller Caller, string Id)> Key(object? settings = null)
    {
        var request = JsonSerializer.SerializeToNode(settings ?? new { })!.AsObject();
        request.TryAdd("name", "agents");
        var minted = (await Admin.Post("/api/keys", request.ToJsonString())).Is(201);
        return (new(Admin.Http, minted["key"]), minted["key_id"]);
    }

    public async Task<Caller> Agent() => (await Key()).Caller;

    /// <summary>Every scope there is.</summary>
    public async Task<Caller> Machine() => (await Key(new { scopes = new[] { "scan", "policies:write", "export" } })).Caller;

    /// <summary>A machine with a role.</summary>
    public async Task<Caller> Account(string role, params string[] allowlist) =>
        new(Admin.Http, (await Admin.Post("/api/service-accounts", new { name = role + " machine", role, ip_allowlist = allowlist })).Is(201)["token"]);

    public async Task<JsonElement> KeyRow(string id) =>
        (await Admin.Get("/api/keys")).Is(200).Json.GetProperty("items").EnumerateArray().Single(row => row.GetProperty("key_id").GetString() == id);

    public async Task<long> ScansUsed() => (await (await Agent()).Get("/v1/usage")).Is(200).Json.GetProperty("scans_used").GetInt64();
}
