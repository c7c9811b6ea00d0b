using System.Text;
using System.Text.Json;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>Decision records as people read them.</summary>
[Collection(UsesProduct.Name)]
public class DecisionTests(OneProduct one)
{
    const string Path = "/api/telemetry/decisions";

    [Fact]
    public async Task A_list_pages_from_the_newest_to_the_oldest_and_shows_each_record_once()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        var traces = new List<string>();
        for (var i = 0; i < 7; i++)
            traces.Add((await agent.Scan(new { text = $"hello {i}" })).Is(200)["trace_id"]);

        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await tenant.Admin.Get($"{Path}?limit=3&cursor={cursor}")).Is(200);
            seen.AddRange(Items(page).Select(record => record.GetProperty("trace_id").GetString()!));
            cursor = page.Json.GetProperty("next_cursor").GetString();
        } while (cursor is not null);
        Assert.Equal(Enumerable.Reverse(traces), seen);
    }

    [Fact]
    public async Task Every_filter_narrows_the_list_to_what_it_says()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (agent, keyId) = await tenant.Key();
        var policy = (await agent.Post("/v1/scan", """{"method":"POST","url":"https://slack.com/api/chat.postMessage","agent_id":"Teller-7","agent_name":"Front desk","body":{"text":"card 4242 4242 4242 4242"}}""")).Is(200)["policy_id"];
        (await agent.Post("/v1/scan", """{"method":"GET","url":"https://ledger.example/v1/list-entries","agent_id":"clerk"}""")).Is(200);

        foreach (var (filter, expected) in (
            (string, int)[])[
                ("agent=Teller-7", 1), ("agent=teller-7", 0), ("tool=slack", 1), ("operation=list_entries", 1), ("operation=nothing", 0),
                ("decision=ALLOW", 1), ("decision=allow,sanitize", 2), ("decision=DENY", 0), ("class=PCI", 1), ("class=PHI,SECRETS", 0), ("environment=production", 2), ("environment=test", 0),
                ($"key={keyId}", 2), ("key=zzzzzzzz", 0), ("text=front%20DESK", 1), ("text=ler-", 1), ("text=desk%20slack%20sanit", 0), ("text=desk%20slack", 1), ("text=%25", 0), ("text=pci_detected", 1), ("window=15m", 2), ("until=2020-01-01", 0), ("since=2020-01-01", 2),
                ("band=LOW,MEDIUM,HIGH,CRITICAL", 2), ("tool=slack&decision=ALLOW", 0), ($"approval={Guid.CreateVersion7()}", 0), ($"policy={policy}", 1), ($"policy={Guid.CreateVersion7()}", 0)])
            Assert.True(expected == Items((await tenant.Admin.Get($"{Path}?{filter}")).Is(200)).Count, filter);
        var trace = Items(await tenant.Admin.Get($"{Path}?agent=clerk")).Single().GetProperty("trace_id").GetString();
        Assert.Equal(trace, Items(await tenant.Admin.Get($"{Path}?text={trace}")).Single().GetProperty("trace_id").GetString());
        var hit = Items((await tenant.Admin.Get("/api/policies/hits")).Is(200)).Single();
        Assert.Equal((policy, 1), (hit.GetProperty("policy_id").GetString(), hit.GetProperty("count").GetInt32()));
    }

    [Theory]
    [InlineData("limit=0"), InlineData("limit=501"), InlineData("limit=x"), InlineData("cursor=x"), InlineData("cursor=AAAA"), InlineData("since=yesterday"), InlineData("decision=MAYBE")]
    [InlineData("band=10"), InlineData("class=PII,XXX"), InlineData("approval=1"), InlineData("policy=starter"), InlineData("window=2h"), InlineData("since=2026-01-02&until=2026-01-01")]
    public async Task A_filter_that_makes_no_sense_is_named(string query)
    {
        var tenant = await TestTenant.Of(one.Product);
        var answer = (await tenant.Admin.Get($"{Path}?{query}")).IsProblem(400, "INVALID_REQUEST");
        Assert.Equal([query.Split('&')[^1].Split('=')[0]], answer.ErrorPaths);
    }

    [Fact]
    public async Task A_decision_shows_all_that_was_kept_and_what_came_after_it()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        (await tenant.Admin.Post("/api/policies", """{"name":"ask","rules":[{"rule_id":"pay","match":{"operations":["pay_out"]},"action":"REQUIRE_APPROVAL"}]}""")).Is(200);
        const string Call = """{"method":"POST","url":"https://pay.example/v1/pay-out?x=1","body":{"to":"jane.roe@example.com","amount":12}}""";
        var asked = (await agent.Post("/v1/scan", Call)).Decides("REQUIRE_APPROVAL");
        (await tenant.Admin.Post($"/api/approvals/{asked["approval_id"]}/approve", new { note = "yes" })).Is(200);
        var released = (await agent.Post("/v1/scan", Call)).Is(200);
        (await agent.Post("/v1/scan/response", new { trace_id = released["trace_id"], response_body = new { iban = "DE89370400440532013000" }, response_status = 201 })).Is(200);

        var first = (await tenant.Admin.Get($"{Path}/{asked["trace_id"]}")).Is(200).Json;
        Assert.Equal("[REDACTED:EMAIL_ADDRESS]", first.GetProperty("body_redacted").GetProperty("to").GetString());
        Assert.Equal("email_address", first.GetProperty("findings")[0].GetProperty("kind").GetString());
        Assert.Equal("approved", first.GetProperty("approval").GetProperty("status").GetString());
        Assert.Equal(released["trace_id"], first.GetProperty("linked")[0].GetProperty("trace_id").GetString());
        Assert.Equal(64, first.GetProperty("hash").GetString()!.Length);
        Assert.Equal("pay", first.GetProperty("record").GetProperty("rule_id").GetString());
        var second = (await tenant.Admin.Get($"{Path}/{released["trace_id"]}")).Is(200).Json;
        Assert.Equal(201, second.GetProperty("responses")[0].GetProperty("status").GetInt32());
        Assert.Equal("PII", second.GetProperty("responses")[0].GetProperty("data_classes")[0].GetString());
    }

    [Fact]
    public async Task A_record_of_another_tenant_is_as_unknown_as_one_that_never_was()
    {
        var (mine, other) = (await TestTenant.Of(one.Product), await TestTenant.Of(one.Product));
        var trace = (await (await other.Agent()).Scan(new { text = "hello" })).Is(200)["trace_id"];
        var foreign = (await mine.Admin.Get($"{Path}/{trace}")).IsProblem(404, "NOT_FOUND");
        var unknown = (await mine.Admin.Get($"{Path}/{Guid.CreateVersion7()}")).IsProblem(404, "NOT_FOUND");
        Assert.Equal(unknown.WithoutTrace, foreign.WithoutTrace);
        Assert.Empty(Items((await mine.Admin.Get(Path)).Is(200)));
    }

    [Fact]
    public async Task Counts_add_up_to_the_records()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        for (var i = 0; i < 3; i++)
            (await agent.Scan(new { text = "hello" })).Decides("ALLOW");
        (await agent.Scan(new { text = "AKIA7MZQ2XWTP4RVKLDN" })).Decides("DENY");

        var stats = (await tenant.Admin.Get($"{Path}/stats?window=1h")).Is(200).Json;
        Assert.Equal(4, stats.GetProperty("total").GetInt64());
        Assert.Equal(["ALLOW 3", "SANITIZE 0", "REQUIRE_APPROVAL 0", "DENY 1"], stats.GetProperty("by_decision").EnumerateArray().Select(row => $"{row.GetProperty("name")} {row.GetProperty("count")}"));
        var buckets = stats.GetProperty("buckets").EnumerateArray().ToList();
        Assert.InRange(buckets.Count, 60, 62);
        Assert.Equal((3, 1), (buckets.Sum(row => row.GetProperty("allow").GetInt64()), buckets.Sum(row => row.GetProperty("deny").GetInt64())));
        Assert.Contains("SECRET_DETECTED", stats.GetProperty("top_reasons").EnumerateArray().Select(row => row.GetProperty("name").GetString()));
        Assert.Equal("slack.post_message", stats.GetProperty("top_operations")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Whoever_follows_sees_records_as_they_come_and_after_a_break_what_was_missed()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        (await agent.Scan(new { text = "before" })).Is(200);
        string id, expected;
        using (var first = await Follow(tenant, null))
        {
            expected = (await agent.Scan(new { text = "while" })).Is(200)["trace_id"];
            (id, var trace) = await NextEvent(first);
            Assert.Equal(expected, trace);
        }
        expected = (await agent.Scan(new { text = "in between" })).Is(200)["trace_id"];
        using var second = await Follow(tenant, id);
        Assert.Equal(expected, (await NextEvent(second)).Trace);
    }

    async Task<StreamReader> Follow(TestTenant tenant, string? last)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Path + "/live");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + tenant.Admin.Token);
        if (last is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        var response = await one.Product.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
        Assert.Equal("retry: 1000", await reader.ReadLineAsync());
        return reader;
    }

    static async Task<(string Id, string Trace)> NextEvent(StreamReader reader)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var id = "";
        while (await reader.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                return (id, JsonSerializer.Deserialize<JsonElement>(line[6..]).GetProperty("trace_id").GetString()!);
        throw new InvalidOperationException("The stream has ended.");
    }

    static List<JsonElement> Items(Answer answer) => [.. answer.Json.GetProperty("items").EnumerateArray()];
}
