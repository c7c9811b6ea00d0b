using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>Ephemeral keys: minutes long, limited in uses and scope.</summary>
[Collection(UsesProduct.Name)]
public class EphemeralKeyTests(OneProduct one)
{
    [Fact]
    public async Task Uses_are_exact_however_many_come_at_once()
    {
        var tenant = await TestTenant.Of(one.Product);
        var key = await Mint(await tenant.Agent(), new { max_uses = 5 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => key.Scan($"message {number}")));
        Assert.Equal(5, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.IsProblem(401, "INVALID_KEY"));
        Assert.Equal(5, await tenant.ScansUsed());
    }

    [Fact]
    public async Task It_dies_when_its_time_is_over()
    {
        var key = await Mint(await (await TestTenant.Of(one.Product)).Agent(), new { ttl_seconds = 1, max_uses = 1000 });
        (await key.Scan("hello")).Decides("ALLOW");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var answer = await key.Scan("hello");
        while (answer.Status == 200 && !patience.IsCancellationRequested)
            answer = await key.Scan("hello");
        answer.IsProblem(401, "INVALID_KEY");
    }

    [Fact]
    public async Task What_its_scope_does_not_cover_is_denied_and_named()
    {
        var key = await Mint(await (await TestTenant.Of(one.Product)).Agent(), new { max_uses = 10, scope = new { tools = new[] { "slack" }, verbs = new[] { "WRITE" } } });
        (await key.Scan("hello")).Decides("ALLOW");
        var denied = (await key.Post("/v1/scan", new { method = "GET", url = "https://api.github.com/repos/acme/app" })).Decides("DENY", "EPHEMERAL_SCOPE_VIOLATION");
        Assert.Equal(2, denied.Json.GetProperty("violations").GetArrayLength());
        Assert.False((await key.Scan("hello")).Has("violations"));
    }

    [Fact]
    public async Task It_cannot_mint_another_key_or_apply_policies()
    {
        var tenant = await TestTenant.Of(one.Product);
        var key = await Mint(await tenant.Machine(), new { max_uses = 10 });
        (await key.Post("/v1/keys/ephemeral", "{}")).IsProblem(403, "FORBIDDEN");
        (await key.Post("/v1/policies/apply", """{"name":"mine","rules":[{"action":"ALLOW"}]}""")).IsProblem(403, "MISSING_SCOPE");
    }

    [Fact]
    public async Task It_dies_with_the_key_that_minted_it()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (agent, id) = await tenant.Key();
        var key = await Mint(agent, new { max_uses = 10 });
        (await key.Scan("hello")).Decides("ALLOW");
        (await tenant.Admin.Post($"/api/keys/{id}/revoke")).Is(200);
        (await key.Scan("hello")).IsProblem(401, "INVALID_KEY");
    }

    [Theory]
    [InlineData("""{"ttl_seconds":0}""", "$.ttl_seconds")]
    [InlineData("""{"ttl_seconds":86401}""", "$.ttl_seconds")]
    [InlineData("""{"max_uses":0}""", "$.max_uses")]
    [InlineData("""{"max_uses":1001}""", "$.max_uses")]
    [InlineData("""{"scope":{"verbs":["FLY"]}}""", "$.scope.verbs[0]")]
    [InlineData("""{"scope":{"tools":[""]}}""", "$.scope.tools[0]")]
    [InlineData("""{"scope":{"tools":[null]}}""", "$.scope.tools[0]")]
    [InlineData("""{"scope":{"verbs":[null]}}""", "$.scope.verbs[0]")]
    public async Task A_limit_out_of_bounds_is_named(string request, string path) =>
        Assert.Equal([path], (await (await (await TestTenant.Of(one.Product)).Agent()).Post("/v1/keys/ephemeral", request)).IsProblem(400).ErrorPaths);

    static async Task<Caller> Mint(Caller parent, object request)
    {
        var minted = (await parent.Post("/v1/keys/ephemeral", request)).Is(201);
        Assert.Equal(["key", "ephemeral_id", "prefix", "expires_at", "max_uses", "scope"], minted.Json.EnumerateObject().Select(member => member.Name));
        return new(parent.Http, minted["key"]);
    }
}
