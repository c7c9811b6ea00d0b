using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>The quickstart's three policies, as printed there, and the calls that it makes.</summary>
[Collection(UsesProduct.Name)]
public class QuickstartTests(OneProduct one)
{
    const string Table = "quickstart.yaml";

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var row in CaseTable.Rows(Table, "cases"))
                foreach (var disguise in row.Texts("disguises"))
                    cases.Add(row.Text("name")!, disguise);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task A_call_is_decided_the_same_in_every_disguise(string name, string disguise)
    {
        var row = CaseTable.Rows(Table, "cases").Single(one => one.Text("name") == name);
        var agent = await (await WithPolicies()).Agent();
        var answer = (await agent.Scan(Body(row.Text("body")!, row.Text("text")!, disguise), row.Text("url")!)).Decides(row.Text("decision")!, row.Text("reason"));
        if (row.Text("secret") is { } secret)
            AssertGone(answer, secret, Disguised(row.Text("text")!, disguise));
    }

    [Fact]
    public async Task A_pause_says_where_and_how_long_to_wait()
    {
        var agent = await (await WithPolicies()).Agent();
        var answer = (await agent.Scan(new { amount = 25000 }, "https://pay.example/v1/transfer_funds")).Decides("REQUIRE_APPROVAL");
        Assert.True(Guid.TryParse(answer["approval_id"], out _));
        Assert.EndsWith("/approvals/" + answer["approval_id"], answer["approval_url"], StringComparison.Ordinal);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", answer["expires_at"]);
        var status = (await agent.Get($"/v1/approvals/{answer["approval_id"]}/status")).Is(200);
        Assert.Equal("pending", status["status"]);
        var difference = status.Json.GetProperty("expires_at").GetDateTimeOffset() - answer.Json.GetProperty("expires_at").GetDateTimeOffset();
        Assert.InRange(difference.Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_wait_for_nobody_is_over_when_it_says()
    {
        var agent = await (await WithPolicies()).Agent();
        var answer = (await agent.Scan(new { amount = 25000 }, "https://pay.example/v1/transfer_funds")).Decides("REQUIRE_APPROVAL");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal("pending", (await agent.Get($"/v1/approvals/{answer["approval_id"]}/status?wait=1")).Is(200)["status"]);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(.9), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_identical_call_joins_the_pause_and_another_one_opens_its_own()
    {
        var agent = await (await WithPolicies()).Agent();
        var first = (await agent.Scan(new { amount = 25000, to = "a" }, "https://pay.example/v1/transfer_funds")).Decides("REQUIRE_APPROVAL");
        var again = (await agent.Scan(new { to = "a", amount = 25000 }, "https://PAY.example:443/v1/transfer_funds")).Decides("REQUIRE_APPROVAL");
        var other = (await agent.Scan(new { amount = 25001, to = "a" }, "https://pay.example/v1/transfer_funds")).Decides("REQUIRE_APPROVAL");
        Assert.Equal(first["approval_id"], again["approval_id"]);
        Assert.NotEqual(first["trace_id"], again["trace_id"]);
        Assert.NotEqual(first["approval_id"], other["approval_id"]);
    }

    [Fact]
    public async Task A_policy_in_YAML_is_the_policy_in_JSON()
    {
        var machine = await (await TestTenant.Of(one.Product)).Machine();
        var yaml = (await machine.Post("/v1/policies/apply", "name: no chat\nrules:\n  - match: { tool_name: slack }\n    action: DENY\n")).Is(200);
        var json = (await machine.Post("/v1/policies/apply", """{"rules":[{"action":"DENY","match":{"tool_name":"slack"}}],"name":"no chat"}""")).Is(200);
        Assert.Equal(yaml.Text, json.Text);
        (await machine.Scan("hello")).Decides("DENY", "POLICY_MATCH");
    }

    [Fact]
    public async Task The_same_policy_again_makes_no_new_version()
    {
        var machine = await (await TestTenant.Of(one.Product)).Machine();
        foreach (var policy in Policies())
        {
            var first = (await machine.Post("/v1/policies/apply", policy)).Is(200);
            var again = (await machine.Post("/v1/policies/apply", policy)).Is(200);
            Assert.Equal(first.Text, again.Text);
            Assert.Equal(["policy_id", "name", "env_name", "version", "rules"], first.Json.EnumerateObject().Select(member => member.Name));
            var found = (await machine.Get("/v1/policies/by-name/" + Uri.EscapeDataString(first["name"]))).Is(200);
            Assert.Equal(first.Text, found.Text);
        }
    }

    async Task<TestTenant> WithPolicies()
    {
        var tenant = await TestTenant.Of(one.Product);
        var machine = await tenant.Machine();
        foreach (var policy in Policies())
            (await machine.Post("/v1/policies/apply", policy)).Is(200);
        return tenant;
    }

    static IEnumerable<string> Policies() =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(CaseTable.Path("quickstart-policies.json"))).EnumerateArray().Select(policy => policy.GetRawText());

    static object Body(string template, string text, string disguise)
    {
        var body = template.Replace("{text}", JsonEncodedText.Encode(Disguised(text, disguise)).ToString(), StringComparison.Ordinal);
        return disguise switch
        {
            "stringified" => body,
            "whole-base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(body)),
            _ => JsonSerializer.Deserialize<JsonElement>(body),
        };
    }

    static string Disguised(string text, string disguise) => disguise switch
    {
        "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        "zero-width" => string.Join('\u200B', text.AsEnumerable()),
        "full-width" => string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c)),
        "percent" => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => "%" + b.ToString("X2", CultureInfo.InvariantCulture))),
        _ => text,
    };

    static void AssertGone(Answer answer, string secret, string carrier)
    {
        var body = answer.Json.GetProperty("sanitized_body");
        var text = WebUtility.HtmlDecode(body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText());
        Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(carrier, text, StringComparison.Ordinal);
        Assert.Contains("[REDACTED:INTERNAL", text, StringComparison.Ordinal);
        Assert.Contains("#general", text, StringComparison.Ordinal);
    }
}
