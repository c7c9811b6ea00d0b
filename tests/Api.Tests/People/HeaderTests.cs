using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.People;

[Collection(UsesTrustingProduct.Name)]
public class HeaderTests(TrustingProduct one)
{
    [Theory]
    [InlineData("/api/auth/me")]
    [InlineData("/api/reason-codes")]
    [InlineData("/api/nothing")]
    [InlineData("/v1/usage")]
    [InlineData("/nothing")]
    [InlineData("/swagger/index.html")]
    public async Task Every_answer_tells_browsers_what_they_may_do_with_it(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Forwarded-For", "203.0.113.8" }, { "X-Forwarded-Proto", "https" } } };
        using var response = await one.Product.Http.SendAsync(request);
        string Header(string name) => string.Join(", ", response.Headers.TryGetValues(name, out var values) ? values : []);
        Assert.Equal(("nosniff", "DENY", "no-referrer", "same-origin"), (Header("X-Content-Type-Options"), Header("X-Frame-Options"), Header("Referrer-Policy"), Header("Cross-Origin-Opener-Policy")));
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval'", Header("Content-Security-Policy").Replace("wasm-unsafe-eval", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.StartsWith("max-age=31536000", Header("Strict-Transport-Security"), StringComparison.Ordinal);
        Assert.Empty(Header("Server"));
        if (path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/v1", StringComparison.Ordinal))
            Assert.Equal(("no-store", "default-src 'none'; frame-ancestors 'none'"), (Header("Cache-Control"), Header("Content-Security-Policy")));
    }

    [Fact]
    public async Task Over_plain_http_no_browser_is_told_to_come_back_encrypted()
    {
        using var response = await one.Product.Http.GetAsync("/health/live");
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }
}
