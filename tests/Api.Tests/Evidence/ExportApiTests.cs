using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Interven.Api.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Interven.Api.Tests.Evidence;

/// <summary>Evidence as files: whole, in order, the same each time; and visibly broken where it broke.</summary>
[Collection(UsesProduct.Name)]
public class ExportApiTests(OneProduct one)
{
    const string Path = "/api/telemetry/decisions/export";

    [Fact]
    public async Task Every_format_holds_every_record_of_the_range()
    {
        var (tenant, traces) = await Filled(5);
        var machine = await tenant.Machine();
        foreach (var format in (string[])["ndjson", "json", "csv", "splunk", "datadog", "ocsf", "cef"])
        {
            var forPeople = (await tenant.Admin.Get($"{Path}?format={format}")).Is(200);
            Assert.All(traces, trace => Assert.Contains(trace, forPeople.Text, StringComparison.Ordinal));
            var forKeys = (await machine.Get($"/v1/decisions/export?format={format}")).Is(200);
            Assert.Equal(forPeople.MediaType, forKeys.MediaType);
            Assert.All(traces, trace => Assert.Contains(trace, forKeys.Text, StringComparison.Ordinal));
        }
        (await tenant.Admin.Get($"{Path}?format=xml")).IsProblem(400, "INVALID_REQUEST");
        (await (await tenant.Agent()).Get("/v1/decisions/export")).IsProblem(403, "MISSING_SCOPE");
        var audit = (await tenant.Admin.Get("/api/audit-log?action=evidence.exported")).Is(200).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.True(audit.Count >= 14);
        Assert.Equal(5, audit[0].GetProperty("after").GetProperty("records").GetInt32());
    }

    [Fact]
    public async Task An_export_is_in_order_filtered_counted_and_compressed_when_asked()
    {
        var (tenant, traces) = await Filled(4);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?operation=post_message");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + tenant.Admin.Token);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var response = await one.Product.Http.SendAsync(request);
        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Equal("4", response.Headers.GetValues("X-Interven-Records").Single());
        Assert.Matches("^interven-decisions-19700101T000000-[0-9]{8}T[0-9]{6}\\.ndjson$", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        var lines = (await reader.ReadToEndAsync()).TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(traces, lines.Select(line => line.GetProperty("trace_id").GetString()!));
        Assert.Equal("hello 0", lines[0].GetProperty("body_redacted").GetProperty("text").GetString());
        Assert.Empty((await tenant.Admin.Get($"{Path}?operation=nothing")).Is(200).Text);
    }

    [Fact]
    public async Task A_failure_on_the_way_breaks_the_connection()
    {
        var (tenant, _) = await Filled(2);
        // A record of no known version: the export must neither pass it over nor end politely before it.
        await using (var database = new SqliteConnection($"Data Source={System.IO.Path.Combine(one.Product.Data, "interven.db")}"))
        {
            await database.OpenAsync();
            await using var command = database.CreateCommand();
            command.CommandText = """
                WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 1200)
                INSERT INTO decision_records (tenant_id, seq, trace_id, kind, time, env, key_id, agent_id, agent_name, runtime, tool, operation, verb, decision, risk_band, risk_score, data_classes, canonical, hash, sealed_body)
                SELECT tenant_id, n + 2, randomblob(16), kind, time - 2000 + n, env, key_id, agent_id, agent_name, runtime, tool, operation, verb, decision, risk_band, risk_score, data_classes,
                  iif(n = 1200, x'7b7d', canonical), zeroblob(32), x''
                FROM decision_records JOIN counter WHERE tenant_id = @tenant AND seq = 2
                """;
            command.Parameters.AddWithValue("@tenant", tenant.Id.ToByteArray(bigEndian: true));
            Assert.Equal(1200, await command.ExecuteNonQueryAsync());
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?format=csv");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + tenant.Admin.Token);
        using var response = await one.Product.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
        var verification = (await tenant.Admin.Get("/api/telemetry/decisions/verify")).Is(200).Json;
        Assert.False(verification.GetProperty("is_intact").GetBoolean());
        Assert.Equal(3, verification.GetProperty("altered")[0].GetInt32());
    }

    static async Task<int> ApprovalsIn(byte[] pack)
    {
        await using var zip = new ZipArchive(new MemoryStream(pack));
        using var approvals = new StreamReader(await zip.GetEntry("approvals.ndjson")!.OpenAsync());
        return (await approvals.ReadToEndAsync()).Count(c => c == '\n');
    }

    [Fact]
    public async Task The_evidence_pack_holds_what_its_manifest_says()
    {
        var (tenant, traces) = await Filled(3);
        (await tenant.Admin.Post("/api/policies", """{"name":"ask","rules":[{"match":{"operations":["pay_out"]},"action":"REQUIRE_APPROVAL"}]}""")).Is(200);
        (await (await tenant.Agent()).Post("/v1/scan", """{"method":"POST","url":"https://pay.example/pay-out","body":{"amount":1}}""")).Decides("REQUIRE_APPROVAL");
        await Until(async () => (await tenant.Admin.Get("/api/telemetry/decisions/export")).Text.Count(c => c == '\n') == 4);

        // An approval is opened a moment after its record's time; the pack ends five seconds before now.
        byte[] pack = [];
        await Until(async () => await ApprovalsIn(pack = (await tenant.Admin.Get("/api/evidence?format=ocsf")).Is(200).Bytes) == 1);
        await using var zip = new ZipArchive(new MemoryStream(pack));
        var manifest = await JsonSerializer.DeserializeAsync<JsonElement>(await zip.GetEntry("manifest.json")!.OpenAsync());
        Assert.Equal(["decisions.ocsf.ndjson", "approvals.ndjson", "policies.ndjson", "audit-log.ndjson"], manifest.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()));
        foreach (var file in manifest.GetProperty("files").EnumerateArray())
        {
            using var content = new MemoryStream();
            await (await zip.GetEntry(file.GetProperty("name").GetString()!)!.OpenAsync()).CopyToAsync(content);
            Assert.Equal(file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content.ToArray())));
            Assert.Equal(file.GetProperty("bytes").GetInt64(), content.Length);
            Assert.Equal(file.GetProperty("records").GetInt64(), Encoding.UTF8.GetString(content.ToArray()).Count(c => c == '\n'));
        }
        Assert.Equal([4L, 1], manifest.GetProperty("files").EnumerateArray().Take(2).Select(file => file.GetProperty("records").GetInt64()));
        Assert.True(manifest.GetProperty("verification").GetProperty("is_intact").GetBoolean());
        Assert.Equal(4, manifest.GetProperty("verification").GetProperty("records").GetInt64());
        Assert.Equal(3, traces.Count);
    }

    [Fact]
    public async Task Monitored_policies_are_told_and_change_nothing()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Post("/api/policies", """{"name":"trial","mode":"monitor","rules":[{"rule_id":"all","match":{"tool_name":"slack"},"action":"DENY"}]}""")).Is(200);
        var scan = (await (await tenant.Agent()).Scan(new { text = "hello" })).Decides("ALLOW");
        var record = (await tenant.Admin.Get($"/api/telemetry/decisions/{scan["trace_id"]}")).Is(200).Json;
        Assert.Equal(("trial", "all", "DENY"), (record.GetProperty("would_have")[0].GetProperty("policy_name").GetString(),
            record.GetProperty("would_have")[0].GetProperty("rule_id").GetString(), record.GetProperty("would_have")[0].GetProperty("action").GetString()));
    }

    [Fact]
    public async Task A_draft_is_tried_on_the_past()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        foreach (var amount in (int[])[10, 20_000, 30_000])
            (await agent.Post("/v1/scan", $$$"""{"method":"POST","url":"https://pay.example/v1/pay-out","body":{"amount":{{{amount}}}}}""")).Decides("ALLOW");
        (await agent.Post("/v1/scan", """{"method":"POST","url":"https://pay.example/v1/pay-out","body":{"amount":1,"note":"jane.roe@example.com"}}""")).Is(200);

        async Task<JsonElement> Try(string condition) => (await tenant.Admin.Post("/api/policies/simulate",
            $$$"""{"hours":1,"policy":{"name":"draft","rules":[{"match":{"operations":["pay_out"]},"condition":{{{condition}}},"action":"REQUIRE_APPROVAL"}]}}""")).Is(200).Json;
        var large = await Try("""{"body_path_gte":{"path":"$.amount","value":10000}}""");
        Assert.Equal((4, 2, 0), (large.GetProperty("records").GetInt32(), large.GetProperty("flipped").GetInt32(), large.GetProperty("undetermined").GetInt32() - 1));
        Assert.Equal(("ALLOW", "REQUIRE_APPROVAL"), (large.GetProperty("flips")[0].GetProperty("before").GetString(), large.GetProperty("flips")[0].GetProperty("after").GetString()));
        var word = await Try("""{"body_contains_any":["jane"]}""");
        Assert.Equal((0, 1), (word.GetProperty("flipped").GetInt32(), word.GetProperty("undetermined").GetInt32()));
        var kind = await Try("""{"has_data_class":["PII"]}""");
        Assert.Equal((1, 0), (kind.GetProperty("flipped").GetInt32(), kind.GetProperty("undetermined").GetInt32()));
        (await tenant.Admin.Post("/api/policies/simulate", """{"hours":0,"policy":{"name":"x","rules":[]}}""")).IsProblem(400);
        (await tenant.Admin.Post("/api/policies/simulate", """{"hours":24}""")).IsProblem(400, "INVALID_REQUEST");
    }

    async Task<(TestTenant Tenant, List<string> Traces)> Filled(int records)
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        var traces = new List<string>();
        for (var i = 0; i < records; i++)
            traces.Add((await agent.Scan(new { text = $"hello {i}" })).Is(200)["trace_id"]);
        await Until(async () => (await tenant.Admin.Get(Path)).Text.Count(c => c == '\n') == records);
        return (tenant, traces);
    }

    static async Task Until(Func<Task<bool>> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "It did not come about.");
            await Task.Delay(200);
        }
    }
}
