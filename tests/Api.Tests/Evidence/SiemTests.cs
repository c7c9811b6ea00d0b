using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.Evidence;

/// <summary>Records reach a SIEM: pushed as they come, and moved by a script of cron's.</summary>
public sealed class SiemTests : IAsyncLifetime
{
    Product product = null!;
    FakeSiem siem = null!;

    public async Task InitializeAsync()
    {
        product = await Product.Start(null, ("Interven__Egress__AllowPrivate__0", "127.0.0.0/8"));
        siem = new();
    }

    public async Task DisposeAsync()
    {
        await siem.DisposeAsync();
        await product.DisposeAsync();
    }

    [Theory]
    [InlineData("hec"), InlineData("datadog"), InlineData("webhook")]
    public async Task A_sink_gets_every_record_once_and_in_order(string type)
    {
        var tenant = await TestTenant.Of(product);
        var agent = await tenant.Agent();
        (await agent.Scan(new { text = "before the sink" })).Is(200);
        var sink = (await tenant.Admin.Post("/api/sinks", new { type, url = UrlOf(type), token = FakeSiem.Token })).Is(201)["sink_id"];
        siem.Next(503);
        siem.Next(429, "1");
        var traces = new List<string>();
        for (var i = 0; i < 20; i++)
            traces.Add((await agent.Scan(new { text = $"hello {i}" })).Is(200)["trace_id"]);

        await Until(() => Task.FromResult(siem.Taken.Count >= traces.Count));
        Assert.Equal(traces, siem.Taken.Select(one => one.GetProperty("trace_id").GetString()!));
        await Until(async () => (await tenant.Admin.Get("/api/sinks")).Json.GetProperty("items")[0].GetProperty("lag_records").GetInt64() == 0);
        var shown = (await tenant.Admin.Get("/api/sinks")).Is(200);
        Assert.Equal(20, shown.Json.GetProperty("items")[0].GetProperty("delivered").GetInt64());
        Assert.DoesNotContain(FakeSiem.Token, shown.Text, StringComparison.Ordinal);
        if (type == "webhook")
        {
            byte[] signed = [.. Encoding.ASCII.GetBytes(siem.LastTimestamp + "."), .. siem.LastBody];
            Assert.Equal("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(FakeSiem.Token), signed)), siem.LastSignature);
        }
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/sinks/{sink}", null)).Is(204);
    }

    [Fact]
    public async Task A_sink_whose_receiver_refuses_is_paused_and_goes_on_where_it_stopped()
    {
        var tenant = await TestTenant.Of(product);
        var agent = await tenant.Agent();
        var sink = (await tenant.Admin.Post("/api/sinks", new { type = "hec", url = siem.Hec, token = "a-wrong-token", events = new[] { "ALLOW" } })).Is(201)["sink_id"];
        (await agent.Scan(new { text = "AKIA7MZQ2XWTP4RVKLDN" })).Decides("DENY");
        var trace = (await agent.Scan(new { text = "hello" })).Decides("ALLOW")["trace_id"];
        await Until(async () => (await tenant.Admin.Get("/api/sinks")).Json.GetProperty("items")[0].GetProperty("state").GetString() == "paused");
        Assert.Equal("HTTP 403", (await tenant.Admin.Get("/api/sinks")).Json.GetProperty("items")[0].GetProperty("reason").GetString());
        Assert.Empty(siem.Taken);

        (await tenant.Admin.Patch($"/api/sinks/{sink}", new { token = FakeSiem.Token })).Is(200);
        (await tenant.Admin.Post($"/api/sinks/{sink}/resume")).Is(200);
        await Until(() => Task.FromResult(siem.Taken.Count > 0));
        Assert.Equal([trace], siem.Taken.Select(one => one.GetProperty("trace_id").GetString()!));
        var audit = (await tenant.Admin.Get("/api/audit-log?action=sink.")).Is(200).Json.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("action").GetString());
        Assert.Equal(["sink.resumed", "sink.changed", "sink.paused", "sink.created"], audit);
    }

    [Theory]
    [InlineData("""{"type":"syslog","url":"https://siem.example/","token":"x"}""", "$.type")]
    [InlineData("""{"type":"hec","url":"https://10.0.0.1/","token":"x"}""", "$.url")]
    [InlineData("""{"type":"hec","url":"ftp://siem.example/","token":"x"}""", "$.url")]
    [InlineData("""{"type":"hec","url":"https://siem.example/","token":"a b"}""", "$.token")]
    [InlineData("""{"type":"hec","url":"https://siem.example/","token":"x","format":"json"}""", "$.format")]
    [InlineData("""{"type":"webhook","url":"https://siem.example/","token":"x","events":["ALLOW","MAYBE"]}""", "$.events")]
    public async Task A_sink_that_makes_no_sense_is_refused(string request, string path) =>
        Assert.Equal([path], (await (await TestTenant.Of(product)).Admin.Post("/api/sinks", request)).IsProblem(400, "INVALID_REQUEST").ErrorPaths);

    [Theory]
    [InlineData("hec"), InlineData("datadog")]
    public async Task The_script_of_cron_moves_every_record(string type)
    {
        var tenant = await TestTenant.Of(product);
        var agent = await tenant.Agent();
        var traces = new HashSet<string>();
        for (var i = 0; i < 25; i++)
            traces.Add((await agent.Scan(new { text = $"hello {i}" })).Is(200)["trace_id"]);
        await Until(async () => (await tenant.Admin.Get("/api/telemetry/decisions/export")).Text.Count(c => c == '\n') == traces.Count);

        var (exit, output) = await RunScript(("INTERVEN_URL", $"http://127.0.0.1:{product.Port}"), ("INTERVEN_TOKEN", tenant.Admin.Token),
            ("SIEM", type), ("SIEM_URL", UrlOf(type)), ("SIEM_TOKEN", FakeSiem.Token), ("SINCE", "2020-01-01"), ("UNTIL", "2100-01-01"));
        Assert.True(exit == 0, output);
        Assert.StartsWith("25 records", output, StringComparison.Ordinal);
        Assert.Equal(traces.Order(), siem.Taken.Select(one => one.GetProperty("trace_id").GetString()!).Order());

        var (failed, said) = await RunScript(("INTERVEN_URL", $"http://127.0.0.1:{product.Port}"), ("INTERVEN_TOKEN", tenant.Admin.Token + "x"),
            ("SIEM", type), ("SIEM_URL", UrlOf(type)), ("SIEM_TOKEN", FakeSiem.Token));
        Assert.True(failed != 0, said);
    }

    string UrlOf(string type) => type switch { "hec" => siem.Hec, "datadog" => siem.Datadog, _ => siem.Webhook };

    static async Task<(int Exit, string Output)> RunScript(params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Product.Place("Docs"), "..", "deploy", "siem", "push-decisions.sh")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output + await errors);
    }

    static async Task Until(Func<Task<bool>> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(45), "It did not come about.");
            await Task.Delay(100);
        }
    }
}
