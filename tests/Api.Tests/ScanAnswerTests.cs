using System.Text.Json;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>The shape of an answer to a scan, which scripts rely on.</summary>
[Collection(UsesProduct.Name)]
public class ScanAnswerTests(OneProduct one)
{
    static readonly string[] Always =
        ["decision", "risk_score", "risk_band", "reason_codes", "trace_id", "tool_name", "operation", "verb", "classifications", "findings", "signals"];

    static readonly string[] OfRule = ["policy_id", "policy_name", "policy_version", "rule_id"];

    [Fact]
    public async Task Without_a_rule_there_is_what_is_always_there_and_no_more()
    {
        var answer = (await (await (await TestTenant.Of(one.Product)).Agent()).Scan("hello")).Decides("ALLOW");
        Assert.Equal(Always, Members(answer));
        Assert.InRange(answer.Json.GetProperty("risk_score").GetDouble(), 0, 1);
        Assert.Contains(answer["risk_band"], (string[])["LOW", "MEDIUM", "HIGH", "CRITICAL"]);
        Assert.Equal(("slack", "post_message", "WRITE"), (answer["tool_name"], answer["operation"], answer["verb"]));
        Assert.Equal(answer.Trace, answer.Json.GetProperty("trace_id").GetGuid());
        Assert.Equal('7', answer["trace_id"][14]);
    }

    [Theory]
    [InlineData("DENY", new string[0])]
    [InlineData("ALLOW", new string[0])]
    [InlineData("SANITIZE", new[] { "sanitized_body" })]
    [InlineData("REQUIRE_APPROVAL", new[] { "approval_id", "approval_url", "expires_at" })]
    [InlineData("OPEN_INCIDENT", new string[0])]
    public async Task With_a_rule_there_is_what_its_action_brings(string action, string[] more)
    {
        var tenant = await TestTenant.Of(one.Product);
        var applied = (await tenant.Admin.Post("/api/policies", new { name = "all of it", rules = new[] { new { rule_id = "the-rule", action, reason_code = "HOUSE_RULE" } } })).Is(200);
        // A destination that no seeded policy speaks of.
        var answer = (await (await tenant.Agent()).Scan(new { text = "mail jane.roe@contoso.com" }, "https://notes.example/v1/add-note")).Decides(action == "OPEN_INCIDENT" ? "DENY" : action, "HOUSE_RULE");
        Assert.Equal([.. Always, .. more, .. OfRule], Members(answer));
        Assert.Equal((applied["policy_id"], "all of it", "1", "the-rule"), (answer["policy_id"], answer["policy_name"], answer["policy_version"], answer["rule_id"]));
    }

    [Fact]
    public async Task A_finding_says_what_and_where_but_never_the_value()
    {
        var answer = (await (await (await TestTenant.Of(one.Product)).Agent()).Scan(new { note = "mail jane.roe@contoso.com", deep = new[] { new { text = "or jane.roe@contoso.com" } } })).Is(200);
        Assert.DoesNotContain("jane.roe", answer.Text, StringComparison.Ordinal);
        var findings = answer.Json.GetProperty("findings").EnumerateArray().ToList();
        Assert.All(findings, finding => Assert.Equal(["data_class", "kind", "path", "count", "confidence"], finding.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(["$.deep[0].text", "$.note"], findings.Select(finding => finding.GetProperty("path").GetString()!).Order());
        Assert.Equal("""["PII"]""", answer["classifications"]);
        Assert.All(answer.Json.GetProperty("signals").EnumerateArray(), signal => Assert.Equal(["engine", "score", "details"], signal.EnumerateObject().Select(member => member.Name)));
    }

    [Theory]
    [InlineData("""{"text":"mail jane.roe@contoso.com"}""")]
    [InlineData("""["mail jane.roe@contoso.com", 1, null, true, {"a":1.50}]""")]
    [InlineData("\"mail jane.roe@contoso.com\"")]
    public async Task A_sanitised_body_has_the_shape_of_the_body(string body)
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Post("/api/policies", """{"name":"clean","rules":[{"action":"SANITIZE"}]}""")).Is(200);
        var answer = (await (await tenant.Agent()).Post("/v1/scan", $$"""{"method":"POST","url":"https://slack.com/api/chat.postMessage","body":{{body}}}""")).Decides("SANITIZE");
        var wanted = JsonSerializer.Deserialize<JsonElement>(body.Replace("jane.roe@contoso.com", "[REDACTED:EMAIL_ADDRESS]", StringComparison.Ordinal));
        Assert.True(JsonElement.DeepEquals(wanted, answer.Json.GetProperty("sanitized_body")), answer.Text);
    }

    [Fact]
    public async Task A_key_that_is_bound_to_an_environment_speaks_for_no_other()
    {
        var (agent, _) = await (await TestTenant.Of(one.Product)).Key(new { env_name = "production" });
        (await agent.Post("/v1/scan", new { method = "GET", url = "https://x.example/", env = "production" })).Is(200);
        (await agent.Post("/v1/scan", new { method = "GET", url = "https://x.example/", env = "staging" })).IsProblem(403, "ENV_MISMATCH");
    }

    [Fact]
    public async Task A_hand_over_is_decided_like_a_call()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        var answer = (await agent.Post("/v1/a2a/scan", new { from_agent_id = "planner", to_agent_id = "payer", method = "delegate", intent = "pay", payload = new { amount = 1 } })).Is(200);
        Assert.Equal(Always, Members(answer).Take(Always.Length));
        Assert.Equal("delegate", answer["operation"]);
        var foreign = new { from_agent_id = "planner", to_agent_id = $"{Guid.CreateVersion7()}:payer", method = "delegate" };
        Assert.Equal(["$.to_agent_id"], (await agent.Post("/v1/a2a/scan", foreign)).IsProblem(403, "FORBIDDEN").ErrorPaths);
        var sender = new { from_agent_id = $"{Guid.CreateVersion7()}:planner", to_agent_id = "payer", method = "delegate" };
        Assert.Equal(["$.from_agent_id"], (await agent.Post("/v1/a2a/scan", sender)).IsProblem(403, "FORBIDDEN").ErrorPaths);
    }

    static IEnumerable<string> Members(Answer answer) => answer.Json.EnumerateObject().Select(member => member.Name);
}
