using System.Web;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.People;

/// <summary>Single sign-on against a real OpenID Connect server, and against one that lies.</summary>
public sealed class OidcTests(OidcPlace place) : IClassFixture<OidcPlace>
{
    readonly IdentityProvider provider = place.Provider;
    readonly HostileProvider hostile = place.Hostile;
    readonly Product product = place.Product;

    [Fact]
    public async Task Who_was_invited_signs_in_and_is_known_by_the_subject_from_then_on()
    {
        var tenant = await TestTenant.Of(product);
        var invited = (await tenant.Admin.Post("/api/users", new { email = "Ida@corp.example", role = "reviewer" })).Is(201);
        Assert.Contains("corp", (await product.Nobody.Get("/api/auth/providers")).Is(200).Text, StringComparison.Ordinal);

        provider.Person = ("ida-1", "ida@corp.example", false);
        Assert.Equal("SSO_REFUSED", await RefusedAt("corp"));
        provider.Person = ("ida-1", null, true);
        Assert.Equal("SSO_REFUSED", await RefusedAt("corp"));
        provider.Person = ("stranger", "stranger@corp.example", true);
        Assert.Equal("SSO_REFUSED", await RefusedAt("corp"));

        provider.Person = ("ida-1", "IDA@corp.example", true);
        using var browser = new Browser(product);
        Assert.Equal("/activity?x=1", await SignIn(browser, "corp", "/activity?x=1"));
        var me = (await browser.Get("/api/auth/me")).Is(200);
        Assert.Equal(("Ida@corp.example", "reviewer", "False"), (me["email"], me["role"], me["must_change_password"]));
        // The temporary password went with it.
        (await new Browser(product).SignIn("ida@corp.example", invited["temporary_password"])).IsProblem(401, "BAD_CREDENTIALS");

        // Another address later, the same person; another subject with the address, nobody.
        provider.Person = ("ida-1", "ida.newname@corp.example", false);
        Assert.Equal("/", await SignIn(new Browser(product), "corp"));
        provider.Person = ("ida-2", "ida@corp.example", true);
        Assert.Equal("SSO_REFUSED", await RefusedAt("corp"));
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/users/{invited["user_id"]}", null)).Is(204);
        provider.Person = ("ida-1", "ida@corp.example", true);
        Assert.Equal("SSO_REFUSED", await RefusedAt("corp"));
    }

    [Fact]
    public async Task A_tenants_own_provider_speaks_for_its_own_people_of_its_domains()
    {
        var (ours, theirs) = (await TestTenant.Of(product), await TestTenant.Of(product));
        var before = (await ours.Admin.Get("/api/sso")).Is(200);
        Assert.False(before.Json.GetProperty("is_set_up").GetBoolean());
        object setup = new { issuer = provider.Issuer, client_id = IdentityProvider.ClientId, client_secret = IdentityProvider.Secret, domains = new[] { "Ours.example" } };
        var sso = (await ours.Admin.Send(HttpMethod.Put, "/api/sso", setup)).Is(200);
        Assert.DoesNotContain(IdentityProvider.Secret, sso.Text, StringComparison.Ordinal);
        Assert.Equal(before["redirect_url"], sso["redirect_url"]);
        var name = sso["sign_in_url"].Split('/')[^1];
        (await ours.Admin.Post("/api/users", new { email = "otto@ours.example", role = "auditor" })).Is(201);
        (await ours.Admin.Post("/api/users", new { email = "guest@elsewhere.example", role = "auditor" })).Is(201);
        (await theirs.Admin.Post("/api/users", new { email = "victim@ours.example", role = "admin" })).Is(201);

        provider.Person = ("victim", "victim@ours.example", true);
        Assert.Equal("SSO_REFUSED", await RefusedAt(name));
        provider.Person = ("guest", "guest@elsewhere.example", true);
        Assert.Equal("SSO_REFUSED", await RefusedAt(name));
        provider.Person = ("otto", "otto@ours.example", true);
        Assert.Equal("/", await SignIn(new Browser(product), name));

        // The secret goes nowhere else. Absent, it stays; switched off, nobody comes in.
        Assert.Contains("$.client_secret", (await ours.Admin.Send(HttpMethod.Put, "/api/sso", new { issuer = hostile.Url, client_id = IdentityProvider.ClientId })).IsProblem(400).ErrorPaths);
        (await ours.Admin.Send(HttpMethod.Put, "/api/sso", new { issuer = provider.Issuer, client_id = IdentityProvider.ClientId, enabled = false })).Is(200);
        (await product.Nobody.Get($"/api/auth/oidc/{name}")).IsProblem(404);
        (await ours.Admin.Send(HttpMethod.Put, "/api/sso", new { issuer = provider.Issuer, client_id = IdentityProvider.ClientId })).Is(200);
        Assert.Equal("/", await SignIn(new Browser(product), name));
        (await ours.Admin.Send(HttpMethod.Delete, "/api/sso", null)).Is(204);
        (await product.Nobody.Get($"/api/auth/oidc/{name}")).IsProblem(404);
    }

    [Theory]
    [InlineData("other issuer")]
    [InlineData("other audience")]
    [InlineData("other nonce")]
    [InlineData("expired")]
    [InlineData("without end")]
    [InlineData("without subject")]
    [InlineData("unsigned")]
    [InlineData("strange key")]
    [InlineData("public key as secret")]
    [InlineData("unverified address")]
    public async Task A_token_with_anything_wrong_lets_nobody_in(string fault)
    {
        var tenant = await TestTenant.Of(product);
        var email = $"h{Guid.CreateVersion7():N}@corp.example";
        (await tenant.Admin.Post("/api/users", new { email, role = "auditor" })).Is(201);
        (hostile.Email, hostile.Subject, hostile.Fault) = (email, email, fault);
        Assert.Equal("SSO_REFUSED", await Hostile(new Browser(product)));
        hostile.Fault = "";
        Assert.Equal("/", await Hostile(new Browser(product)));
    }

    [Fact]
    public async Task An_answer_belongs_to_one_question_of_one_browser()
    {
        var tenant = await TestTenant.Of(product);
        (await tenant.Admin.Post("/api/users", new { email = "eve@corp.example", role = "auditor" })).Is(201);
        provider.Person = ("eve", "eve@corp.example", true);
        using var browser = new Browser(product);
        var callback = await AskProvider(await Begin(browser, "corp"));
        // Another browser has begun nothing; another state is another question; another provider is another one.
        (await new Browser(product).Get(callback)).IsProblem(403, "SSO_REFUSED");
        using var second = new Browser(product);
        await Begin(second, "corp");
        (await second.Get(callback)).IsProblem(403, "SSO_REFUSED");
        using var mixed = new Browser(product);
        await Begin(mixed, "hostile");
        (await mixed.Get(callback)).IsProblem(403, "SSO_REFUSED");
        (await browser.Get(callback + "&iss=https%3A%2F%2Fevil.example")).IsProblem(403, "SSO_REFUSED");
        // The question was used up by that.
        (await browser.Get(callback)).IsProblem(403, "SSO_REFUSED");
        Assert.Null(browser.Cookie("interven_session"));
        Assert.Equal("/", await SignIn(browser, "corp", "//evil.example/x"));
        Assert.Equal("/", await SignIn(browser, "corp", "/\\evil.example"));
        Assert.Equal("/", await SignIn(browser, "corp", "https://evil.example/"));
    }

    [Fact]
    public async Task The_question_carries_PKCE_state_and_nonce_and_a_silent_provider_is_said_to_be_silent()
    {
        var query = HttpUtility.ParseQueryString(new Uri(await Begin(new Browser(product), "corp")).Query);
        Assert.Equal(("code", "S256", IdentityProvider.ClientId), (query["response_type"], query["code_challenge_method"], query["client_id"]));
        Assert.All((string[])["code_challenge", "state", "nonce"], name => Assert.Equal(43, query[name]!.Length));
        Assert.Contains("openid", query["scope"], StringComparison.Ordinal);
        Assert.Equal($"http://127.0.0.1:{product.Port}/api/auth/oidc/corp/callback", query["redirect_uri"]);
        (await product.Nobody.Get("/api/auth/oidc/nowhere")).IsProblem(503, "SSO_UNAVAILABLE");
        (await product.Nobody.Get("/api/auth/oidc/unknown")).IsProblem(404);
        Assert.Equal("/sign-in?error=NOT_FOUND", (await product.Nobody.Send(HttpMethod.Get, "/api/auth/oidc/unknown", null, ("Accept", "text/html,*/*"))).Is(302).Location);
        (await product.Nobody.Get($"/api/auth/oidc/t-{Guid.CreateVersion7():N}")).IsProblem(404);
        var tenant = await TestTenant.Of(product);
        foreach (var issuer in (string[])["http://10.0.0.7/", "https://[::1]/", "https://corp.example/?x=1", "ftp://corp.example", ""])
            Assert.Contains("$.issuer", (await tenant.Admin.Send(HttpMethod.Put, "/api/sso", new { issuer, client_id = "x" })).IsProblem(400).ErrorPaths);
    }

    static async Task<string> SignIn(Browser browser, string name, string? returnTo = null)
    {
        var answer = await browser.Get(await AskProvider(await Begin(browser, name, returnTo)));
        return answer.Status == 302 ? answer.Location! : answer.IsProblem(answer.Status)["reason"];
    }

    async Task<string> RefusedAt(string name)
    {
        using var browser = new Browser(product);
        var reason = await SignIn(browser, name);
        Assert.Null(browser.Cookie("interven_session"));
        return reason;
    }

    async Task<string> Hostile(Browser browser)
    {
        var query = HttpUtility.ParseQueryString(new Uri(await Begin(browser, "hostile")).Query);
        hostile.Nonce = query["nonce"]!;
        var answer = await browser.Get($"/api/auth/oidc/hostile/callback?code=x&state={query["state"]}");
        return answer.Status == 302 ? answer.Location! : answer.IsProblem(answer.Status)["reason"];
    }

    static async Task<string> Begin(Browser browser, string name, string? returnTo = null) =>
        (await browser.Get($"/api/auth/oidc/{name}" + (returnTo is null ? "" : "?return=" + Uri.EscapeDataString(returnTo)))).Is(302).Location!;

    /// <summary>What the browser does at the provider: it goes there and is sent back.</summary>
    static async Task<string> AskProvider(string url)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var response = await http.GetAsync(url);
        Assert.True(response.Headers.Location is not null, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return response.Headers.Location!.PathAndQuery;
    }
}
