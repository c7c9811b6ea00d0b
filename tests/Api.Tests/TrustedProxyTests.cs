using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>Behind a proxy that configuration names.</summary>
public class TrustedProxyTests
{
    [Fact]
    public async Task The_address_is_the_last_hop_that_is_no_trusted_proxy()
    {
        await using var product = await Product.Start(null, ("Interven__TrustedProxies__0", "127.0.0.0/8"), ("Interven__TrustedProxies__1", "10.0.0.0/8"));
        var (agent, _) = await (await TestTenant.Of(product)).Key(new { ip_allowlist = new[] { "203.0.113.0/24" } });
        (await agent.Scan("hello", headers: ("X-Forwarded-For", "203.0.113.9"))).Decides("ALLOW");
        (await agent.Scan("hello", headers: ("X-Forwarded-For", "203.0.113.9, 10.1.2.3"))).Decides("ALLOW");
        (await agent.Scan("hello", headers: ("X-Forwarded-For", "203.0.113.9, 198.51.100.1"))).IsProblem(403, "IP_NOT_ALLOWED");
        (await agent.Scan("hello", headers: ("X-Forwarded-For", "203.0.113.9, nonsense"))).IsProblem(403, "IP_NOT_ALLOWED");
        (await agent.Scan("hello")).IsProblem(403, "IP_NOT_ALLOWED");
        (await agent.Send(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "203.0.113.9"))).IsProblem(404);
        (await agent.Get("/metrics")).Is(200);
    }

    [Theory]
    [InlineData("the-proxy")]
    [InlineData("010.0.0.0/8")]
    public async Task A_proxy_that_is_no_block_stops_the_start_with_words(string block)
    {
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => Product.Start(null, ("Interven__TrustedProxies__0", block), ("Interven__MaxBodyBytes", "7")));
        Assert.Contains($"Interven:TrustedProxies holds `{block}`", failed.Message, StringComparison.Ordinal);
        Assert.Contains("Interven:MaxBodyBytes is `7`", failed.Message, StringComparison.Ordinal);
    }
}
