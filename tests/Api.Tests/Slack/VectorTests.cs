using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interven.Api.Tests.Running;
using Interven.FakeSlack;
using Interven.Storage.Tests.Harness;
using Microsoft.Data.Sqlite;
using YamlDotNet.RepresentationModel;

namespace Interven.Api.Tests.Slack;

/// <summary>The table of requests to the interactivity URL, against the running product.</summary>
[Collection(UsesSlack.Name)]
public class VectorTests(SlackPlace place)
{
    const string Table = "slack/vectors.yaml";

    public static TheoryData<string> Names => [.. CaseTable.Rows(Table, "vectors").Select(row => row.Text("name")!)];

    [Theory, MemberData(nameof(Names))]
    public async Task A_request_has_the_answer_and_the_effect_that_its_case_names(string name)
    {
        var row = CaseTable.Rows(Table, "vectors").Single(one => one.Text("name") == name);
        var want = (YamlMappingNode)row.Children["want"];
        var vector = await Vector.Of(place, row);
        foreach (var step in row.Texts("before"))
            await vector.Before(step);
        Assert.Equal(int.Parse(want.Text("status")!, CultureInfo.InvariantCulture), await vector.Send());
        // What is decided is decided when the answer comes; only an end of time may take until the next look.
        if (want.Text("approval") == "expired")
            await Eventually.Is(async () => await vector.Desk.Status(vector.Approval) == "expired", "it expires");
        Assert.Equal(want.Text("approval") ?? "pending", await vector.Desk.Status(vector.Approval));
        if (want.Text("other_approval") is { } other)
            Assert.Equal(other, await vector.Other!.Status(vector.OtherApproval));
        if (want.Text("reply") is { } reply)
        {
            await Eventually.Is(() => Task.FromResult(vector.Card.Ephemerals.Count > 0), "whoever clicked is told");
            Assert.Contains(reply, vector.Card.Ephemerals[0].Text, StringComparison.Ordinal);
            Assert.Equal("U0ADA", vector.Card.Ephemerals[0].User);
        }
        if (want.Text("replies") is { } replies)
            await Eventually.Is(() => Task.FromResult(vector.Card.Ephemerals.Count == int.Parse(replies, CultureInfo.InvariantCulture)), "so many are told");
        if (want.Text("audit") is { } audit)
            Assert.Equal(audit, await vector.RefusedClick());
        Assert.DoesNotContain("InternalError", place.Product.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_at_least_sixty() => Assert.InRange(Names.Count, 60, 1000);
}

/// <summary>One case on its way.</summary>
sealed class Vector
{
    static readonly string Long = new('f', 300);
    byte[]? sent;
    (string, string)[] headers = [];

    public required Desk Desk { get; init; }
    public required string Approval { get; init; }
    public required Posted Card { get; init; }
    public required YamlMappingNode Row { get; init; }
    public Desk? Other { get; init; }
    public string OtherApproval { get; init; } = "";
    public Posted? OtherCard { get; init; }
    public Posted? Second { get; init; }

    Workspace Slack => Desk.Slack;

    public static async Task<Vector> Of(SlackPlace place, YamlMappingNode row)
    {
        var desk = await place.Desk(row.Text("channel") ?? "{}", row.Text("rule") ?? "");
        var (approval, card) = await desk.AskForCard(row.Text("call") ?? "");
        var second = row.Text("value")?.Contains("{second_nonce}", StringComparison.Ordinal) == true ? (await desk.AskForCard()).Card : null;
        var other = row.Text("other") is { } settings ? await place.Desk(settings) : null;
        var (otherApproval, otherCard) = other is null ? ("", null) : await other.AskForCard();
        return new() { Desk = desk, Approval = approval, Card = card, Row = row, Other = other, OtherApproval = otherApproval, OtherCard = otherCard, Second = second };
    }

    public async Task Before(string step)
    {
        switch (step.Split(' '))
        {
            case ["disable"]:
                (await Desk.Tenant.Admin.Patch($"/api/alerts/{Desk.Channel}", new { enabled = false })).Is(200);
                break;
            case ["delete"]:
                (await Desk.Tenant.Admin.Send(HttpMethod.Delete, $"/api/alerts/{Desk.Channel}", null)).Is(204);
                break;
            case ["rotate"]:
                (await Desk.Tenant.Admin.Patch($"/api/alerts/{Desk.Channel}", new { signing_secret = "the-next-signing-secret" })).Is(200);
                break;
            case ["console"]:
                (await Desk.Tenant.Admin.Post($"/api/approvals/{Approval}/deny")).Is(200);
                break;
            case ["expire"]:
                await Execute("UPDATE approvals SET expires_at = 1 WHERE approval_id = @id");
                break;
            case ["same"]:
                Assert.Equal(200, await Send());
                break;
            case [var action, var user]:
                // On a copy: the vector's own card must not be replaced under its hands.
                Assert.True((await Slack.Click(new() { Ts = Card.Ts, Place = Card.Place, At = Card.At, Message = Card.Message }, action, user)).IsAcknowledged);
                break;
        }
    }

    public async Task<int> Send()
    {
        if (sent is null)
            Make();
        var url = Row.Text("path") switch
        {
            null or "shared" => Slack.Options.InteractionsUrl,
            "own" => $"{Slack.Options.InteractionsUrl}/{Desk.Channel}",
            "other" => $"{Slack.Options.InteractionsUrl}/{Other!.Channel}",
            var literal => Slack.Options.InteractionsUrl + literal,
        };
        if (Row.Text("twice") is not { } twice)
            return (await Clicks.Send(url, sent!, Row.Text("content_type"), headers)).Status;
        // Clients join what is sent twice; by hand it stays two lines.
        var lines = headers.Concat(headers.Where(header => header.Item1 == twice)).Select(header => $"{header.Item1}: {header.Item2}\n");
        return (await RawHttp.Exchange(Desk.Product.Port,
            $"POST /v1/slack/interactions HTTP/1.1\nHost: x\nContent-Type: application/x-www-form-urlencoded\n{string.Concat(lines)}Content-Length: {sent!.Length}\n\n{Encoding.ASCII.GetString(sent)}")).Status;
    }

    /// <summary>Result of the audit row of this approval's refused click.</summary>
    public Task<string?> RefusedClick() => Execute($"SELECT result FROM audit_log WHERE action = 'approval.click_refused' AND target = 'approval/{Approval}'");

    void Make()
    {
        var clock = Slack.Options.Clock.GetUtcNow().ToUnixTimeSeconds();
        var at = clock + int.Parse(Row.Text("skew") ?? "0", CultureInfo.InvariantCulture);
        var timestamp = (Row.Text("timestamp") ?? "{now}").Replace("{now}", at.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var body = Encoding.UTF8.GetBytes(Form(Payload()));
        var hex = Sign(Row.Text("secret") ?? Slack.Options.SigningSecret, timestamp, body);
        var signature = (Row.Text("signature") ?? "v0={hex}").Replace("{hex}", hex, StringComparison.Ordinal).Replace("{HEX}", hex.ToUpperInvariant(), StringComparison.Ordinal).Replace("{half}", hex[..32], StringComparison.Ordinal);
        (body, timestamp) = Tampered(body, timestamp);
        sent = body;
        headers = [.. new[] { ("X-Slack-Request-Timestamp", timestamp), ("X-Slack-Signature", signature) }.Where(header => header.Item2 != "none")];
    }

    (byte[], string) Tampered(byte[] body, string timestamp)
    {
        switch (Row.Text("tamper"))
        {
            case "byte":
                body[^2] ^= 1;
                break;
            case "append":
                body = [.. body, (byte)'0'];
                break;
            case "timestamp":
                timestamp = (long.Parse(timestamp, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture);
                break;
            case "action":
                body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("interven_approve", "interven_deny", StringComparison.Ordinal));
                break;
        }
        return (body, timestamp);
    }

    string Payload()
    {
        var value = Filled(Row.Text("value") ?? "{approval}.{channel}.{nonce}");
        var payload = JsonSerializer.SerializeToNode(Clicks.Payload(Slack.Options.Team, Row.Text("user") ?? "U0ADA", Row.Text("action") ?? "interven_approve", value,
            Slack.NewResponseUrl(Card, Row.Text("user") ?? "U0ADA"), Card.Ts, userTeam: Row.Text("user_team")))!;
        foreach (var change in Row.Texts("set"))
        {
            var (path, json) = (change[..change.IndexOf('=', StringComparison.Ordinal)].Split('.'), change[(change.IndexOf('=', StringComparison.Ordinal) + 1)..].Replace("{value}", value, StringComparison.Ordinal));
            var owner = path[..^1].Aggregate(payload, (node, part) => int.TryParse(part, out var index) ? node[index]! : node[part]!);
            owner[path[^1]] = JsonNode.Parse(json);
        }
        return payload.ToJsonString();
    }

    string Form(string json) => (Row.Text("form") ?? "payload={payload}") switch
    {
        "deep" => "payload=" + new string('[', 30_000) + new string(']', 30_000),
        "big" => "payload=" + new string('x', 70_000),
        var form => form.Replace("{payload}", Uri.EscapeDataString(json), StringComparison.Ordinal).Replace("{json}", json, StringComparison.Ordinal),
    };

    string Filled(string value)
    {
        var ours = Card.ValueOf("interven_deny")!.Split('.');
        var theirs = OtherCard?.ValueOf("interven_deny")!.Split('.');
        return value.Replace("{approval}", ours[0], StringComparison.Ordinal).Replace("{channel}", ours[1], StringComparison.Ordinal).Replace("{nonce}", ours[2], StringComparison.Ordinal)
            .Replace("{second_nonce}", Second?.ValueOf("interven_deny")!.Split('.')[2], StringComparison.Ordinal)
            .Replace("{other_approval}", theirs?[0], StringComparison.Ordinal).Replace("{other_channel}", theirs?[1], StringComparison.Ordinal)
            .Replace("{other_nonce}", theirs?[2], StringComparison.Ordinal).Replace("{long}", Long, StringComparison.Ordinal);
    }

    static string Sign(string secret, string timestamp, byte[] body) => Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes($"v0:{timestamp}:"), .. body]));

    async Task<string?> Execute(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Desk.Product.Data, "interven.db")};Pooling=false;Default Timeout=10");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@id", Guid.Parse(Approval).ToByteArray(bigEndian: true));
        return await command.ExecuteScalarAsync() as string;
    }
}
