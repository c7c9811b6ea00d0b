using System.Text.Json;
using Interven.Api.Tests.Running;
using Interven.Storage.Tests.Harness;

namespace Interven.Api.Tests.Evidence;

/// <summary>What audit rows tell of a thing before and after its change.</summary>
[Collection(UsesProduct.Name)]
public class AuditedChangeTests(OneProduct one)
{
    [Fact]
    public async Task Keys_are_told_before_and_after_without_their_secret()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (caller, id) = await tenant.Key(new { name = "desk", scopes = new[] { "scan", "export" }, env_name = "production", default_agent_id = "bot" });
        (await tenant.Admin.Patch("/api/keys/" + id, new { name = "till", ip_allowlist = new[] { "10.0.0.0/8" } })).Is(200);
        var next = (await tenant.Admin.Post($"/api/keys/{id}/rotate", new { overlap_hours = 1 })).Is(201);
        (await tenant.Admin.Post($"/api/keys/{id}/revoke")).Is(200);
        Assert.Equal(
        [
            ("key.minted", null, "desk"), ("key.changed", "desk", "till"), ("key.rotated", "till", "till"), ("key.minted", null, "till"), ("key.revoked", "till", "till"),
        ], (await Rows(tenant, "key.")).Select(row => (row.Action, Text(row.Before, "name"), Text(row.After, "name"))));
        var rows = await Rows(tenant, "key.");
        Assert.Equal("""["scan","export"]|[]|production|bot|False""", string.Join('|', (string[])["scopes", "ip_allowlist", "env_name", "default_agent_id", "errors_as_deny"]
            is var names ? names.Select(name => Text(rows[0].After, name)) : []));
        Assert.Equal(("""["10.0.0.0/8"]""", "", true), (Text(rows[1].After, "ip_allowlist"), Text(rows[1].After, "expires_at"), Text(rows[2].After, "expires_at")!.Length > 0));
        var log = (await tenant.Admin.Get("/api/audit-log?action=key.")).Text;
        Assert.DoesNotContain(caller.Token[^38..^6], log, StringComparison.Ordinal);
        Assert.DoesNotContain(next["key"][^38..^6], log, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_are_told_by_their_id()
    {
        var tenant = await TestTenant.Of(one.Product);
        string Policy(string operation) => $$"""{"name":"no","rules":[{"match":{"operations":["{{operation}}"]},"action":"DENY"}]}""";
        var id = (await tenant.Admin.Post("/api/policies", Policy("pay_out"))).Is(200)["policy_id"];
        (await tenant.Admin.Post("/api/policies", Policy("delete"))).Is(200);
        (await tenant.Admin.Send(HttpMethod.Put, "/api/policies/" + id, Policy("refund"))).Is(200);
        (await tenant.Admin.Post($"/api/policies/{id}/restore", new { version = 1 })).Is(200);
        (await tenant.Admin.Send(HttpMethod.Delete, "/api/policies/" + id, null)).Is(204);
        (await tenant.Admin.Post("/api/policies", Policy("pay_out"))).Is(200);
        var rows = (await Rows(tenant, "policy.")).Where(row => row.Action != "policy.seeded").ToList();
        Assert.All(rows, row => Assert.Equal("policy/" + id, row.Target));
        Assert.Equal(
        [
            ("policy.applied", null, "1"), ("policy.applied", "1", "2"), ("policy.changed", "2", "3"), ("policy.restored", "3", "4"), ("policy.deleted", "4", null), ("policy.applied", null, "5"),
        ], rows.Select(row => (row.Action, Text(row.Before, "version"), Text(row.After, "version"))));
        Assert.Equal((id, "no", "True", 64), (Text(rows[0].After, "id"), Text(rows[0].After, "name"), Text(rows[0].After, "enabled"), Text(rows[0].After, "content_hash")!.Length));
    }

    [Fact]
    public async Task Agents_and_ephemeral_keys_are_told_before_and_after()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        (await agent.Post("/v1/scan", """{"method":"GET","url":"https://pay.example/read","agent_id":"teller"}""")).Is(200);
        await Eventually.Is(async () => (await tenant.Admin.Get("/api/agents/teller")).Status == 200, "the agent is listed");
        (await tenant.Admin.Patch("/api/agents/teller", new { owner = "jane@bank.example" })).Is(200);
        (await tenant.Admin.Post("/api/agents/teller/suspend")).Is(204);
        (await tenant.Admin.Post("/api/agents/teller/reactivate")).Is(204);
        Assert.Equal(
        [
            ("agent.owner_changed", """{"owner":null,"status":"active","reason":null}""", """{"owner":"jane@bank.example","status":"active","reason":null}"""),
            ("agent.suspended", """{"owner":"jane@bank.example","status":"active","reason":null}""", """{"owner":"jane@bank.example","status":"suspended","reason":"by hand"}"""),
            ("agent.reactivated", """{"owner":"jane@bank.example","status":"suspended","reason":"by hand"}""", """{"owner":"jane@bank.example","status":"active","reason":null}"""),
        ], (await Rows(tenant, "agent.")).Select(row => (row.Action, row.Before.GetRawText(), row.After.GetRawText())));

        var key = (await agent.Post("/v1/keys/ephemeral", """{"max_uses":3,"scope":{"tools":["pay"]}}""")).Is(201);
        (await tenant.Admin.Post($"/api/telemetry/ephemeral-keys/{key["ephemeral_id"]}/revoke")).Is(200);
        var rows = await Rows(tenant, "ephemeral_key.");
        Assert.Equal(("3", "3", key["expires_at"]), (Text(rows[0].After, "max_uses"), Text(rows[0].After, "uses_left"), Text(rows[0].After, "expires_at")));
        Assert.Contains("pay", rows[0].After.GetProperty("scope").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(("", true), (Text(rows[1].Before, "revoked_at"), Text(rows[1].After, "revoked_at")!.Length > 0));
    }

    [Fact]
    public async Task Alert_channels_name_their_events()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Post("/api/alerts", new { type = "webhook", name = "desk", webhook_url = "https://hooks.example/x", signing_secret = "of-sixteen-or-more", events = new[] { "DENY" } })).Is(201);
        Assert.Equal("""["DENY"]""", Text((await Rows(tenant, "alert_channel."))[0].After, "events"));
    }

    [Fact]
    public async Task A_wrong_current_password_is_a_refused_change()
    {
        var tenant = await TestTenant.Of(one.Product);
        var person = await Person.Of(one.Product, tenant, "auditor");
        (await person.Browser.Post("/api/auth/password", new { current = "not this one", @new = "another long password 7" })).IsProblem(403, "BAD_CREDENTIALS");
        Assert.Equal(1, (await tenant.Admin.Get($"/api/audit-log?action=user.password_changed&result=BAD_CREDENTIALS&actor={person.Id}")).Is(200).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task An_export_keeps_its_filters()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Get("/api/audit-log/export?action=key.&result=ok")).Is(200);
        Assert.Equal("""{"action":"key.","result":"ok"}""", Text((await Rows(tenant, "evidence."))[0].After, "filters"));
    }

    sealed record Row(string Action, string Target, JsonElement Before, JsonElement After);

    static async Task<List<Row>> Rows(TestTenant tenant, string noun) =>
        [.. (await tenant.Admin.Get("/api/audit-log?action=" + noun)).Is(200).Json.GetProperty("items").EnumerateArray().Reverse()
            .Select(row => new Row(row.GetProperty("action").GetString()!, row.GetProperty("target").GetString()!, row.GetProperty("before"), row.GetProperty("after")))];

    static string? Text(JsonElement view, string member) => view.ValueKind == JsonValueKind.Null ? null : view.GetProperty(member).ToString();
}
