using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>A tenant sees nothing of another one, not even that an id exists.</summary>
[Collection(UsesProduct.Name)]
public class TenantTests(OneProduct one)
{
    const string Policy = """{"name":"pause all","rules":[{"action":"REQUIRE_APPROVAL"}]}""";

    [Fact]
    public async Task What_belongs_to_another_tenant_is_answered_like_what_does_not_exist()
    {
        var (ours, theirs) = (await TestTenant.Of(one.Product), await TestTenant.Of(one.Product));
        var (_, key) = await theirs.Key();
        var policy = (await theirs.Admin.Post("/api/policies", Policy)).Is(200)["policy_id"];
        var agent = await theirs.Agent();
        var approval = (await agent.Scan("hello")).Decides("REQUIRE_APPROVAL");
        var ourAgent = await ours.Agent();

        await AssertAlike(ours.Admin, HttpMethod.Patch, "/api/keys/{0}", """{"name":"mine"}""", key, "AAAAAAAA");
        await AssertAlike(ours.Admin, HttpMethod.Post, "/api/keys/{0}/revoke", null, key, "AAAAAAAA");
        await AssertAlike(ours.Admin, HttpMethod.Post, "/api/keys/{0}/rotate", "{}", key, "AAAAAAAA");
        foreach (var (method, path, body) in (IEnumerable<(HttpMethod, string, string?)>)[
            (HttpMethod.Get, "/api/policies/{0}", null), (HttpMethod.Put, "/api/policies/{0}", Policy), (HttpMethod.Delete, "/api/policies/{0}", null),
            (HttpMethod.Get, "/api/policies/{0}/versions", null), (HttpMethod.Post, "/api/policies/{0}/restore", """{"version":1}""")])
            await AssertAlike(ours.Admin, method, path, body, policy, Guid.CreateVersion7().ToString());
        await AssertAlike(ourAgent, HttpMethod.Get, "/v1/approvals/{0}/status", null, approval["approval_id"], Guid.CreateVersion7().ToString());
        await AssertAlike(ourAgent, HttpMethod.Get, "/v1/policies/by-name/{0}", null, "pause%20all", "no%20such%20policy");

        Assert.Equal("active", (await theirs.KeyRow(key)).GetProperty("status").GetString());
        (await theirs.Admin.Get($"/api/policies/{policy}")).Is(200);
        Assert.Equal("pending", (await agent.Get($"/v1/approvals/{approval["approval_id"]}/status")).Is(200)["status"]);
    }

    [Fact]
    public async Task A_response_belongs_to_the_tenant_of_its_scan()
    {
        var (ours, theirs) = (await (await TestTenant.Of(one.Product)).Agent(), await (await TestTenant.Of(one.Product)).Agent());
        var trace = (await theirs.Scan("hello")).Is(200)["trace_id"];
        var foreign = (await ours.Post("/v1/scan/response", new { trace_id = trace, response_body = "x" })).IsProblem(404);
        var unknown = (await ours.Post("/v1/scan/response", new { trace_id = Guid.CreateVersion7(), response_body = "x" })).IsProblem(404);
        Assert.Equal(unknown.WithoutTrace, foreign.WithoutTrace);
        (await theirs.Post("/v1/scan/response", new { trace_id = trace, response_body = "x" })).Is(200);
    }

    [Fact]
    public async Task Lists_hold_only_ones_own()
    {
        var (ours, theirs) = (await TestTenant.Of(one.Product), await TestTenant.Of(one.Product));
        (await theirs.Admin.Post("/api/policies", Policy)).Is(200);
        var (_, key) = await theirs.Key();
        Assert.DoesNotContain("pause all", (await ours.Admin.Get("/api/policies")).Is(200).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(key, (await ours.Admin.Get("/api/keys")).Is(200).Text, StringComparison.Ordinal);
        (await (await ours.Agent()).Scan("hello")).Decides("ALLOW");
    }

    [Fact]
    public async Task The_admin_of_a_tenant_is_not_the_operator()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Get("/api/tenants")).IsProblem(403, "FORBIDDEN");
        (await tenant.Admin.Post("/api/tenants", new { name = "x", admin_email = "x@y.example" })).IsProblem(403, "FORBIDDEN");
        Assert.Contains(tenant.Id.ToString(), (await one.Product.Operator.Get("/api/tenants")).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_agent_is_denied_from_the_next_call_on_and_until_it_is_reactivated()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        var call = new { method = "GET", url = "https://x.example/", agent_id = "bot" };
        (await agent.Post("/v1/scan", call)).Decides("ALLOW");
        (await tenant.Admin.Post("/api/agents/bot/suspend")).Is(204);
        (await agent.Post("/v1/scan", call)).Decides("DENY", "AGENT_SUSPENDED");
        (await tenant.Admin.Post("/api/agents/bot/reactivate")).Is(204);
        (await agent.Post("/v1/scan", call)).Decides("ALLOW");
    }

    static async Task AssertAlike(Caller caller, HttpMethod method, string path, string? body, string foreign, string unknown)
    {
        var there = (await caller.Send(method, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, foreign), body)).IsProblem(404);
        var nowhere = (await caller.Send(method, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, unknown), body)).IsProblem(404);
        Assert.Equal(nowhere.WithoutTrace, there.WithoutTrace);
    }
}
