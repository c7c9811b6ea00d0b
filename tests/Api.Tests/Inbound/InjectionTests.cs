using System.Text;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.Inbound;

public sealed class InjectionTests(InboundProduct one) : IClassFixture<InboundProduct>
{
    [Fact]
    public async Task A_header_set_replaces_what_the_caller_sent()
    {
        var (tenant, token) = await Start("header_set", new { headers = new Dictionary<string, string> { ["X-Tenant"] = "acme", ["X-Partner-Pin"] = "pin-4711" } }, "headers");
        await one.Send(HttpMethod.Get, "/inbound/headers/x", token, null, ("X-Tenant", "spoofed"));
        Assert.Equal(("acme", "pin-4711"), (one.Upstream.Last.Header("X-Tenant"), one.Upstream.Last.Header("X-Partner-Pin")));
        Assert.NotNull(tenant);
    }

    [Fact]
    public async Task An_access_token_is_fetched_once_used_until_it_ends_and_fetched_anew_when_refused()
    {
        var values = new { token_url = one.Upstream.Url + "/token", client_id = "client/1", client_secret = "s:e c", scope = "pay", audience = "https://api.example" };
        var (_, token) = await Start("oauth_client_credentials", values, "oauth");
        var before = one.Upstream.TokenRequests.Count;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => one.Send(HttpMethod.Get, "/inbound/oauth/x", token)));
        Assert.Equal(before + 1, one.Upstream.TokenRequests.Count);
        var asked = one.Upstream.TokenRequests.Last();
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("client%2F1:s%3Ae%20c")), asked.Header("Authorization"));
        Assert.Equal("grant_type=client_credentials&scope=pay&audience=https%3A%2F%2Fapi.example", asked.Body);
        var granted = one.Upstream.Last.Header("Authorization");
        Assert.StartsWith("Bearer granted-", granted, StringComparison.Ordinal);

        one.Upstream.Answer = _ => (401, "application/json", "{}");
        Assert.Equal(401, (await one.Send(HttpMethod.Get, "/inbound/oauth/x", token)).Status);
        one.Upstream.Answer = _ => (200, "application/json", """{"ok":true}""");
        for (var tries = 0; tries < 50 && one.Upstream.Last.Header("Authorization") == granted; tries++)
            await one.Send(HttpMethod.Get, "/inbound/oauth/x", token);
        Assert.NotEqual(granted, one.Upstream.Last.Header("Authorization"));
    }

    [Fact]
    public async Task A_token_endpoint_that_gives_none_is_a_503_and_nothing_is_forwarded()
    {
        var (_, token) = await Start("oauth_client_credentials", new { token_url = "http://127.0.0.1:9/token", client_id = "a", client_secret = "b" }, "no-token");
        var before = one.Upstream.Requests.Count;
        var answer = await one.Send(HttpMethod.Get, "/inbound/no-token/x", token);
        Assert.Equal(503, answer.Status);
        Assert.Contains("CREDENTIAL_UNAVAILABLE", answer.Body, StringComparison.Ordinal);
        Assert.Equal(before, one.Upstream.Requests.Count);
    }

    [Fact]
    public async Task A_call_to_AWS_is_signed_as_it_is_sent()
    {
        var (_, token) = await Start("aws_sigv4", new { access_key_id = "AKIDEXAMPLE", secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", region = "eu-central-1", service = "execute-api" }, "aws");
        var answer = await one.Send(HttpMethod.Post, "/inbound/aws/stage/pay?b=2&a=1", token, InboundProduct.Json(new { amount = 1 }), ("X-Amz-Date", "19700101T000000Z"));
        Assert.Equal(200, answer.Status);
        var seen = one.Upstream.Last;
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(seen.Body)));
        Assert.Equal(hash, seen.Header("x-amz-content-sha256"));
        var key = new Engine.Vault.AwsKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null, "eu-central-1", "execute-api");
        var time = DateTimeOffset.ParseExact(seen.Header("x-amz-date")!, "yyyyMMdd'T'HHmmss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal);
        var wanted = Engine.Vault.AwsSignature.Sign(key, "POST", new(one.Upstream.Url + seen.Target), [new("content-type", seen.Header("Content-Type")!), new("x-amz-content-sha256", hash)], hash, time);
        Assert.Equal(wanted.Single(header => header.Key == "authorization").Value, seen.Header("Authorization"));
    }

    [Fact]
    public async Task A_rotated_credential_is_injected_at_once_and_a_revoked_one_never_again()
    {
        var tenant = await TestTenant.Of(one.Product);
        var id = await InboundProduct.Credential(tenant, "bearer", new { token = "first-secret" });
        await one.Route(tenant, "rotating", new { credential_id = id });
        var token = (await tenant.Agent()).Token;
        await one.Send(HttpMethod.Get, "/inbound/rotating/x", token);
        Assert.Equal("Bearer first-secret", one.Upstream.Last.Header("Authorization"));
        (await tenant.Admin.Post($"/api/credentials/{id}/rotate", new { values = new { token = "second-secret" } })).Is(200);
        await one.Send(HttpMethod.Get, "/inbound/rotating/x", token);
        Assert.Equal("Bearer second-secret", one.Upstream.Last.Header("Authorization"));
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/credentials/{id}", null)).IsProblem(409, "CONFLICT");
        (await tenant.Admin.Post($"/api/credentials/{id}/revoke")).Is(200);
        var before = one.Upstream.Requests.Count;
        Assert.Equal(503, (await one.Send(HttpMethod.Get, "/inbound/rotating/x", token)).Status);
        Assert.Equal(before, one.Upstream.Requests.Count);
    }

    async Task<(TestTenant Tenant, string Token)> Start(string type, object values, string prefix)
    {
        var tenant = await TestTenant.Of(one.Product);
        await one.Route(tenant, prefix, new { credential_id = await InboundProduct.Credential(tenant, type, values) });
        return (tenant, (await tenant.Agent()).Token);
    }
}
