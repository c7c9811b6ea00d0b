using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.Settings;

[Collection(UsesProduct.Name)]
public class AgentTests(OneProduct one)
{
    [Fact]
    public async Task An_agent_is_listed_with_its_calls_its_trust_and_what_people_did()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Post("/api/policies", """{"name":"no","rules":[{"match":{"operations":["pay_out"]},"action":"DENY"}]}""")).Is(200);
        var (agent, key) = await tenant.Key();
        foreach (var path in (string[])["read", "read", "pay-out"])
            await agent.Post("/v1/scan", new { method = "POST", url = "https://pay.example/" + path, agent_id = "teller", agent_name = "Teller", runtime_type = "langgraph" });
        var row = await Listed(tenant, "teller", 3);
        Assert.Equal(("Teller", "langgraph", "active"), (row.GetProperty("name").GetString(), row.GetProperty("runtime").GetString(), row.GetProperty("status").GetString()));

        var detail = (await tenant.Admin.Get("/api/telemetry/agents/teller")).Is(200);
        var trust = detail.Json.GetProperty("trust").EnumerateArray().Single();
        Assert.Equal(key, trust.GetProperty("key_id").GetString());
        Assert.InRange(trust.GetProperty("trust").GetDouble(), .9, .96);
        Assert.InRange(trust.GetProperty("key_trust").GetDouble(), .9, .96);
        Assert.Contains(detail.Json.GetProperty("decisions").EnumerateArray(), count => count.GetProperty("name").GetString() == "DENY" && count.GetProperty("count").GetInt32() == 1);

        (await tenant.Admin.Post("/api/agents/teller/trust/reset")).Is(204);
        Assert.Equal(1, (await tenant.Admin.Get("/api/agents/teller")).Json.GetProperty("trust")[0].GetProperty("trust").GetDouble());
        Assert.Equal("jane@bank.example", (await tenant.Admin.Patch("/api/agents/teller", new { owner = "jane@bank.example" })).Is(200)["owner"]);
        (await tenant.Admin.Post("/api/telemetry/agents/teller/suspend")).Is(204);
        (await agent.Post("/v1/scan", """{"method":"GET","url":"https://pay.example/read","agent_id":"teller"}""")).Decides("DENY", "AGENT_SUSPENDED");
        (await tenant.Admin.Send(HttpMethod.Delete, "/api/agents/teller", null)).IsProblem(409, "CONFLICT");
        (await tenant.Admin.Post("/api/agents/teller/reactivate")).Is(204);
        (await tenant.Admin.Send(HttpMethod.Delete, "/api/agents/teller", null)).Is(204);
        (await tenant.Admin.Get("/api/agents/teller")).IsProblem(404);
    }

    [Fact]
    public async Task A_new_name_below_a_key_that_lost_its_trust_is_not_trusted_either()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Post("/api/policies", """{"name":"no","rules":[{"match":{"operations":["pay_out"]},"action":"DENY"},{"match":{"operations":["read"]},"condition":{"trust_score_lt":0.7},"action":"DENY"}]}""")).Is(200);
        var agent = await tenant.Agent();
        for (var i = 0; i < 10; i++)
            (await agent.Post("/v1/scan", new { method = "POST", url = "https://pay.example/pay-out", agent_id = "bad-" + i, body = new { i } })).Decides("DENY");
        const string Read = """{"method":"GET","url":"https://pay.example/read","agent_id":"innocent"}""";
        (await agent.Post("/v1/scan", Read)).Decides("DENY");
        (await (await tenant.Agent()).Post("/v1/scan", Read)).Decides("ALLOW");
    }

    [Fact]
    public async Task Agents_are_paged_by_id()
    {
        var tenant = await TestTenant.Of(one.Product);
        foreach (var id in (string[])["a", "b/c", "d"])
            (await tenant.Admin.Post($"/api/agents/{Uri.EscapeDataString(id)}/suspend")).Is(204);
        var first = (await tenant.Admin.Get("/api/agents?limit=2")).Is(200);
        Assert.Equal(["a", "b/c"], Ids(first));
        Assert.Equal(["d"], Ids((await tenant.Admin.Get($"/api/agents?limit=2&cursor={first["next_cursor"]}")).Is(200)));
        (await tenant.Admin.Get("/api/agents?cursor=xyz")).IsProblem(400);
        (await tenant.Admin.Get("/api/agents?limit=0")).IsProblem(400);
    }

    [Fact]
    public async Task Ephemeral_keys_are_listed_by_status_and_revoked_for_good()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        var used = (await agent.Post("/v1/keys/ephemeral", new { max_uses = 1 })).Is(201);
        var open = (await agent.Post("/v1/keys/ephemeral", new { max_uses = 9, description = "open" })).Is(201);
        (await new Caller(one.Product.Http, used["key"]).Scan("x")).Is(200);
        async Task<string[]> With(string status) => [.. (await tenant.Admin.Get("/api/telemetry/ephemeral-keys?status=" + status)).Is(200).Json.GetProperty("items").EnumerateArray().Select(key => key.GetProperty("ephemeral_id").GetString()!)];
        Assert.Equal([open["ephemeral_id"]], await With("active"));
        Assert.Equal([used["ephemeral_id"]], await With("exhausted"));
        Assert.Equal("revoked", (await tenant.Admin.Post($"/api/telemetry/ephemeral-keys/{open["ephemeral_id"]}/revoke")).Is(200)["status"]);
        (await new Caller(one.Product.Http, open["key"]).Scan("x")).IsProblem(401);
        Assert.Equal([open["ephemeral_id"]], await With("revoked"));
        (await tenant.Admin.Get("/api/telemetry/ephemeral-keys?status=lost")).IsProblem(400);
        (await (await TestTenant.Of(one.Product)).Admin.Post($"/api/telemetry/ephemeral-keys/{open["ephemeral_id"]}/revoke")).IsProblem(404);
        Assert.DoesNotContain(open["key"], (await tenant.Admin.Get("/api/telemetry/ephemeral-keys")).Text, StringComparison.Ordinal);
    }

    static string[] Ids(Answer page) => [.. page.Json.GetProperty("items").EnumerateArray().Select(agent => agent.GetProperty("agent_id").GetString()!)];

    /// <summary>Sightings are written every few seconds.</summary>
    static async Task<System.Text.Json.JsonElement> Listed(TestTenant tenant, string id, long scans)
    {
        for (var tries = 0; tries < 150; tries++)
        {
            var row = (await tenant.Admin.Get("/api/agents")).Is(200).Json.GetProperty("items").EnumerateArray().FirstOrDefault(agent => agent.GetProperty("agent_id").GetString() == id);
            if (row.ValueKind == System.Text.Json.JsonValueKind.Object && row.GetProperty("scans").GetInt64() == scans)
                return row;
            await Task.Delay(100);
        }
        throw new InvalidOperationException($"{id} was not listed with {scans} scans.");
    }
}
