using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>API keys: what they open, and that a change counts from the next call on.</summary>
[Collection(UsesProduct.Name)]
public class KeyTests(OneProduct one)
{
    const string Elsewhere = "203.0.113.0/24";

    [Fact]
    public async Task A_key_is_shown_once_and_listed_without_its_secret()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (agent, id) = await tenant.Key(new { name = "desk", default_agent_id = "desk-bot", env_name = "production", description = "front desk" });
        Assert.StartsWith("iv_live_" + id, agent.Token, StringComparison.Ordinal);
        var row = await tenant.KeyRow(id);
        Assert.Equal(("desk", "desk-bot", "production", "active", "iv_live_" + id),
            (row.GetProperty("name").GetString(), row.GetProperty("default_agent_id").GetString(), row.GetProperty("env_name").GetString(),
                row.GetProperty("status").GetString(), row.GetProperty("prefix").GetString()));
        Assert.Equal(["scan"], row.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!));
        Assert.DoesNotContain(agent.Token[^38..^6], (await tenant.Admin.Get("/api/keys")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_everywhere_from_the_next_call_on()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (agent, id) = await tenant.Key(new { scopes = new[] { "scan", "policies:write" } });
        (await agent.Scan("hello")).Decides("ALLOW");
        Assert.Equal("revoked", (await tenant.Admin.Post($"/api/keys/{id}/revoke")).Is(200)["status"]);
        await AssertRefused(agent);
        (await tenant.Admin.Post($"/api/keys/{id}/rotate", "{}")).IsProblem(404, "NOT_FOUND");
    }

    [Fact]
    public async Task A_replaced_key_lives_on_for_the_overlap_and_not_without_one()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (first, id) = await tenant.Key(new { ip_allowlist = new[] { "127.0.0.0/8" }, scopes = new[] { "scan", "policies:write" } });
        var minted = (await tenant.Admin.Post($"/api/keys/{id}/rotate", new { overlap_hours = 1 })).Is(201);
        var second = new Caller(one.Product.Http, minted["key"]);
        (await first.Scan("hello")).Decides("ALLOW");
        (await second.Scan("hello")).Decides("ALLOW");
        Assert.Equal("rotating", (await tenant.KeyRow(id)).GetProperty("status").GetString());
        Assert.Equal("""["127.0.0.0/8"]""", minted["ip_allowlist"]);
        Assert.Equal("""["scan","policies:write"]""", minted["scopes"]);

        (await tenant.Admin.Post($"/api/keys/{minted["key_id"]}/rotate", new { overlap_hours = 0 })).Is(201);
        await AssertRefused(second);
        (await tenant.Admin.Post($"/api/keys/{id}/rotate", new { overlap_hours = 169 })).IsProblem(400);
    }

    [Fact]
    public async Task A_call_from_elsewhere_is_refused_and_counted_while_its_body_is_never_read()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (agent, id) = await tenant.Key(new { ip_allowlist = new[] { Elsewhere } });
        (await agent.Scan("hello")).IsProblem(403, "IP_NOT_ALLOWED");
        var (status, text) = await RawHttp.Exchange(one.Product.Port, $"""
            POST /v1/scan HTTP/1.1
            Host: 127.0.0.1
            Authorization: Bearer {agent.Token}
            Content-Type: application/json
            Content-Length: 200000


            """);
        Assert.Equal(403, status);
        Assert.Contains("IP_NOT_ALLOWED", text, StringComparison.Ordinal);
        Assert.Equal(2, (await tenant.KeyRow(id)).GetProperty("blocked_attempts").GetInt64());
        Assert.Equal(0, await tenant.ScansUsed());
    }

    [Fact]
    public async Task A_changed_allowlist_counts_from_the_next_call_on()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (agent, id) = await tenant.Key();
        (await agent.Scan("hello")).Decides("ALLOW");
        (await tenant.Admin.Patch($"/api/keys/{id}", new { ip_allowlist = new[] { Elsewhere } })).Is(200);
        (await agent.Scan("hello")).IsProblem(403, "IP_NOT_ALLOWED");
        (await agent.Get("/v1/usage")).IsProblem(403, "IP_NOT_ALLOWED");
        (await tenant.Admin.Patch($"/api/keys/{id}", new { ip_allowlist = new[] { Elsewhere, "127.0.0.1/32" } })).Is(200);
        (await agent.Scan("hello")).Decides("ALLOW");
        var renamed = (await tenant.Admin.Patch($"/api/keys/{id}", new { name = "other" })).Is(200);
        Assert.Equal($"""["{Elsewhere}","127.0.0.1/32"]""", renamed["ip_allowlist"]);
    }

    [Theory]
    [InlineData("10.0.0.1/8", "host bits")]
    [InlineData("10.0.0.0/33", "CIDR")]
    [InlineData("localhost", "CIDR")]
    [InlineData("", "CIDR")]
    [InlineData("0177.0.0.1/32", "spelling")]
    [InlineData("0x7f.0.0.1/32", "spelling")]
    [InlineData("127.1/32", "spelling")]
    [InlineData("2130706433/32", "spelling")]
    [InlineData("010.0.0.0/8", "spelling")]
    [InlineData("10.0.0.0/08", "spelling")]
    [InlineData("2001:0db8::/32", "spelling")]
    public async Task A_block_that_is_none_is_refused(string block, string message)
    {
        var answer = (await (await TestTenant.Of(one.Product)).Admin.Post("/api/keys", new { name = "x", ip_allowlist = new[] { "10.0.0.0/8", block } })).IsProblem(400);
        Assert.Equal(["$.ip_allowlist[1]"], answer.ErrorPaths);
        Assert.Contains(message, answer["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapped_block_is_kept_and_matched_as_IPv4()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (agent, id) = await tenant.Key(new { ip_allowlist = new[] { "::FFFF:127.0.0.0/104", "2001:DB8::/32" } });
        (await agent.Scan("hello")).Decides("ALLOW");
        Assert.Equal("""["127.0.0.0/8","2001:db8::/32"]""", (await tenant.KeyRow(id)).GetProperty("ip_allowlist").GetRawText());
    }

    [Fact]
    public async Task A_null_among_the_blocks_or_scopes_is_refused()
    {
        var tenant = await TestTenant.Of(one.Product);
        Assert.Equal(["$.ip_allowlist[0]"], (await tenant.Admin.Post("/api/keys", """{"name":"x","ip_allowlist":[null]}""")).IsProblem(400).ErrorPaths);
        Assert.Equal(["$.scopes[0]"], (await tenant.Admin.Post("/api/keys", """{"name":"x","scopes":[null]}""")).IsProblem(400).ErrorPaths);
    }

    [Fact]
    public async Task A_claimed_address_counts_for_nothing()
    {
        var (agent, _) = await (await TestTenant.Of(one.Product)).Key(new { ip_allowlist = new[] { Elsewhere } });
        (await agent.Scan("hello", headers: ("X-Forwarded-For", "203.0.113.9"))).IsProblem(403, "IP_NOT_ALLOWED");
        (await agent.Scan("hello", headers: ("Forwarded", "for=203.0.113.9"))).IsProblem(403, "IP_NOT_ALLOWED");
    }

    [Fact]
    public async Task A_key_without_the_scope_cannot_apply_policies()
    {
        var tenant = await TestTenant.Of(one.Product);
        const string Policy = """{"name":"mine","rules":[{"action":"ALLOW"}]}""";
        (await (await tenant.Agent()).Post("/v1/policies/apply", Policy)).IsProblem(403, "MISSING_SCOPE");
        var (writer, _) = await tenant.Key(new { scopes = new[] { "policies:write" } });
        (await writer.Post("/v1/policies/apply", Policy)).Is(200);
        (await writer.Scan("hello")).IsProblem(403, "MISSING_SCOPE");
    }

    [Fact]
    public async Task A_key_may_have_its_errors_as_DENY()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (agent, id) = await tenant.Key(new { errors_as_deny = true });
        (await agent.Post("/v1/scan", "{")).Decides("DENY", "INVALID_REQUEST");
        (await agent.Post("/v1/scan", new string(' ', 300_000))).Decides("DENY", "PAYLOAD_TOO_LARGE");
        (await agent.Scan("hello", headers: ("Idempotency-Key", new string('k', 256)))).Decides("DENY", "INVALID_REQUEST");
        var broken = await RawHttp.Exchange(one.Product.Port, $"POST /v1/scan HTTP/1.1\nHost: x\nAuthorization: Bearer {agent.Token}\nTransfer-Encoding: chunked\n\nZZ\n");
        Assert.Equal(200, broken.Status);
        Assert.Contains("\"decision\":\"DENY\"", broken.Text, StringComparison.Ordinal);
        (await tenant.Admin.Patch($"/api/keys/{id}", new { ip_allowlist = new[] { Elsewhere } })).Is(200);
        (await agent.Scan("hello")).Decides("DENY", "IP_NOT_ALLOWED");
        (await tenant.Admin.Post($"/api/keys/{id}/revoke")).Is(200);
        (await agent.Scan("hello")).IsProblem(401, "INVALID_KEY");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("iv_live_0000000000000000000000000000000000000000000000")]
    [InlineData("iv_svc_0000000000000000000000000000000000000000000000")]
    public async Task A_key_that_was_never_minted_is_refused(string key) =>
        (await new Caller(one.Product.Http, key).Scan("hello")).IsProblem(401, "INVALID_KEY");

    [Theory]
    [InlineData("Authorization: Bearer {0}\nAuthorization: Bearer {0}")]
    [InlineData("Authorization: Basic {0}")]
    [InlineData("Authorization: {0}")]
    [InlineData("X-Api-Key: {0}")]
    public async Task A_key_counts_once_and_as_a_bearer_alone(string headers)
    {
        var agent = await (await TestTenant.Of(one.Product)).Agent();
        var lines = headers.Replace("{0}", agent.Token, StringComparison.Ordinal);
        Assert.Equal(401, (await RawHttp.Exchange(one.Product.Port, $"GET /v1/usage HTTP/1.1\nHost: x\n{lines}\n\n")).Status);
    }

    static async Task AssertRefused(Caller caller)
    {
        (await caller.Scan("hello")).IsProblem(401, "INVALID_KEY");
        (await caller.Get("/v1/usage")).IsProblem(401, "INVALID_KEY");
        (await caller.Post("/v1/policies/apply", """{"name":"mine","rules":[{"action":"ALLOW"}]}""")).IsProblem(401, "INVALID_KEY");
        (await caller.Get($"/v1/approvals/{Guid.CreateVersion7()}/status")).IsProblem(401, "INVALID_KEY");
        (await caller.Post("/v1/keys/ephemeral", "{}")).IsProblem(401, "INVALID_KEY");
    }
}
