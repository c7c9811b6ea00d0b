using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>The life of a policy over HTTP, and that a change counts from the next call on.</summary>
[Collection(UsesProduct.Name)]
public class PolicyTests(OneProduct one)
{
    const string Place = "https://ledger.example/v1/post-entry";

    [Fact]
    public async Task When_a_change_has_returned_nothing_is_decided_by_the_old_one()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        for (var round = 0; round < 15; round++)
        {
            var policy = (await tenant.Admin.Post("/api/policies", Policy("DENY"))).Is(200)["policy_id"];
            Assert.All(await Scans(agent), answer => answer.Decides("DENY", "POLICY_MATCH"));
            (await tenant.Admin.Send(HttpMethod.Put, $"/api/policies/{policy}", Policy("SANITIZE"))).Is(200);
            Assert.All(await Scans(agent), answer => answer.Decides("SANITIZE"));
            (await tenant.Admin.Send(HttpMethod.Delete, $"/api/policies/{policy}", null)).Is(204);
            Assert.All(await Scans(agent), answer => answer.Decides("ALLOW"));
        }
    }

    [Fact]
    public async Task Each_change_is_a_version_and_an_old_one_comes_back_as_a_new_one()
    {
        var tenant = await TestTenant.Of(one.Product);
        var first = (await tenant.Admin.Post("/api/policies", Policy("DENY"))).Is(200);
        var path = $"/api/policies/{first["policy_id"]}";
        Assert.Equal("2", (await tenant.Admin.Send(HttpMethod.Put, path, Policy("ALLOW"))).Is(200)["version"]);
        Assert.Equal("2", (await tenant.Admin.Send(HttpMethod.Put, path, Policy("ALLOW"))).Is(200)["version"]);
        Assert.Equal("3", (await tenant.Admin.Post(path + "/restore", new { version = 1 })).Is(200)["version"]);
        (await (await tenant.Agent()).Scan("x", Place)).Decides("DENY");

        var versions = (await tenant.Admin.Get(path + "/versions")).Is(200).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([3, 2, 1], versions.Select(version => version.GetProperty("version").GetInt32()));
        Assert.Equal(versions[0].GetProperty("content_hash").GetString(), versions[2].GetProperty("content_hash").GetString());
        Assert.Equal("DENY", (await tenant.Admin.Get(path)).Is(200).Json.GetProperty("document").GetProperty("rules")[0].GetProperty("action").GetString());
        (await tenant.Admin.Post(path + "/restore", new { version = 4 })).IsProblem(404);
    }

    [Fact]
    public async Task Changes_at_the_same_time_make_each_a_version_or_are_refused()
    {
        var tenant = await TestTenant.Of(one.Product);
        var machine = await tenant.Machine();
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(number => machine.Post("/v1/policies/apply", Policy("DENY", priority: number))));
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 409, answer.Text));
        var versions = answers.Where(answer => answer.Status == 200).Select(answer => int.Parse(answer["version"], System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        Assert.Equal(Enumerable.Range(1, versions.Count), versions);
        Assert.Single(answers.Where(answer => answer.Status == 200).Select(answer => answer["policy_id"]).Distinct());
    }

    [Fact]
    public async Task A_policy_keeps_its_name_and_environment()
    {
        var tenant = await TestTenant.Of(one.Product);
        var path = "/api/policies/" + (await tenant.Admin.Post("/api/policies", Policy("DENY"))).Is(200)["policy_id"];
        (await tenant.Admin.Send(HttpMethod.Put, path, Policy("DENY").Replace("ledger", "renamed", StringComparison.Ordinal))).IsProblem(409, "CONFLICT");
        Assert.Equal(["$.env_name"], (await tenant.Admin.Post("/api/policies", """{"name":"x","env_name":"moon","rules":[{"action":"DENY"}]}""")).IsProblem(400, "INVALID_POLICY").ErrorPaths);
        Assert.Equal(["$.env_name"], (await tenant.Admin.Post("/api/keys", """{"name":"x","env_name":"moon"}""")).IsProblem(400).ErrorPaths);
    }

    [Fact]
    public async Task A_policy_of_one_environment_and_one_of_all_are_two()
    {
        var machine = await (await TestTenant.Of(one.Product)).Machine();
        var all = (await machine.Post("/v1/policies/apply", Policy("DENY"))).Is(200);
        var production = (await machine.Post("/v1/policies/apply", """{"name":"ledger","env_name":"production","rules":[{"action":"ALLOW"}]}""")).Is(200);
        Assert.NotEqual(all["policy_id"], production["policy_id"]);
        Assert.Equal(all.Text, (await machine.Get("/v1/policies/by-name/ledger")).Is(200).Text);
        Assert.Equal(production.Text, (await machine.Get("/v1/policies/by-name/ledger?env=production")).Is(200).Text);
        (await machine.Get("/v1/policies/by-name/ledger?env=moon")).IsProblem(404);
    }

    [Fact]
    public async Task A_dry_check_and_a_simulation_change_nothing()
    {
        var tenant = await TestTenant.Of(one.Product);
        var before = (await tenant.Admin.Get("/api/policies")).Is(200).Text;
        var valid = (await tenant.Admin.Post("/api/policies/validate", Policy("DENY"))).Is(200);
        Assert.Equal(("True", "ledger"), (valid["valid"], valid.Json.GetProperty("document").GetProperty("name").GetString()));
        var call = $$"""{"method":"POST","url":"{{Place}}","body":{"amount":"$12,000"} }""";
        var simulated = (await tenant.Admin.Post("/api/policies/simulate", $$"""{"policy":{{Policy("DENY")}},"scan":{{call}} }""")).Decides("DENY");
        var rule = simulated.Json.GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("policy_name").GetString() == "ledger");
        Assert.True(rule.GetProperty("matched").GetBoolean());
        const string Small = """{"name":"small","rules":[{"action":"DENY","condition":{"body_path_lt":{"path":"$.amount","value":100}}}]}""";
        var other = (await tenant.Admin.Post("/api/policies/simulate", $$"""{"policy":{{Small}},"scan":{{call}} }""")).Is(200);
        var missed = other.Json.GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("policy_name").GetString() == "small");
        Assert.Equal((false, "body_path_lt"), (missed.GetProperty("matched").GetBoolean(), missed.GetProperty("failed_on").GetString()?.Split('.')[^1]));
        Assert.Equal(before, (await tenant.Admin.Get("/api/policies")).Is(200).Text);
        Assert.Equal(0, await tenant.ScansUsed());
    }

    [Fact]
    public async Task Several_drafts_are_simulated_alone_at_another_time_and_for_another_agent()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Post("/api/policies", Policy("DENY"))).Is(200);
        const string Redact = """{"name":"redact","rules":[{"condition":{"has_data_class":"PII"},"action":"SANITIZE"}]}""";
        const string Night = """{"name":"night","rules":[{"condition":{"time_of_day_outside":{"start":"08:00","end":"18:00"},"is_new_destination":true},"action":"REQUIRE_APPROVAL"}]}""";
        var call = $$"""{"method":"POST","url":"{{Place}}","body":{"to":"jane.roe@contoso.com"} }""";
        async Task<Answer> Simulate(string more) => await tenant.Admin.Post("/api/policies/simulate", $$"""{"policies":[{{Redact}},{{Night}}],"scan":{{call}}{{more}} }""");
        (await Simulate("")).Decides("DENY");
        var alone = (await Simulate(""","alone":true,"at":"2026-03-02T12:00:00Z" """)).Decides("SANITIZE");
        Assert.Equal("""{"to":"[REDACTED:EMAIL_ADDRESS]"}""", alone["sanitized_body"]);
        Assert.Equal(("redact", "email_address"), (alone["policy_name"], alone.Json.GetProperty("findings")[0].GetProperty("kind").GetString()));
        (await Simulate(""","alone":true,"at":"2026-03-02T20:00:00Z","agent":{"new_destination":true} """)).Decides("REQUIRE_APPROVAL");
        (await Simulate(""","alone":true,"at":"2026-03-02T20:00:00Z","agent":{"unknown":true} """)).Decides("REQUIRE_APPROVAL");
        Assert.Equal(["$.agent.trust"], (await Simulate(""","agent":{"trust":2} """)).IsProblem(400).ErrorPaths);
        var twice = await tenant.Admin.Post("/api/policies/simulate", $$"""{"policies":[{{Redact}},{{Redact}},{"name":"x"}],"scan":{{call}} }""");
        Assert.Equal(["$.policies[1].name", "$.policies[2]"], twice.IsProblem(400, "INVALID_POLICY").ErrorPaths);
    }

    static Task<Answer[]> Scans(Caller agent) => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => agent.Scan(new { text = "entry" }, Place)));

    static string Policy(string action, int priority = 1) =>
        $$"""{"name":"ledger","rules":[{"rule_id":"r","priority":{{priority}},"match":{"url_patterns":["*ledger.example*"]},"action":"{{action}}"}]}""";
}
