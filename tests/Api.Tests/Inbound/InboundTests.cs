using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.Inbound;

public sealed class InboundTests(InboundProduct one) : IClassFixture<InboundProduct>
{
    const string CloudKey = "AKIA4QHZXW2P5RTY7LMB";

    [Fact]
    public async Task An_allowed_call_is_forwarded_with_the_routes_credential_and_without_the_callers()
    {
        var tenant = await TestTenant.Of(one.Product);
        var credential = await InboundProduct.Credential(tenant, "bearer", new { token = "upstream-secret-1" });
        await one.Route(tenant, "allowed", new { credential_id = credential });
        var agent = await tenant.Agent();
        var answer = await one.Send(HttpMethod.Post, "/inbound/allowed/v1/items?page=2&q=a%20b", agent.Token, InboundProduct.Json(new { text = "hello" }),
            ("Cookie", "session=1"), ("X-Api-Key", "agents-own"), ("X-Interven-Secret", "x"), ("X-Forwarded-For", "10.0.0.1"), ("X-Custom", "kept"), ("Idempotency-Key", "abc"));
        Assert.Equal((200, """{"ok":true}""", "ALLOW"), (answer.Status, answer.Body, answer.Decision));
        Assert.Equal("done", answer.Raw.Headers.GetValues("X-Interven-Response-Scan").Single());
        var seen = one.Upstream.Last;
        Assert.Equal(("POST", "/base/v1/items?page=2&q=a%20b", """{"text":"hello"}"""), (seen.Method, seen.Target, seen.Body));
        Assert.Equal("Bearer upstream-secret-1", seen.Header("Authorization"));
        Assert.Equal(("kept", "abc"), (seen.Header("X-Custom"), seen.Header("Idempotency-Key")));
        foreach (var gone in (string[])["Cookie", "X-Api-Key", "X-Interven-Secret", "X-Forwarded-For"])
            Assert.Null(seen.Header(gone));
        Assert.DoesNotContain(seen.Headers.Values, value => value.Contains(agent.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sanitised_call_arrives_redacted_with_its_new_length()
    {
        var tenant = await TestTenant.Of(one.Product);
        await Rule(tenant, """ "condition":{"has_data_class":["PII"]} """, "SANITIZE");
        await one.Route(tenant, "sanitised");
        var answer = await one.Send(HttpMethod.Post, "/inbound/sanitised/notes", (await tenant.Agent()).Token, InboundProduct.Json(new { text = "write to jane.roe@contoso.com", n = 1 }));
        Assert.Equal((200, "SANITIZE"), (answer.Status, answer.Decision));
        Assert.Equal("""{"text":"write to [REDACTED:EMAIL_ADDRESS]","n":1}""", one.Upstream.Last.Body);
        Assert.Equal(one.Upstream.Last.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), one.Upstream.Last.Header("Content-Length"));
        var form = await one.Send(HttpMethod.Post, "/inbound/sanitised/notes", (await tenant.Agent()).Token, new FormUrlEncodedContent([new("text", "jane.roe@contoso.com"), new("x", "1")]));
        Assert.Equal((200, "SANITIZE"), (form.Status, form.Decision));
        Assert.DoesNotContain("contoso", one.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Contains("x=1", one.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denied_call_is_a_403_that_says_why_and_reaches_no_upstream()
    {
        var tenant = await TestTenant.Of(one.Product);
        await Rule(tenant, """ "condition":{"has_data_class":["SECRETS"]} """, "DENY");
        await one.Route(tenant, "denied");
        var before = one.Upstream.Requests.Count;
        var answer = await one.Send(HttpMethod.Post, "/inbound/denied/notes", (await tenant.Agent()).Token, InboundProduct.Json(new { text = CloudKey }));
        Assert.Equal((403, "DENY"), (answer.Status, answer.Decision));
        Assert.Contains("CALL_DENIED", answer.Body, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Reasons!);
        Assert.Equal(before, one.Upstream.Requests.Count);
    }

    [Fact]
    public async Task A_call_that_needs_a_person_is_a_202_and_goes_through_once_approved()
    {
        var tenant = await TestTenant.Of(one.Product);
        await Rule(tenant, """ "match":{"url_patterns":["*127.0.0.1*"]} """, "REQUIRE_APPROVAL");
        await one.Route(tenant, "asking");
        var agent = await tenant.Agent();
        Task<(int Status, string Body, string? Decision, string? Reasons, string? Trace, HttpResponseMessage Raw)> Pay(params (string, string)[] headers) =>
            one.Send(HttpMethod.Post, "/inbound/asking/pay", agent.Token, InboundProduct.Json(new { amount = 5 }), headers);
        var before = one.Upstream.Requests.Count;
        var paused = await Pay();
        Assert.Equal((202, "REQUIRE_APPROVAL"), (paused.Status, paused.Decision));
        var approval = System.Text.Json.JsonDocument.Parse(paused.Body).RootElement.GetProperty("approval_id").GetString();
        Assert.Equal(before, one.Upstream.Requests.Count);
        var held = Pay(("X-Interven-Wait", "30"));
        (await tenant.Admin.Post($"/api/approvals/{approval}/approve")).Is(200);
        var released = await held;
        Assert.Equal((200, "ALLOW"), (released.Status, released.Decision));
        Assert.Equal(before + 1, one.Upstream.Requests.Count);
    }

    [Fact]
    public async Task An_upstreams_answer_is_linked_to_the_trace_and_redacted_where_the_route_says_so()
    {
        var tenant = await TestTenant.Of(one.Product);
        await one.Route(tenant, "reading");
        await one.Route(tenant, "redacting", new { sanitize_response = true });
        one.Upstream.Answer = _ => (200, "application/json", """{"customer":"jane.roe@contoso.com"}""");
        var agent = await tenant.Agent();
        var plain = await one.Send(HttpMethod.Get, "/inbound/reading/customer/1", agent.Token);
        var redacted = await one.Send(HttpMethod.Get, "/inbound/redacting/customer/1", agent.Token);
        one.Upstream.Answer = _ => (200, "application/json", """{"ok":true}""");
        Assert.Contains("contoso", plain.Body, StringComparison.Ordinal);
        Assert.Equal("""{"customer":"[REDACTED:EMAIL_ADDRESS]"}""", redacted.Body);
        Assert.NotEqual(plain.Trace, redacted.Trace);
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(500, "boom")]
    [InlineData(204, "")]
    public async Task An_upstreams_own_status_is_passed_on_as_it_is(int status, string body)
    {
        var tenant = await TestTenant.Of(one.Product);
        await one.Route(tenant, $"status-{status}");
        one.Upstream.Answer = _ => (status, "text/plain", status == 204 ? "" : body);
        var answer = await one.Send(HttpMethod.Get, $"/inbound/status-{status}/x", (await tenant.Agent()).Token);
        one.Upstream.Answer = _ => (200, "application/json", """{"ok":true}""");
        Assert.Equal((status, body), (answer.Status, answer.Body));
        Assert.Equal("yes", answer.Raw.Headers.GetValues("X-Upstream").Single());
    }

    [Fact]
    public async Task A_route_token_in_the_path_opens_its_route_and_nothing_else()
    {
        var tenant = await TestTenant.Of(one.Product);
        var made = await one.Route(tenant, "tokened", new { auth = new { kind = "path_token" } });
        await one.Route(tenant, "other-token", new { auth = new { kind = "path_token" } });
        await one.Route(tenant, "by-key");
        var token = made["route_token"];
        Assert.Equal(200, (await one.Send(HttpMethod.Post, $"/inbound/tokened/{token}/hook", null, InboundProduct.Json(new { a = 1 }))).Status);
        Assert.Equal("/base/hook", one.Upstream.Last.Target);
        Assert.Equal(401, (await one.Send(HttpMethod.Post, $"/inbound/other-token/{token}/hook", null)).Status);
        Assert.Equal(403, (await one.Send(HttpMethod.Post, "/inbound/by-key/hook", token)).Status);
        (await new Caller(one.Product.Http, token).Scan(new { a = 1 })).IsProblem(403, "MISSING_SCOPE");
        Assert.Equal(401, (await one.Send(HttpMethod.Post, "/inbound/tokened/nonsense/hook", null)).Status);
        var rotated = (await tenant.Admin.Post($"/api/inbound-routes/{made["route_id"]}/rotate-token")).Is(200);
        Assert.Equal(401, (await one.Send(HttpMethod.Post, $"/inbound/tokened/{token}/hook", null)).Status);
        Assert.Equal(200, (await one.Send(HttpMethod.Post, $"/inbound/tokened/{rotated["route_token"]}/hook", null)).Status);
        Assert.DoesNotContain(rotated["route_token"], (await tenant.Admin.Get("/api/inbound-routes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_lets_through_only_its_methods_and_paths_and_only_its_own_tenant()
    {
        var tenant = await TestTenant.Of(one.Product);
        await one.Route(tenant, "narrow", new { methods = new[] { "GET" }, paths = new[] { "/v1/items/*", "/deep/**" }, auth = new { kind = "key", header = "X-Caller-Key" } });
        var (agent, before) = (await tenant.Agent(), one.Upstream.Requests.Count);
        async Task<int> Ask(HttpMethod method, string path, string token) => (await one.Send(method, "/inbound/narrow" + path, null, null, ("X-Caller-Key", token))).Status;
        foreach (var path in (string[])["/v1/items/7", "/deep/a/b/c"])
            Assert.Equal(200, await Ask(HttpMethod.Get, path, agent.Token));
        Assert.Null(one.Upstream.Last.Header("X-Caller-Key"));
        foreach (var path in (string[])["", "/v1/items", "/v1/items/7/8", "/v2/items/7", "/deepest"])
            Assert.Equal(403, await Ask(HttpMethod.Get, path, agent.Token));
        foreach (var path in (string[])["/deep/%2e%2e/%2e%2e/admin", "/deep/..%2fadmin", "/deep//x", "/deep/%5c..%5cx", "/deep/a;b", "/deep/%252e%252e/x"])
            Assert.InRange(await Ask(HttpMethod.Get, path, agent.Token), 400, 404);
        Assert.Equal(405, await Ask(HttpMethod.Post, "/v1/items/7", agent.Token));
        var foreign = await (await TestTenant.Of(one.Product)).Agent();
        var unknown = await one.Send(HttpMethod.Get, "/inbound/no-such-route/x", agent.Token);
        Assert.Equal((404, 404), (await Ask(HttpMethod.Get, "/v1/items/7", foreign.Token), unknown.Status));
        Assert.Equal(401, await Ask(HttpMethod.Get, "/v1/items/7", "iv_live_nonsense"));
        Assert.Equal(401, (await one.Send(HttpMethod.Get, "/inbound/no-such-route/x", null)).Status);
        Assert.Equal(before + 2, one.Upstream.Requests.Count);
    }

    [Fact]
    public async Task Bodies_that_cannot_be_looked_at_alike_are_refused()
    {
        var tenant = await TestTenant.Of(one.Product);
        await one.Route(tenant, "bodies");
        var token = (await tenant.Agent()).Token;
        var before = one.Upstream.Requests.Count;
        async Task<int> Post(string body, string type, string? encoding = null)
        {
            var content = new StringContent(body, System.Text.Encoding.UTF8, type);
            if (encoding is not null)
                content.Headers.ContentEncoding.Add(encoding);
            return (await one.Send(HttpMethod.Post, "/inbound/bodies/x", token, content)).Status;
        }
        Assert.Equal(400, await Post("""{"amount":1,"amount":9999}""", "application/json"));
        Assert.Equal(400, await Post("""{"a":""", "application/merge-patch+json"));
        Assert.Equal(415, await Post("x", "text/plain", "gzip"));
        Assert.Equal(413, await Post(new string('x', 300_000), "text/plain"));
        Assert.Equal(before, one.Upstream.Requests.Count);
        Assert.Equal(200, await Post("[1,2]", "application/json"));
        Assert.Equal("[1,2]", one.Upstream.Last.Body);
    }

    [Fact]
    public async Task The_agent_is_named_as_the_route_says()
    {
        var tenant = await TestTenant.Of(one.Product);
        await one.Route(tenant, "named", new { agent = new { from = "header", value = "X-Agent" } });
        (await tenant.Admin.Post("/api/agents/rogue/suspend")).Is(204);
        var token = (await tenant.Agent()).Token;
        Assert.Equal(403, (await one.Send(HttpMethod.Get, "/inbound/named/x", token, null, ("X-Agent", "rogue"))).Status);
        Assert.Equal(200, (await one.Send(HttpMethod.Get, "/inbound/named/x", token, null, ("X-Agent", "good"))).Status);
    }

    static async Task Rule(TestTenant tenant, string when, string action) =>
        (await tenant.Admin.Post("/api/policies", $$"""{"name":"own","rules":[{"priority":1,{{when}},"action":"{{action}}"}]}""")).Is(200);
}
