using System.Globalization;
using System.Security.Cryptography;
using Interven.Api.Tests.Running;
using Interven.Storage.Tests.Harness;

namespace Interven.Api.Tests.People;

/// <summary>Inviting, roles, removal, second factors, machines.</summary>
[Collection(UsesTrustingProduct.Name)]
public class TeamTests(TrustingProduct one)
{
    [Fact]
    public async Task An_address_belongs_to_one_person_of_one_tenant()
    {
        var (ours, theirs) = (await TestTenant.Of(one.Product), await TestTenant.Of(one.Product));
        (await ours.Admin.Post("/api/users", new { email = "twice@tenant.example", role = "auditor" })).Is(201);
        (await theirs.Admin.Post("/api/users", new { email = "TWICE@tenant.example", role = "auditor" })).IsProblem(409, "CONFLICT");
        (await one.Product.Operator.Post("/api/tenants", new { name = "late", admin_email = "twice@tenant.example" })).IsProblem(409, "CONFLICT");
        Assert.DoesNotContain("twice", (await theirs.Admin.Get("/api/users")).Is(200).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_new_tenant_answers_with_a_temporary_password_and_no_token_unless_one_is_asked_for()
    {
        var made = (await one.Product.Operator.Post("/api/tenants", new { name = "plain", admin_email = "plain@tenant.example" })).Is(201);
        Assert.False(made.Has("admin_token"));
        using var browser = new Browser(one.Product);
        Assert.Equal("admin", (await browser.SignIn("plain@tenant.example", made["temporary_password"])).Is(200)["role"]);
    }

    [Fact]
    public async Task The_admin_that_the_first_start_prints_can_sign_in_and_is_no_operator()
    {
        using var browser = new Browser(one.Product);
        var signedIn = (await browser.SignIn(one.Product.Printed("INTERVEN_ADMIN_EMAIL")!, one.Product.Printed("INTERVEN_ADMIN_PASSWORD")!)).Is(200);
        Assert.Equal(("admin", "False"), (signedIn["role"], signedIn["must_change_password"]));
        (await browser.Get("/api/policies")).Is(200);
        (await browser.Get("/api/tenants")).IsProblem(403, "FORBIDDEN");
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        var tenant = await TestTenant.Of(one.Product);
        var admin = (await tenant.Admin.Get("/api/users")).Is(200).Json.GetProperty("items")[0].GetProperty("user_id").GetString();
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/users/{admin}", null)).IsProblem(409, "LAST_ADMIN");
        (await tenant.Admin.Patch($"/api/users/{admin}", new { role = "auditor" })).IsProblem(409, "LAST_ADMIN");
        (await tenant.Admin.Post("/api/users", new { email = "second@tenant.example", role = "admin" })).Is(201);
        (await tenant.Admin.Patch($"/api/users/{admin}", new { role = "auditor" })).Is(200);
    }

    [Fact]
    public async Task A_new_role_and_a_removal_end_the_persons_sessions_at_once()
    {
        var tenant = await TestTenant.Of(one.Product);
        var person = await Person.Of(one.Product, tenant, "admin");
        (await tenant.Admin.Patch($"/api/users/{person.Id}", new { role = "auditor" })).Is(200);
        (await person.Browser.Get("/api/auth/me")).IsProblem(401, "SESSION_EXPIRED");
        using var again = await person.SignInAgain(one.Product);
        Assert.Equal("auditor", (await again.Get("/api/auth/me")).Is(200)["role"]);
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/users/{person.Id}", null)).Is(204);
        (await again.Get("/api/auth/me")).IsProblem(401, "SESSION_EXPIRED");
        (await new Browser(one.Product, one.Address()).SignIn(person.Email, person.Password)).IsProblem(401, "BAD_CREDENTIALS");
    }

    [Fact]
    public async Task What_somebody_did_keeps_their_name_after_they_have_left()
    {
        var tenant = await TestTenant.Of(one.Product);
        var person = await Person.Of(one.Product, tenant, "admin");
        (await person.Browser.Post("/api/keys", new { name = "theirs" })).Is(201);
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/users/{person.Id}", null)).Is(204);
        var made = (await tenant.Admin.Get($"/api/audit-log?action=key.minted&actor={person.Id}")).Is(200).Json.GetProperty("items")[0];
        Assert.Equal(person.Email, made.GetProperty("actor_name").GetString());
        var removed = (await tenant.Admin.Get("/api/audit-log?action=user.removed")).Is(200).Json.GetProperty("items")[0];
        Assert.StartsWith("service account ", removed.GetProperty("actor_name").GetString(), StringComparison.Ordinal);
        Assert.Equal(person.Email, removed.GetProperty("target_name").GetString());
        await Eventually.Is(async () => (await tenant.Admin.Get("/api/audit-log/export?format=csv")).Is(200).Text.Contains($"\"{person.Email}\"", StringComparison.Ordinal), "the export names who has left");
    }

    [Fact]
    public async Task Somebody_who_is_reset_gets_in_with_the_new_password_alone()
    {
        var tenant = await TestTenant.Of(one.Product);
        var person = await Person.Of(one.Product, tenant, "reviewer");
        await Enrol(person);
        var reset = (await tenant.Admin.Post($"/api/users/{person.Id}/reset")).Is(200);
        (await person.Browser.Get("/api/auth/me")).IsProblem(401);
        (await new Browser(one.Product, one.Address()).SignIn(person.Email, person.Password)).IsProblem(401, "BAD_CREDENTIALS");
        Assert.Equal("True", (await new Browser(one.Product).SignIn(person.Email, reset["temporary_password"])).Is(200)["must_change_password"]);
    }

    [Fact]
    public async Task With_a_second_factor_a_password_is_half_of_it_and_a_code_counts_once()
    {
        var person = await Person.Of(one.Product, await TestTenant.Of(one.Product), "admin");
        var (secret, recovery) = await Enrol(person);
        Assert.Equal("True", (await person.Browser.Get("/api/auth/me")).Is(200)["totp_enabled"]);
        (await person.Browser.Post("/api/auth/totp")).IsProblem(409);
        (await new Browser(one.Product, one.Address()).SignIn(person.Email, person.Password)).IsProblem(401, "TOTP_REQUIRED");
        (await new Browser(one.Product, one.Address()).SignIn(person.Email, "wrong", Code(secret, 1))).IsProblem(401, "BAD_CREDENTIALS");
        (await new Browser(one.Product, one.Address()).SignIn(person.Email, person.Password, "000000x")).IsProblem(401, "BAD_CREDENTIALS");
        // The step of now was spent by the confirmation; the next one is within the tolerance.
        (await new Browser(one.Product, one.Address()).SignIn(person.Email, person.Password, Code(secret, 1))).Is(200);
        (await new Browser(one.Product, one.Address()).SignIn(person.Email, person.Password, Code(secret, 1))).IsProblem(401, "BAD_CREDENTIALS");
        using var browser = new Browser(one.Product, one.Address());
        (await browser.SignIn(person.Email, person.Password, recovery[0])).Is(200);
        (await new Browser(one.Product, one.Address()).SignIn(person.Email, person.Password, recovery[0])).IsProblem(401, "BAD_CREDENTIALS");
        (await browser.Post("/api/auth/totp/disable", new { code = recovery[0] })).IsProblem(403, "BAD_CREDENTIALS");
        (await browser.Post("/api/auth/totp/disable", new { code = recovery[1] })).Is(204);
        (await new Browser(one.Product).SignIn(person.Email, person.Password)).Is(200);
    }

    [Fact]
    public async Task A_machine_has_a_role_an_address_and_an_end()
    {
        var tenant = await TestTenant.Of(one.Product);
        var auditor = await tenant.Account("auditor", "203.0.113.0/24");
        (await auditor.Get("/api/policies")).IsProblem(403, "IP_NOT_ALLOWED");
        (await auditor.Send(HttpMethod.Get, "/api/policies", null, ("X-Forwarded-For", "203.0.113.7"))).Is(200);
        (await auditor.Send(HttpMethod.Get, "/api/users", null, ("X-Forwarded-For", "203.0.113.7"))).IsProblem(403, "FORBIDDEN");
        var id = (await tenant.Admin.Get("/api/service-accounts")).Is(200).Json.GetProperty("items").EnumerateArray().Single(row => row.GetProperty("role").GetString() == "auditor").GetProperty("id").GetString();
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/service-accounts/{id}", null)).Is(200);
        (await auditor.Send(HttpMethod.Get, "/api/policies", null, ("X-Forwarded-For", "203.0.113.7"))).IsProblem(401, "INVALID_KEY");
    }

    [Fact]
    public async Task A_cookie_jar_of_a_machine_lasts_only_looks_and_stays_where_it_was_filled()
    {
        var tenant = await TestTenant.Of(one.Product);
        var admin = await tenant.Account("admin");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/service-session");
        request.Headers.Add("Authorization", "Bearer " + admin.Token);
        using var response = await one.Product.Http.SendAsync(request);
        var cookie = response.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("interven_session", StringComparison.Ordinal));
        var expires = DateTimeOffset.Parse(cookie.Split("expires=")[1].Split(';')[0], CultureInfo.InvariantCulture);
        Assert.InRange((expires - TimeProvider.System.GetUtcNow()).TotalDays, 364, 366);
        (string, string) jar = ("Cookie", cookie.Split(';')[0]);
        var nobody = one.Product.Nobody;
        (await nobody.Send(HttpMethod.Get, "/api/policies", null, jar)).Is(200);
        Assert.Equal("True", (await nobody.Send(HttpMethod.Get, "/api/auth/me", null, jar)).Is(200)["read_only"]);
        (await nobody.Send(HttpMethod.Get, "/api/policies", null, jar, ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"))).IsProblem(403, "IP_NOT_ALLOWED");
        var csrf = response.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("interven_csrf", StringComparison.Ordinal)).Split(';')[0].Split('=')[1];
        (await nobody.Send(HttpMethod.Post, "/api/keys", new { name = "x" }, jar, ("X-Interven-CSRF", csrf))).IsProblem(403, "FORBIDDEN");
        (await one.Product.Operator.Post("/api/auth/service-session")).IsProblem(403, "FORBIDDEN");
        var id = (await tenant.Admin.Get("/api/sessions")).Is(200).Json.GetProperty("items")[0].GetProperty("owner").GetString();
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/service-accounts/{id}", null)).Is(200);
        (await nobody.Send(HttpMethod.Get, "/api/policies", null, jar)).IsProblem(401, "SESSION_EXPIRED");
        Assert.DoesNotContain(id!, (await tenant.Admin.Get("/api/sessions")).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operators_token_is_not_the_first_tenants_to_see_or_revoke()
    {
        var id = one.Product.Operator.Token["iv_svc_".Length..][..8];
        Assert.DoesNotContain(id, (await one.Product.Operator.Get("/api/service-accounts")).Is(200).Text, StringComparison.Ordinal);
        (await one.Product.Operator.Send(HttpMethod.Delete, $"/api/service-accounts/{id}", null)).IsProblem(404);
        (await one.Product.Operator.Get("/api/tenants")).Is(200);
    }

    static async Task<(string Secret, string[] Recovery)> Enrol(Person person)
    {
        var secret = (await person.Browser.Post("/api/auth/totp")).Is(200)["secret"];
        (await person.Browser.Post("/api/auth/totp/confirm", new { code = "123" })).IsProblem(403, "BAD_CREDENTIALS");
        var confirmed = (await person.Browser.Post("/api/auth/totp/confirm", new { code = Code(secret, 0) })).Is(200);
        return (secret, [.. confirmed.Json.GetProperty("codes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    /// <summary>As an authenticator makes it, written anew from the RFC.</summary>
    static string Code(string secret, int stepsAhead)
    {
        var bits = string.Concat(secret.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + stepsAhead).Reverse().ToArray();
#pragma warning disable CA5350 // The RFC's algorithm.
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 0x7F) << 24 | hash[at + 1] << 16 | hash[at + 2] << 8 | hash[at + 3]) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }
}
