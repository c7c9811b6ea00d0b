using System.Globalization;
using System.Text;
using Interven.Storage.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Interven.Api.Tests.Slack;

[Collection(UsesSlack.Name)]
public class AlertChannelTests(SlackPlace place)
{
    [Fact]
    public async Task No_answer_ever_shows_a_secret()
    {
        var desk = await place.Desk();
        var secrets = new[] { place.Slack.Options.SigningSecret, "fake-webhook-token", "xoxb-secret-token-1" };
        (await desk.Tenant.Admin.Patch($"/api/alerts/{desk.Channel}", new { bot_token = "xoxb-secret-token-1", slack_channel = "C024BE91L" })).Is(200);
        foreach (var path in (string[])["/api/alerts", $"/api/alerts/{desk.Channel}", $"/api/alerts/{desk.Channel}/deliveries"])
        {
            var text = (await desk.Tenant.Admin.Get(path)).Is(200).Text;
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, place.Product.Output, StringComparison.Ordinal));
        Assert.All(Directory.GetFiles(place.Product.Data).Select(ReadShared), bytes => Assert.All(secrets, secret => Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)))));
    }

    [Fact]
    public async Task A_channel_is_made_read_changed_and_removed()
    {
        var desk = await place.Desk("""{"approvers":[{"slack_user_id":"U0ADA","email":"ada@acme.example"}],"min_risk":"HIGH","tools":["custom_proxy"]}""");
        var channel = (await desk.Tenant.Admin.Get($"/api/alerts/{desk.Channel}")).Is(200);
        Assert.Equal(("slack", "HIGH", "HIGH", "127.0.0.1"), (channel["type"], channel["min_risk"], channel["max_band"], channel["webhook_host"]));
        Assert.EndsWith("/v1/slack/interactions/" + desk.Channel, channel["interactions_url"], StringComparison.Ordinal);
        var changed = (await desk.Tenant.Admin.Patch($"/api/alerts/{desk.Channel}", new { min_risk = "any", allow_unlinked = false, team_id = "T0FAKE" })).Is(200);
        Assert.Equal(("any", "False", "[]"), (changed["min_risk"], changed["allow_unlinked"], changed["warnings"]));
        Assert.Equal(channel["approvers"], changed["approvers"]);
        (await desk.Tenant.Admin.Send(HttpMethod.Delete, $"/api/alerts/{desk.Channel}", null)).Is(204);
        (await desk.Tenant.Admin.Get($"/api/alerts/{desk.Channel}")).IsProblem(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Another_tenant_sees_no_channel_of_this_one()
    {
        var (desk, other) = (await place.Desk(), await place.Desk());
        foreach (var path in (string[])["", "/deliveries"])
            Assert.Equal((await other.Tenant.Admin.Get($"/api/alerts/{Guid.CreateVersion7()}{path}")).IsProblem(404).WithoutTrace,
                (await other.Tenant.Admin.Get($"/api/alerts/{desk.Channel}{path}")).IsProblem(404).WithoutTrace);
        (await other.Tenant.Admin.Post($"/api/alerts/{desk.Channel}/test")).IsProblem(404);
        (await other.Tenant.Admin.Patch($"/api/alerts/{desk.Channel}", new { enabled = false })).IsProblem(404);
        Assert.DoesNotContain(desk.Channel, (await other.Tenant.Admin.Get("/api/alerts")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"pager"}""", "$.type")]
    [InlineData("""{"signing_secret":""}""", "$.signing_secret")]
    [InlineData("""{"signing_secret":"short"}""", "$.signing_secret")]
    [InlineData("""{"webhook_url":"https://10.0.0.7/x"}""", "$.webhook_url")]
    [InlineData("""{"webhook_url":"ftp://hooks.slack.com/x"}""", "$.webhook_url")]
    [InlineData("""{"webhook_url":""}""", "$.webhook_url")]
    [InlineData("""{"bot_token":"xoxb-1-2-3"}""", "$.slack_channel")]
    [InlineData("""{"events":["ALLOW"]}""", "$.events[0]")]
    [InlineData("""{"events":[]}""", "$.events")]
    [InlineData("""{"min_risk":"high"}""", "$.min_risk")]
    [InlineData("""{"max_band":"any"}""", "$.max_band")]
    [InlineData("""{"approvers":[{"slack_user_id":"ada"}]}""", "$.approvers[0].slack_user_id")]
    [InlineData("""{"approvers":[{"slack_user_id":"U1"},{"slack_user_id":"U1"}]}""", "$.approvers[1].slack_user_id")]
    [InlineData("""{"approvers":[{"slack_user_id":"U1","email":"ada"}]}""", "$.approvers[0].email")]
    [InlineData("""{"team_id":"my team"}""", "$.team_id")]
    [InlineData("""{"type":"teams"}""", "$.signing_secret")]
    [InlineData("""{"type":"webhook","bot_token":"x","slack_channel":"C1"}""", "$.bot_token")]
    [InlineData("""{"name":""}""", "$.name")]
    public async Task A_wrong_setting_is_named(string settings, string path)
    {
        var desk = await place.Desk();
        Assert.Contains(path, (await desk.Tenant.Admin.Post("/api/alerts", SlackPlace.Request(place.Slack, "B0", settings))).IsProblem(400).ErrorPaths);
    }

    [Fact]
    public async Task A_sample_really_goes_out_and_its_result_is_the_real_one()
    {
        var desk = await place.Desk();
        Assert.Equal("True", (await desk.Tenant.Admin.Post($"/api/alerts/{desk.Channel}/test")).Is(200)["delivered"]);
        Assert.Equal("Sample: approval needed", Assert.Single(desk.Posts).Header);
        place.Slack.Faults.Set("no_service", desk.Hook);
        var failed = (await desk.Tenant.Admin.Post($"/api/alerts/{desk.Channel}/test")).Is(200);
        Assert.Equal(("False", "404 no_service"), (failed["delivered"], failed["detail"]));
    }

    [Fact]
    public async Task The_buttons_of_a_sample_work_and_change_nothing()
    {
        var desk = await place.Desk();
        (await desk.Tenant.Admin.Post($"/api/alerts/{desk.Channel}/test")).Is(200);
        var sample = Assert.Single(desk.Posts);
        Assert.True((await place.Slack.Click(sample, "interven_approve")).IsAcknowledged);
        await Eventually.Is(() => Task.FromResult(sample.Replaced == 1), "the sample says what was clicked");
        Assert.Equal("The buttons work", sample.Header);
        Assert.Empty((await desk.Tenant.Admin.Get("/api/approvals")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Denials_are_told_from_the_band_that_a_channel_asks_for()
    {
        var (all, high) = (await place.Desk("""{"events":["DENY"]}"""), await place.Desk("""{"events":["DENY"],"min_risk":"CRITICAL"}"""));
        foreach (var desk in (Desk[])[all, high])
            (await desk.Agent.Post("/v1/scan", """{"method":"POST","url":"https://pay.example/v1/wipe","body":{"n":1}}""")).Decides("DENY", "NEVER");
        await Eventually.Is(() => Task.FromResult(all.Posts.Count == 1), "the denial is told");
        Assert.StartsWith("Denied", all.Posts[0].Header, StringComparison.Ordinal);
        Assert.Empty(high.Posts);
        Assert.Empty(await high.Deliveries());
    }

    [Fact]
    public async Task An_incident_is_told_to_channels_that_choose_its_tool_and_environment_and_says_how_it_stands()
    {
        var desk = await place.Desk("""{"events":["INCIDENT"],"env_names":["production"]}""");
        var denied = (await desk.Agent.Post("/v1/scan", """{"method":"POST","url":"https://pay.example/v1/wipe","body":{"n":1}}""")).Decides("DENY");
        (await desk.Tenant.Admin.Patch($"/api/alerts/{desk.Channel}", new { tools = new[] { denied["tool_name"] } })).Is(200);
        var path = "/api/incidents/" + (await desk.Tenant.Admin.Post("/api/incidents", new { title = "odd", trace_ids = new[] { denied["trace_id"] } })).Is(201)["incident_id"];
        await Eventually.Is(() => Task.FromResult(desk.Posts.Count == 1), "the incident is told");
        foreach (var fact in (string[])["Status\\nopen", "Tool\\n" + denied["tool_name"]])
            Assert.Contains(fact, desk.Posts[0].Message.GetRawText(), StringComparison.Ordinal);
        (await desk.Tenant.Admin.Post(path + "/transition", new { status = "investigating" })).Is(200);
        (await desk.Tenant.Admin.Post(path + "/notify")).Is(200);
        await Eventually.Is(() => Task.FromResult(desk.Posts.Any(post => post.Message.GetRawText().Contains("Status\\ninvestigating", StringComparison.Ordinal))), "it is told again");
        (await desk.Tenant.Admin.Patch($"/api/alerts/{desk.Channel}", new { tools = new[] { "github" } })).Is(200);
        (await desk.Tenant.Admin.Post(path + "/notify")).Is(200);
        Assert.Equal(2, desk.Posts.Count);
    }

    [Fact]
    public async Task A_webhook_is_signed_so_that_its_receiver_can_tell()
    {
        const string Secret = "a-secret-of-the-receiver";
        var received = new TaskCompletionSource<(string Timestamp, string Signature, byte[] Body)>();
        await using var receiver = await Receiver(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.TrySetResult((http.Request.Headers["X-Interven-Timestamp"].ToString(), http.Request.Headers["X-Interven-Signature"].ToString(), body.ToArray()));
        });
        var desk = await place.Desk();
        (await desk.Tenant.Admin.Post("/api/alerts", new { type = "webhook", name = "hook", webhook_url = receiver.Urls.First(), signing_secret = Secret, events = new[] { "REQUIRE_APPROVAL" } })).Is(201);
        var asked = (await desk.Ask()).Decides("REQUIRE_APPROVAL");
        var (timestamp, signature, bytes) = await received.Task.WaitAsync(TimeSpan.FromSeconds(30));
        byte[] signed = [.. Encoding.ASCII.GetBytes($"v1:{timestamp}:"), .. bytes];
        Assert.Equal("v1=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)), signature);
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture)) - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        var json = System.Text.Json.JsonDocument.Parse(bytes).RootElement;
        Assert.Equal(("approval.pending", asked["approval_id"]), (json.GetProperty("type").GetString(), json.GetProperty("approval").GetProperty("approval_id").GetString()));
    }

    [Theory]
    [InlineData("teams", "attachments")]
    [InlineData("discord", "embeds")]
    public async Task Teams_and_Discord_get_their_own_shape_with_a_link(string type, string member)
    {
        var received = new TaskCompletionSource<string>();
        await using var receiver = await Receiver(async http => received.TrySetResult(await new StreamReader(http.Request.Body).ReadToEndAsync()));
        var desk = await place.Desk();
        (await desk.Tenant.Admin.Post("/api/alerts", new { type, name = type, webhook_url = receiver.Urls.First(), events = new[] { "REQUIRE_APPROVAL" } })).Is(201);
        var asked = (await desk.Ask()).Decides("REQUIRE_APPROVAL");
        var text = await received.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(System.Text.Json.JsonDocument.Parse(text).RootElement.TryGetProperty(member, out _));
        Assert.Contains("/approvals/" + asked["approval_id"], text, StringComparison.Ordinal);
    }

    static async Task<WebApplication> Receiver(RequestDelegate take)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(take);
        await app.StartAsync();
        return app;
    }

    static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
