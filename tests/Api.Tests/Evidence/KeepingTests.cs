using Interven.Api.Tests.Running;
using Interven.Contracts;

namespace Interven.Api.Tests.Evidence;

/// <summary>What is kept, held and erased, and what the audit log says of it.</summary>
[Collection(UsesProduct.Name)]
public class KeepingTests(OneProduct one)
{
    [Fact]
    public async Task An_agents_records_are_counted_then_erased_and_the_audit_log_keeps_that_they_were()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        foreach (var name in (string[])["mallory", "mallory", "trent"])
            (await agent.Post("/v1/scan", $$$"""{"method":"POST","url":"https://slack.com/api/chat.postMessage","agent_id":"{{{name}}}","body":{"text":"hello"}}""")).Is(200);

        var asked = (await tenant.Admin.Post("/api/erasure", new { agent_id = "mallory" })).Is(200);
        Assert.Equal(("requested", "2"), (asked["status"], asked["records"]));
        Assert.Equal(3, await Records(tenant));
        var done = (await tenant.Admin.Post("/api/erasure", new { erasure_id = asked["erasure_id"] })).Is(200);
        Assert.Equal(("done", "2", "0"), (done["status"], done["records"], done["held"]));
        Assert.Equal(1, await Records(tenant));
        (await tenant.Admin.Post("/api/erasure", new { erasure_id = asked["erasure_id"] })).IsProblem(404, "NOT_FOUND");
        Assert.Equal(["erasure.done", "erasure.begun", "erasure.requested"], await Audit(tenant, "erasure."));
        var check = (await tenant.Admin.Get("/api/telemetry/decisions/verify")).Is(200).Json;
        Assert.Equal((1, 1), (check.GetProperty("records").GetInt32(), check.GetProperty("deletions").GetInt32()));
    }

    [Fact]
    public async Task A_persons_value_is_found_by_its_fingerprint_however_it_was_written_and_is_kept_nowhere()
    {
        const string Card = "5555 5555 5555 4444";
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        foreach (var text in (string[])["card 5555-5555-5555-4444", "card 5555555555554444 again", "nothing"])
            (await agent.Scan(new { text })).Is(200);
        var asked = (await tenant.Admin.Post("/api/erasure", new { subject = Card })).Is(200);
        // A refusal for want of time is a record too, on a machine that is busy with other work.
        Assert.InRange(int.Parse(asked["records"], System.Globalization.CultureInfo.InvariantCulture), 2, 50);
        Assert.Equal("done", (await tenant.Admin.Post("/api/erasure", new { erasure_id = asked["erasure_id"] })).Is(200)["status"]);
        Assert.Single((await tenant.Admin.Get("/api/telemetry/decisions?decision=ALLOW")).Is(200).Json.GetProperty("items").EnumerateArray());
        var log = (await tenant.Admin.Get("/api/audit-log")).Is(200).Text;
        Assert.DoesNotContain(Card, log, StringComparison.Ordinal);
        Assert.DoesNotContain("5555555555554444", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_held_is_not_erased_until_the_hold_is_released()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await (await tenant.Agent()).Post("/v1/scan", """{"method":"GET","url":"https://a.example/list","agent_id":"held"}""")).Is(200);
        var hold = (await tenant.Admin.Post("/api/holds", new { scope = new { agent_id = "held" }, reason = "Case 1" })).Is(201)["hold_id"];
        var asked = (await tenant.Admin.Post("/api/erasure", new { agent_id = "held" })).Is(200);
        Assert.Equal(("0", "1"), (asked["records"], asked["held"]));
        Assert.Equal("1", (await tenant.Admin.Get("/api/retention")).Is(200)["active_holds"]);
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/holds/{hold}", null)).Is(204);
        (await tenant.Admin.Post("/api/erasure", new { erasure_id = asked["erasure_id"] })).Is(200);
        Assert.Equal(0, await Records(tenant));
        Assert.Equal(["hold.released", "hold.created"], await Audit(tenant, "hold."));
    }

    [Fact]
    public async Task A_run_prunes_nothing_young_and_is_noted()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await (await tenant.Agent()).Scan(new { text = "hello" })).Is(200);
        Assert.Equal("", (await tenant.Admin.Get("/api/retention")).Is(200)["retention_last_pruned_at"]);
        var run = (await tenant.Admin.Post("/api/retention/run")).Is(200).Json;
        Assert.Equal((0, true), (run.GetProperty("deleted").GetProperty("records").GetInt32(), run.GetProperty("is_complete").GetBoolean()));
        Assert.NotEqual("", (await tenant.Admin.Get("/api/retention")).Is(200)["retention_last_pruned_at"]);
        Assert.Equal(["retention.pruned"], await Audit(tenant, "retention."));
    }

    [Theory]
    [InlineData("/api/holds", """{"reason":"x"}""", "$.scope"), InlineData("/api/holds", """{"scope":{}}""", "$.reason")]
    [InlineData("/api/holds", """{"scope":{"since":"2026-02-01T00:00:00Z","until":"2026-01-01T00:00:00Z"},"reason":"x"}""", "$.scope.until")]
    [InlineData("/api/holds", """{"scope":{},"reason":"x","until":"2020-01-01T00:00:00Z"}""", "$.until")]
    [InlineData("/api/erasure", """{}""", "$"), InlineData("/api/erasure", """{"agent_id":"a","subject":"b"}""", "$"), InlineData("/api/erasure", """{"subject":"abc"}""", "$.subject")]
    public async Task What_makes_no_sense_is_named(string path, string body, string field) =>
        Assert.Equal([field], (await (await TestTenant.Of(one.Product)).Admin.Post(path, body)).IsProblem(400, "INVALID_REQUEST").ErrorPaths);

    [Fact]
    public async Task The_audit_log_pages_filters_and_exports()
    {
        var tenant = await TestTenant.Of(one.Product);
        foreach (var name in (string[])["a", "b", "c"])
            await tenant.Key(new { name });
        var first = (await tenant.Admin.Get("/api/audit-log?action=key.&limit=2")).Is(200).Json;
        var second = (await tenant.Admin.Get($"/api/audit-log?action=key.&limit=2&cursor={first.GetProperty("next_cursor").GetString()}")).Is(200).Json;
        Assert.Equal((2, 1), (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength()));
        Assert.Empty((await tenant.Admin.Get("/api/audit-log?actor=nobody")).Is(200).Json.GetProperty("items").EnumerateArray());
        var whole = (await tenant.Admin.Get("/api/audit-log?limit=500")).Is(200).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.All(whole, row => Assert.Contains(AuditActions.All, known => known.Action == row.GetProperty("action").GetString()));
        // What is younger than five seconds is in no export yet.
        for (var tries = 0; (await tenant.Admin.Get("/api/audit-log/export?action=policy.seeded")).Is(200).Text.Count(c => c == '\n') != 9; tries++)
        {
            Assert.True(tries < 100, "The export does not have the nine seeded policies.");
            await Task.Delay(200);
        }
        Assert.StartsWith("\"id\",\"time\"", (await tenant.Admin.Get("/api/audit-log/export?format=csv")).Is(200).Text, StringComparison.Ordinal);
        (await tenant.Admin.Get("/api/audit-log/export?format=ocsf")).IsProblem(400, "INVALID_REQUEST");
    }

    static async Task<int> Records(TestTenant tenant) => (await tenant.Admin.Get("/api/telemetry/decisions?limit=500")).Is(200).Json.GetProperty("items").GetArrayLength();

    static async Task<List<string?>> Audit(TestTenant tenant, string noun) =>
        [.. (await tenant.Admin.Get($"/api/audit-log?action={noun}")).Is(200).Json.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("action").GetString())];
}
