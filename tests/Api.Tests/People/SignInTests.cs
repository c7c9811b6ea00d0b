using System.Diagnostics;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.People;

/// <summary>Signing in, and everything that guesses, steals or forges.</summary>
[Collection(UsesTrustingProduct.Name)]
public class SignInTests(TrustingProduct one)
{
    [Fact]
    public async Task A_temporary_password_opens_nothing_but_its_own_change()
    {
        var tenant = await TestTenant.Of(one.Product);
        var invited = (await tenant.Admin.Post("/api/users", new { email = "new.one@tenant.example", role = "developer" })).Is(201);
        using var browser = new Browser(one.Product);
        var signedIn = (await browser.SignIn("New.One@tenant.example", invited["temporary_password"])).Is(200);
        Assert.Equal(("new.one@tenant.example", "developer", "True"), (signedIn["email"], signedIn["role"], signedIn["must_change_password"]));
        (await browser.Get("/api/policies")).IsProblem(403, "PASSWORD_CHANGE_REQUIRED");
        (await browser.Post("/api/keys", new { name = "x" })).IsProblem(403, "PASSWORD_CHANGE_REQUIRED");
        Assert.Equal("True", (await browser.Get("/api/auth/me")).Is(200)["must_change_password"]);
        var old = browser.Cookie("interven_session");
        (await browser.Post("/api/auth/password", new { current = invited["temporary_password"], @new = "short" })).IsProblem(400, "INVALID_REQUEST");
        (await browser.Post("/api/auth/password", new { current = "wrong", @new = "words of one's own" })).IsProblem(403, "BAD_CREDENTIALS");
        Assert.Equal("False", (await browser.Post("/api/auth/password", new { current = invited["temporary_password"], @new = "words of one's own" })).Is(200)["must_change_password"]);
        Assert.NotEqual(old, browser.Cookie("interven_session"));
        (await browser.Get("/api/policies")).Is(200);
        (await one.Product.Nobody.Send(HttpMethod.Get, "/api/policies", null, ("Cookie", "interven_session=" + old))).IsProblem(401, "SESSION_EXPIRED");
        (await new Browser(one.Product, one.Address()).SignIn("new.one@tenant.example", invited["temporary_password"])).IsProblem(401, "BAD_CREDENTIALS");
    }

    [Fact]
    public async Task It_works_with_curl_and_a_cookie_jar()
    {
        var person = await Person.Of(one.Product, await TestTenant.Of(one.Product), "auditor");
        var jar = Path.GetTempFileName();
        var url = $"http://127.0.0.1:{one.Product.Port}";
        var body = System.Text.Json.JsonSerializer.Serialize(new { email = person.Email, password = person.Password });
        Assert.Contains("\"role\":\"auditor\"", await Curl("-c", jar, "-d", body, url + "/api/auth/login"), StringComparison.Ordinal);
        Assert.Contains(person.Email, await Curl("-b", jar, url + "/api/auth/me"), StringComparison.Ordinal);
        Assert.Contains("#HttpOnly_127.0.0.1", await File.ReadAllTextAsync(jar), StringComparison.Ordinal);
        File.Delete(jar);
    }

    [Fact]
    public async Task Wrong_password_and_unknown_address_are_answered_alike()
    {
        var person = await Person.Of(one.Product, await TestTenant.Of(one.Product), "auditor");
        var wrong = (await new Browser(one.Product, one.Address()).SignIn(person.Email, "wrong")).IsProblem(401, "BAD_CREDENTIALS");
        var unknown = (await new Browser(one.Product, one.Address()).SignIn("nobody@tenant.example", "wrong")).IsProblem(401, "BAD_CREDENTIALS");
        Assert.Equal(unknown.WithoutTrace, wrong.WithoutTrace);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_five_failures_nobody_is_looked_at_be_there_somebody_or_not(bool exists)
    {
        var tenant = await TestTenant.Of(one.Product);
        var person = await Person.Of(one.Product, tenant, "auditor");
        var email = exists ? person.Email : "nobody.at.all@tenant.example";
        for (var i = 0; i < 5; i++)
            (await new Browser(one.Product, one.Address()).SignIn(email, "wrong")).IsProblem(401, "BAD_CREDENTIALS");
        Assert.Equal(exists ? 1 : 0, (await tenant.Admin.Get("/api/audit-log?action=session.refused&result=LOCKED_OUT")).Is(200).Json.GetProperty("items").GetArrayLength());
        var locked = (await new Browser(one.Product, one.Address()).SignIn(email.ToUpperInvariant(), person.Password)).IsProblem(423, "LOCKED_OUT");
        Assert.InRange(locked.RetryAfter!.Value.TotalSeconds, 30, 60);
        // Whoever is in stays in.
        (await person.Browser.Get("/api/auth/me")).Is(200);
    }

    [Fact]
    public async Task A_thousand_guesses_at_once_are_ten_looks_at_most()
    {
        var tenant = await TestTenant.Of(one.Product);
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Person.Of(one.Product, tenant, "auditor")));
        var from = one.Address();
        var browser = new Browser(one.Product, from);
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => browser.SignIn(people[i % 4].Email, $"guess {i}")));
        Assert.InRange(answers.Count(answer => answer.Status == 401), 1, 10);
        Assert.All(answers, answer => Assert.Contains(answer.Status, (int[])[401, 423, 429]));
        Assert.All(answers.Where(answer => answer.Status == 429), answer => Assert.InRange(answer.RetryAfter!.Value.TotalMinutes, 10, 15));
        // From elsewhere the same people are locked by their own failures at most.
        (await new Browser(one.Product, one.Address()).SignIn("somebody.else@tenant.example", "x")).IsProblem(401);
    }

    [Fact]
    public async Task A_change_with_a_cookie_needs_the_token_and_one_of_our_own_pages()
    {
        var tenant = await TestTenant.Of(one.Product);
        var person = await Person.Of(one.Product, tenant, "developer");
        var csrf = person.Browser.Cookie("interven_csrf")!;
        object key = new { name = "mine" };
        (await person.Browser.Bare(HttpMethod.Post, "/api/keys", key)).IsProblem(403, "CSRF_REFUSED");
        var noted = (await tenant.Admin.Get("/api/audit-log?action=access.refused&result=CSRF_REFUSED")).Is(200).Json.GetProperty("items")[0];
        Assert.Equal((person.Id.ToString(), "endpoint/POST /api/keys"), (noted.GetProperty("actor").GetProperty("id").GetString(), noted.GetProperty("target").GetString()));
        (await person.Browser.Bare(HttpMethod.Post, "/api/keys", key, ("X-Interven-CSRF", new string('0', csrf.Length)))).IsProblem(403, "CSRF_REFUSED");
        (await person.Browser.Bare(HttpMethod.Post, "/api/keys", key, ("X-Interven-CSRF", csrf), ("Origin", "https://evil.example"))).IsProblem(403, "CSRF_REFUSED");
        (await person.Browser.Bare(HttpMethod.Post, "/api/keys", key, ("X-Interven-CSRF", csrf), ("Origin", "null"))).IsProblem(403, "CSRF_REFUSED");
        (await person.Browser.Bare(HttpMethod.Post, "/api/keys", key, ("X-Interven-CSRF", csrf), ("Sec-Fetch-Site", "cross-site"))).IsProblem(403, "CSRF_REFUSED");
        (await person.Browser.Bare(HttpMethod.Post, "/api/keys", key, ("X-Interven-CSRF", csrf), ("Origin", $"http://127.0.0.1:{one.Product.Port}"))).Is(201);
        Assert.Single((await person.Browser.Get("/api/keys")).Is(200).Json.GetProperty("items").EnumerateArray());
        (await new Browser(one.Product).Bare(HttpMethod.Post, "/api/auth/login", new { email = person.Email, password = person.Password }, ("Sec-Fetch-Site", "cross-site"))).IsProblem(403, "CSRF_REFUSED");
    }

    [Fact]
    public async Task Over_plain_http_nobody_signs_in_from_elsewhere_and_over_https_the_cookie_is_secure()
    {
        var person = await Person.Of(one.Product, await TestTenant.Of(one.Product), "auditor");
        object credentials = new { email = person.Email, password = person.Password };
        (await one.Product.Nobody.Post("/api/auth/login", credentials, ("X-Forwarded-For", "203.0.113.9"))).IsProblem(403, "HTTPS_REQUIRED");
        var stolen = person.Browser.Cookie("interven_session");
        (await one.Product.Nobody.Send(HttpMethod.Get, "/api/auth/me", null, ("X-Forwarded-For", "203.0.113.9"), ("Cookie", "interven_session=" + stolen))).IsProblem(403, "HTTPS_REQUIRED");

        async Task<string[]> Cookies(params (string, string)[] headers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login") { Content = System.Net.Http.Json.JsonContent.Create(credentials) };
            foreach (var (name, value) in headers)
                request.Headers.Add(name, value);
            using var response = await one.Product.Http.SendAsync(request);
            return [.. response.Headers.GetValues("Set-Cookie").Order(StringComparer.Ordinal)];
        }
        var secure = await Cookies(("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"));
        Assert.Matches("^interven_csrf=[0-9a-f]{40}; path=/; secure; samesite=lax$", secure[0]);
        Assert.Matches("^interven_session=iv_ses_[0-9A-Za-z]{43}; path=/; secure; samesite=lax; httponly$", secure[1]);
        Assert.Matches("^interven_session=iv_ses_[0-9A-Za-z]{43}; path=/; samesite=lax; httponly$", (await Cookies())[1]);
    }

    [Fact]
    public async Task Signing_out_and_ending_a_session_count_at_once()
    {
        var tenant = await TestTenant.Of(one.Product);
        var person = await Person.Of(one.Product, tenant, "reviewer");
        using var second = await person.SignInAgain(one.Product);
        using var stranger = (await Person.Of(one.Product, tenant, "reviewer")).Browser;
        var sessions = (await person.Browser.Get("/api/sessions")).Is(200).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, sessions.Count);
        var other = sessions.Single(session => !session.GetProperty("current").GetBoolean()).GetProperty("session_id").GetString();
        (await stranger.Send(HttpMethod.Delete, $"/api/sessions/{other}", null)).IsProblem(404);
        (await second.Get("/api/auth/me")).Is(200);
        (await person.Browser.Send(HttpMethod.Delete, $"/api/sessions/{other}", null)).Is(204);
        (await second.Get("/api/auth/me")).IsProblem(401, "SESSION_EXPIRED");
        var token = person.Browser.Cookie("interven_session");
        (await person.Browser.Post("/api/auth/logout")).Is(204);
        Assert.Null(person.Browser.Cookie("interven_session"));
        (await one.Product.Nobody.Send(HttpMethod.Get, "/api/auth/me", null, ("Cookie", "interven_session=" + token))).IsProblem(401, "SESSION_EXPIRED");
        (await one.Product.Nobody.Send(HttpMethod.Get, "/api/auth/me", null, ("Authorization", "Bearer " + token))).IsProblem(401, "INVALID_KEY");
    }

    static async Task<string> Curl(params string[] arguments)
    {
        using var curl = Process.Start(new ProcessStartInfo("curl", ["-s", .. arguments]) { RedirectStandardOutput = true })!;
        var text = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();
        Assert.Equal(0, curl.ExitCode);
        return text;
    }
}
