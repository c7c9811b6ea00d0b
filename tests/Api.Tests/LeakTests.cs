using System.IO.Compression;
using System.Text;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>What was detected, and every credential, is nowhere in the clear: not on disk, not in the log, not in an answer.</summary>
[Collection(UsesProduct.Name)]
public class LeakTests(OneProduct one)
{
    const string CloudKey = "AKIA7MZQ2XWTP4RVKLDN", Card = "5425233430109903", Mail = "petra.leaktest@contoso.com";
    const string SinkToken = "sink-token-4f9c2b7e61", SinkPath = "hook-path-83ac1d7720";

    [Fact]
    public async Task Nothing_that_was_found_is_on_disk_in_the_log_or_in_an_answer()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Post("/api/policies", """{"name":"pause","rules":[{"match":{"url_patterns":["*pay.example*"]},"action":"REQUIRE_APPROVAL"}]}""")).Is(200);
        var agent = await tenant.Machine();
        var answers = new List<Answer>();
        foreach (var url in (string[])["https://slack.com/api/chat.postMessage", "https://pay.example/v1/pay", "https://notes.example/v1/add", $"https://notes.example/v1/add?key={CloudKey}&mail={Mail}"])
        {
            var call = new { method = url.StartsWith("https://notes", StringComparison.Ordinal) ? CloudKey : "POST", url, body = new { text = $"{CloudKey} {Card} {Mail}", deep = new[] { Card } }, headers = new { note = Mail }, context = Card };
            answers.Add((await agent.Post("/v1/scan", call, ("Idempotency-Key", Guid.CreateVersion7().ToString()))).Is(200));
        }
        answers.Add((await agent.Post("/v1/scan/response", new { trace_id = answers[0]["trace_id"], response_body = new { text = $"{CloudKey} {Mail}" } })).Is(200));
        foreach (var path in (string[])["/v1/scan", "/v1/policies/apply", "/v1/keys/ephemeral", "/v1/scan/response"])
            answers.Add(await agent.Post(path, $$"""{"{{CloudKey}}":"{{Card}}","x":"{{Mail}}" """));
        answers.Add(await agent.Get($"/v1/{CloudKey}/{Card}?mail={Mail}"));
        answers.AddRange(await Evidence(tenant, answers[0]["trace_id"]));

        var haystacks = answers.Select((answer, number) => ($"answer {number}", answer.Text)).Append(("the log", one.Product.Output))
            .Concat(Directory.EnumerateFiles(one.Product.Data, "*", SearchOption.AllDirectories).Select(file => (Path.GetFileName(file), Read(file)))).ToList();
        // The key's public prefix is there: the search does see what is written.
        Assert.Contains(haystacks, place => place.Item1.StartsWith("interven.db", StringComparison.Ordinal) && place.Item2.Contains(agent.Token[..16], StringComparison.Ordinal));
        foreach (var (place, text) in haystacks)
            foreach (var secret in (string[])[CloudKey, Card, Mail, agent.Token, SinkToken, SinkPath])
                Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{secret[..4]}… is in {place}");
    }

    /// <summary>All that leaves as evidence, once the exports have every record.</summary>
    static async Task<List<Answer>> Evidence(TestTenant tenant, string trace)
    {
        const string Decisions = "/api/telemetry/decisions";
        var answers = new List<Answer>
        {
            (await tenant.Admin.Post("/api/sinks", new { type = "webhook", url = $"https://siem.example/{SinkPath}", token = SinkToken, events = new[] { "ALLOW" } })).Is(201),
            (await tenant.Admin.Post("/api/erasure", new { subject = Mail })).Is(200),
            (await tenant.Admin.Get("/api/sinks")).Is(200), (await tenant.Admin.Get(Decisions)).Is(200), (await tenant.Admin.Get($"{Decisions}/{trace}")).Is(200), (await tenant.Admin.Get($"{Decisions}/stats")).Is(200),
        };
        for (var tries = 0; (await tenant.Admin.Get($"{Decisions}/export")).Text.Count(c => c == '\n') < 4; tries++)
        {
            Assert.True(tries < 100, "The exports do not have every record.");
            await Task.Delay(200);
        }
        foreach (var format in (string[])["ndjson", "json", "csv", "splunk", "datadog", "ocsf", "cef"])
            answers.Add((await tenant.Admin.Get($"{Decisions}/export?format={format}")).Is(200));
        foreach (var path in (string[])["/api/audit-log?limit=500", "/api/audit-log/export", "/api/audit-log/export?format=csv", "/api/approvals", "/metrics"])
            answers.Add((await tenant.Admin.Get(path)).Is(200));
        var pack = (await tenant.Admin.Get("/api/evidence")).Is(200);
        await using var zip = new ZipArchive(new MemoryStream(pack.Bytes));
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            await (await entry.OpenAsync()).CopyToAsync(content);
            answers.Add(pack with { Bytes = content.ToArray() });
        }
        return answers;
    }

    static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
