using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.Settings;

[Collection(UsesProduct.Name)]
public class SettingsTests(OneProduct one)
{
    [Fact]
    public async Task A_change_counts_from_the_next_scan_on_and_leaves_the_rest_as_it_was()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        (await agent.Post("/v1/scan", """{"method":"POST","url":"https://ledger.example/v1/post-entry"}""")).Decides("ALLOW");
        var changed = (await tenant.Admin.Patch("/api/settings", new { default_actions = new { write = "DENY" }, retention_days = (int?)null, thresholds = new { high = "REQUIRE_APPROVAL" } })).Is(200);
        (await agent.Post("/v1/scan", """{"method":"POST","url":"https://ledger.example/v1/post-entry"}""")).Decides("DENY", "DEFAULT_ACTION");
        (await agent.Post("/v1/scan", """{"method":"GET","url":"https://ledger.example/v1/entries"}""")).Decides("ALLOW");
        Assert.Equal(changed.WithoutTrace, (await tenant.Admin.Get("/api/settings")).Is(200).WithoutTrace);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, changed.Json.GetProperty("retention_days").ValueKind);
        Assert.Equal("REQUIRE_APPROVAL", changed.Json.GetProperty("risk").GetProperty("on_high").GetString());
        Assert.Equal("REQUIRE_APPROVAL", changed.Json.GetProperty("thresholds").GetProperty("critical").GetString());
        Assert.Equal(600, changed.Json.GetProperty("approval_ttl_seconds").GetInt32());
    }

    [Theory]
    [InlineData("""{"retention_days":31}""", "$.retention_days")]
    [InlineData("""{"retention_days":"30"}""", "$.retention_days")]
    [InlineData("""{"approval_ttl_seconds":59}""", "$.approval_ttl_seconds")]
    [InlineData("""{"approval_ttl_seconds":null}""", "$.approval_ttl_seconds")]
    [InlineData("""{"grant_window_seconds":0}""", "$.grant_window_seconds")]
    [InlineData("""{"deny_window_seconds":-1}""", "$.deny_window_seconds")]
    [InlineData("""{"key_scans_per_minute":0}""", "$.key_scans_per_minute")]
    [InlineData("""{"tenant_scans_per_minute":0}""", "$.tenant_scans_per_minute")]
    [InlineData("""{"risk":{"classifier_weight":1.5}}""", "$.risk.classifier_weight")]
    [InlineData("""{"risk":{"medium_from":0.6}}""", "$.risk")]
    [InlineData("""{"risk":null}""", "$.risk")]
    [InlineData("""{"risk":{"on_high":"ALLOW"}}""", "$.risk.on_high")]
    [InlineData("""{"thresholds":{"critical":"SANITIZE"}}""", "$.risk.on_critical")]
    [InlineData("""{"thresholds":{"medium":"DENY"}}""", "$.thresholds.medium")]
    [InlineData("""{"default_actions":{"write":"MAYBE"}}""", "$.default_actions.write")]
    [InlineData("""{"default_actions":{"delete":"DENY"}}""", "$.default_actions.delete")]
    [InlineData("""{"internal_domains":["no domain"]}""", "$.internal_domains[0]")]
    [InlineData("""{"internal_domains":null}""", "$.internal_domains")]
    [InlineData("""{"internal_markers":["ok ok","x"]}""", "$.internal_markers[1]")]
    [InlineData("""{"incidents":null}""", "$.incidents")]
    [InlineData("""{"incidents":{"repeated_deny":-1}}""", "$.incidents.repeated_deny")]
    [InlineData("""{"incidents":{"repeated_deny_minutes":0}}""", "$.incidents.repeated_deny_minutes")]
    [InlineData("""{"incidents":{"trust_collapse":1.2}}""", "$.incidents.trust_collapse")]
    [InlineData("""{"incidents":{"trust_collapse_minutes":1441}}""", "$.incidents.trust_collapse_minutes")]
    [InlineData("""{"incidents":{"join_minutes":1441}}""", "$.incidents.join_minutes")]
    [InlineData("""{"incidents":{"threat_intel":"yes"}}""", "$.incidents.threat_intel")]
    [InlineData("""{"incidents":{"gut_feeling":true}}""", "$.incidents.gut_feeling")]
    [InlineData("""{"environments":["elsewhere"]}""", "$.environments")]
    [InlineData("""{"retention_dayz":30}""", "$.retention_dayz")]
    public async Task What_is_wrong_is_named_and_nothing_changes(string change, string path)
    {
        var tenant = await TestTenant.Of(one.Product);
        var before = (await tenant.Admin.Get("/api/settings")).Is(200).WithoutTrace;
        Assert.Contains(path, (await tenant.Admin.Send(HttpMethod.Patch, "/api/settings", change)).IsProblem(400, "INVALID_REQUEST").ErrorPaths);
        Assert.Equal(before, (await tenant.Admin.Get("/api/settings")).WithoutTrace);
    }

    [Fact]
    public async Task An_environment_can_be_bound_to_and_not_be_removed_while_it_is()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Post("/api/keys", new { name = "k", env_name = "staging" })).IsProblem(400);
        (await tenant.Admin.Post("/api/environments", new { name = "staging" })).Is(201);
        (await tenant.Admin.Post("/api/environments", new { name = "staging" })).IsProblem(409);
        (await tenant.Admin.Post("/api/environments", new { name = "Staging!" })).IsProblem(400);
        var (_, key) = await tenant.Key(new { env_name = "staging" });
        var row = (await tenant.Admin.Get("/api/environments")).Is(200).Json.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "staging");
        Assert.Equal(1, row.GetProperty("keys").GetInt32());
        (await tenant.Admin.Send(HttpMethod.Delete, "/api/environments/staging", null)).IsProblem(409, "CONFLICT");
        (await tenant.Admin.Post($"/api/keys/{key}/revoke")).Is(200);
        (await tenant.Admin.Send(HttpMethod.Delete, "/api/environments/staging", null)).Is(204);
        (await tenant.Admin.Send(HttpMethod.Delete, "/api/environments/staging", null)).IsProblem(404);
        (await tenant.Admin.Send(HttpMethod.Delete, "/api/environments/production", null)).IsProblem(409);
    }

    [Fact]
    public async Task A_detector_of_the_tenants_own_decides_from_the_next_scan_on_for_this_tenant_alone()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Post("/api/policies", """{"name":"own","rules":[{"condition":{"has_kind":["employee_number"]},"action":"DENY"},{"condition":{"has_data_class":["PHI"]},"action":"SANITIZE"}]}""")).Is(200);
        var agent = await tenant.Agent();
        (await agent.Scan(new { text = "ask EMP-004711 about it" }, "https://notes.example/v1/add")).Decides("ALLOW");
        var detector = (await tenant.Admin.Post("/api/detectors", new { name = "Employees", data_class = "PII", kind = "employee_number", regex = @"\bEMP-[0-9]{6}\b" })).Is(201);
        (await tenant.Admin.Post("/api/detectors", new { name = "Wards", data_class = "PHI", kind = "ward", literals = new[] { "Ward Seven", "Zürich Süd" } })).Is(201);
        (await agent.Scan(new { text = "ask EMP-004711 about it" }, "https://notes.example/v1/add")).Decides("DENY");
        var sanitised = (await agent.Scan(new { text = "to ward seven, or zürich süd" }, "https://notes.example/v1/add")).Decides("SANITIZE");
        Assert.Equal("to [REDACTED:WARD], or [REDACTED:WARD]", sanitised.Json.GetProperty("sanitized_body").GetProperty("text").GetString());
        (await (await (await TestTenant.Of(one.Product)).Agent()).Scan(new { text = "ask EMP-004711 about it" }, "https://notes.example/v1/add")).Decides("ALLOW");
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/detectors/{detector["detector_id"]}", null)).Is(204);
        (await agent.Scan(new { text = "ask EMP-004711 about it" }, "https://notes.example/v1/add")).Decides("ALLOW");
    }

    [Theory]
    [InlineData("""{"regex":"(a+)+$\\1"}""", "$.regex")]
    [InlineData("""{"regex":"(?=secret)x"}""", "$.regex")]
    [InlineData("""{"regex":"(unclosed"}""", "$.regex")]
    [InlineData("""{"regex":"x*"}""", "$.regex")]
    [InlineData("""{"regex":"(a{100}){100}"}""", "$.regex")]
    [InlineData("""{"literals":["ok literal","ab"]}""", "$.literals[1]")]
    [InlineData("""{"literals":["abc"],"regex":"abc"}""", "$")]
    [InlineData("{}", "$")]
    [InlineData("""{"literals":["abc"],"data_class":"SECRET"}""", "$.data_class")]
    [InlineData("""{"literals":["abc"],"kind":"Not Snake"}""", "$.kind")]
    public async Task A_detector_that_cannot_be_is_refused_in_words(string parts, string path)
    {
        var tenant = await TestTenant.Of(one.Product);
        var request = System.Text.Json.Nodes.JsonNode.Parse(parts)!.AsObject();
        request.TryAdd("name", "own");
        request.TryAdd("data_class", "PII");
        request.TryAdd("kind", "own_kind");
        Assert.Contains(path, (await tenant.Admin.Post("/api/detectors", request.ToJsonString())).IsProblem(400, "INVALID_REQUEST").ErrorPaths);
    }

    [Fact]
    public async Task A_threat_list_makes_its_places_threats_for_this_tenant()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        Assert.Contains("$.entries[1]", (await tenant.Admin.Post("/api/threat-lists", new { name = "bad", entries = new[] { "good.example", "not a host" } })).IsProblem(400).ErrorPaths);
        var list = (await tenant.Admin.Post("/api/threat-lists", new { name = "mules", entries = new[] { "mule.example", "198.51.100.0/24", "https://files.example/drop" } })).Is(201);
        foreach (var url in (string[])["https://pay.mule.example/v1", "https://198.51.100.7/x", "https://files.example/drop"])
            Assert.Contains("THREAT_INTEL_MATCH", (await agent.Post("/v1/scan", new { method = "POST", url })).Is(200).Reasons);
        Assert.DoesNotContain("THREAT_INTEL_MATCH", (await agent.Post("/v1/scan", """{"method":"GET","url":"https://files.example/other"}""")).Is(200).Reasons);
        Assert.Equal(3, (await tenant.Admin.Get($"/api/threat-lists/{list["list_id"]}")).Is(200).Json.GetProperty("entries").GetArrayLength());
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/threat-lists/{list["list_id"]}", null)).Is(204);
        Assert.DoesNotContain("THREAT_INTEL_MATCH", (await agent.Post("/v1/scan", """{"method":"GET","url":"https://pay.mule.example/v2"}""")).Is(200).Reasons);
    }

    [Fact]
    public async Task A_tool_of_the_tenants_own_is_recognised_and_none_takes_over_the_catalogues_hosts()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        var tool = (await tenant.Admin.Post("/api/tools", """{"name":"payouts","hosts":["payouts.example/v1"],"operations":[{"name":"create_payout","verb":"WRITE","routes":["POST /payouts"]},{"name":"close_account","verb":"ADMIN","routes":["DELETE /accounts/{id}"]}]}""")).Is(201);
        var scan = (await agent.Post("/v1/scan", """{"method":"DELETE","url":"https://payouts.example/v1/accounts/7"}""")).Is(200);
        Assert.Equal(("payouts", "close_account", "ADMIN"), (scan["tool_name"], scan["operation"], scan["verb"]));
        (await tenant.Admin.Post("/api/tools", """{"name":"thief","hosts":["slack.com/api"]}""")).IsProblem(400);
        Assert.Contains("$.operations[0].verb", (await tenant.Admin.Post("/api/tools", """{"name":"odd","hosts":["odd.example"],"operations":[{"name":"x","verb":"EXECUTE"}]}""")).IsProblem(400).ErrorPaths);
        Assert.Contains("$.hosts[0]", (await tenant.Admin.Post("/api/tools", """{"name":"second","hosts":["payouts.example/v1"]}""")).IsProblem(400).ErrorPaths);
        var items = (await tenant.Admin.Get("/api/tools")).Is(200).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("own", items[0].GetProperty("source").GetString());
        Assert.InRange(items.Count(item => item.GetProperty("source").GetString() == "catalogue"), 30, 100);
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/tools/{tool["tool_id"]}", null)).Is(204);
        Assert.Equal("custom_proxy", (await agent.Post("/v1/scan", """{"method":"DELETE","url":"https://payouts.example/v1/accounts/7"}""")).Is(200)["tool_name"]);
    }

    [Fact]
    public async Task Feeds_of_a_folder_count_and_are_read_again_when_they_change()
    {
        var folder = Directory.CreateTempSubdirectory("interven-feeds-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "openphish.txt"), "https://phish.example/login\n");
        await using var product = await Product.Start(null, ("Interven__ThreatFeeds__Folder", folder.FullName), ("Interven__ThreatFeeds__RefreshSeconds", "1"));
        async Task<bool> IsThreat(string url) => (await product.Demo.Post("/v1/scan", new { method = "POST", url })).Is(200).Reasons.Contains("THREAT_INTEL_MATCH");
        Assert.True(await IsThreat("https://phish.example/login"));
        Assert.False(await IsThreat("https://malware.example/x.exe"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "urlhaus.txt"), "# URLhaus\nhttps://malware.example/x.exe\n");
        var found = false;
        for (var tries = 0; tries < 100 && !found; tries++)
        {
            await Task.Delay(100);
            found = await IsThreat("https://malware.example/x.exe");
        }
        Assert.True(found);
        folder.Delete(recursive: true);
    }
}
