using System.Text.Json;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>What flagged records come to, and what people do about it.</summary>
[Collection(UsesProduct.Name)]
public class IncidentTests(OneProduct one)
{
    [Fact]
    public async Task The_fifth_denial_of_an_hour_opens_one_incident_with_all_five_and_the_sixth_joins()
    {
        var (tenant, agent) = await Denying();
        for (var n = 0; n < 5; n++)
            (await agent.Scan(new { n }, "https://x.example/never")).Decides("DENY");
        var opened = await Incident(tenant, "repeated_deny", records: 5);
        (await agent.Scan(new { n = 6 }, "https://x.example/never")).Decides("DENY");
        var joined = await Incident(tenant, "repeated_deny", records: 6);
        Assert.Equal(opened.GetProperty("incident_id").GetString(), joined.GetProperty("incident_id").GetString());
        Assert.Equal(("open", "HIGH"), (joined.GetProperty("status").GetString(), joined.GetProperty("severity").GetString()));
        var detail = (await tenant.Admin.Get("/api/incidents/" + joined.GetProperty("incident_id").GetString())).Is(200);
        Assert.Equal(6, detail.Json.GetProperty("timeline").EnumerateArray().Count(entry => entry.GetProperty("kind").GetString() == "record"));
    }

    [Fact]
    public async Task A_rule_opens_one_each_denial_joins_it_and_after_closing_the_next_one_is_new()
    {
        var (tenant, agent) = await Denying();
        (await agent.Scan(new { n = 1 }, "https://x.example/alarm")).Decides("DENY");
        var first = await Incident(tenant, "policy_rule", records: 1);
        Assert.Equal("CRITICAL", first.GetProperty("severity").GetString());
        var path = "/api/incidents/" + first.GetProperty("incident_id").GetString();
        (await tenant.Admin.Post(path + "/transition", new { status = "closed" })).IsProblem(400);
        (await tenant.Admin.Post(path + "/transition", new { status = "investigating", note = "looking" })).Is(200);
        var closed = (await tenant.Admin.Post(path + "/transition", new { status = "closed", resolution = "policy_gap" })).Is(200);
        Assert.Equal(("closed", "policy_gap"), (closed["status"], closed["resolution"]));
        (await tenant.Admin.Post(path + "/transition", new { status = "investigating" })).IsProblem(409, "CONFLICT");
        Assert.Equal(["record", "transition", "note", "transition"], closed.Json.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()));
        (await agent.Scan(new { n = 2 }, "https://x.example/alarm")).Decides("DENY");
        await Eventually(async () => (await tenant.Admin.Get("/api/incidents?trigger=policy_rule")).Is(200).Json.GetProperty("items").GetArrayLength() == 2);
        Assert.Equal(1, (await tenant.Admin.Get("/api/incidents?trigger=policy_rule&status=open")).Is(200).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task An_incident_opened_by_hand_links_records_and_acts_on_agent_and_key()
    {
        var (tenant, _) = await Denying();
        var (agent, keyId) = await tenant.Key(new { default_agent_id = "night-bot" });
        var trace = (await agent.Scan(new { text = "hello" })).Decides("ALLOW")["trace_id"];
        (await tenant.Admin.Post("/api/incidents", new { title = "odd", trace_ids = new[] { Guid.CreateVersion7() } })).IsProblem(400);
        var made = (await tenant.Admin.Post("/api/incidents", new { title = "Odd hours", severity = "LOW", trace_ids = new[] { trace }, note = "look at this" })).Is(201);
        Assert.Equal(("manual", "night-bot", keyId, "1"), (made["trigger"], made["agent_id"], made["key_id"], made["records"]));
        var path = "/api/incidents/" + made["incident_id"];
        var (other, _) = await Denying();
        (await other.Admin.Get(path)).IsProblem(404);
        (await other.Admin.Post(path + "/notes", new { note = "mine now" })).IsProblem(404);
        (await tenant.Admin.Post(path + "/notify")).Is(200);
        (await tenant.Admin.Post(path + "/suspend-agent")).Is(200);
        (await agent.Scan(new { text = "hello" })).Decides("DENY", "AGENT_SUSPENDED");
        var after = (await tenant.Admin.Post(path + "/revoke-key")).Is(200);
        (await agent.Scan(new { text = "hello" })).IsProblem(401, "INVALID_KEY");
        Assert.Equal(3, after.Json.GetProperty("timeline").EnumerateArray().Count(entry => entry.GetProperty("kind").GetString() == "action"));
    }

    [Fact]
    public async Task Denials_of_a_suspended_agent_open_nothing()
    {
        var (tenant, agent) = await Denying();
        (await tenant.Admin.Post("/api/agents/agents/suspend")).Is(204);
        for (var n = 0; n < 6; n++)
            (await agent.Scan(new { n }, "https://x.example/alarm")).Decides("DENY", "AGENT_SUSPENDED");
        // What is flagged is handled in order: the incident of a later record shows that the earlier ones were looked at.
        var (second, _) = await tenant.Key(new { default_agent_id = "second" });
        (await second.Scan(new { n = 1 }, "https://x.example/alarm")).Decides("DENY");
        await Incident(tenant, "policy_rule", records: 1);
        Assert.Equal(1, (await tenant.Admin.Get("/api/incidents")).Is(200).Json.GetProperty("items").GetArrayLength());
    }

    static async Task<JsonElement> Incident(TestTenant tenant, string trigger, int records)
    {
        JsonElement found = default;
        await Eventually(async () =>
        {
            foreach (var item in (await tenant.Admin.Get("/api/incidents?trigger=" + trigger)).Is(200).Json.GetProperty("items").EnumerateArray())
                if (item.GetProperty("records").GetInt32() == records)
                    found = item;
            return found.ValueKind == JsonValueKind.Object;
        });
        return found;
    }

    static async Task Eventually(Func<Task<bool>> condition)
    {
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            Assert.False(over.IsCancellationRequested, "Not within 30 s");
            await look.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    async Task<(TestTenant Tenant, Caller Agent)> Denying()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Post("/api/policies", """
            {"name":"rules","rules":[{"match":{"operations":["never"]},"action":"DENY"},
             {"rule_id":"alarm","match":{"operations":["alarm"]},"action":"OPEN_INCIDENT","incident_severity":"CRITICAL"}]}
            """)).Is(200);
        return (tenant, await tenant.Agent());
    }
}
