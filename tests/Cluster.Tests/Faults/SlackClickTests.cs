using System.Text.Json;
using Interven.Cluster.Tests.Running;
using Interven.FakeSlack;
using Interven.Storage.Tests.Harness;

namespace Interven.Cluster.Tests.Faults;

/// <summary>Slack before silos and front ends that are processes of their own.</summary>
[Trait("Category", "Slow")]
public class SlackClickTests
{
    [Fact]
    public async Task A_click_on_another_front_end_lets_the_call_go_and_a_dead_silo_takes_no_card_with_it()
    {
        await using var slack = await Workspace.Start();
        await using var cluster = await RunningCluster.Start(new()
        {
            Settings = new Dictionary<string, string>
            {
                ["Interven__Egress__AllowPrivate__0"] = "127.0.0.0/8", ["Interven__Slack__ResponseHosts__0"] = "127.0.0.1",
            },
        });
        slack.Options.InteractionsUrl = cluster.FrontEnds[1].Url + "/v1/slack/interactions";
        await cluster.Apply("""{"name":"ask","rules":[{"match":{"operations":["transfer_funds"]},"action":"REQUIRE_APPROVAL"}]}""");
        await cluster.Admin(HttpMethod.Post, "/api/alerts", new { type = "slack", name = "desk", webhook_url = slack.Webhook(), signing_secret = slack.Options.SigningSecret, events = new[] { "REQUIRE_APPROVAL" } });

        for (var amount = 1; amount <= 6; amount++)
        {
            // The second half with one silo less: what it had in hand comes back when its hold is over.
            if (amount == 4)
                await cluster.Silos[1].Kill();
            var waiting = Allowed(cluster, amount);
            var card = await Card(slack, amount);
            await Eventually.Is(async () => (await slack.Click(card, "interven_approve")).IsAcknowledged, "the click is taken");
            await waiting;
            await Eventually.Is(() => Task.FromResult(card.Header.StartsWith("Approved", StringComparison.Ordinal)), "the card says how it ended", 60);
        }
        Assert.Equal(6, slack.Messages.Count);
        Assert.Empty(slack.Refusals);
    }

    /// <summary>As clients do: what a silo had in hand when it died is refused, and asked again.</summary>
    static Task Allowed(RunningCluster cluster, int amount) => Eventually.Is(async () =>
        await Scan(cluster, amount) is var answer && answer.GetProperty("decision").GetString() == "ALLOW" ? true : throw new InvalidOperationException(answer.ToString()), $"call {amount} is let go", 120);

    static Task<JsonElement> Scan(RunningCluster cluster, int amount) => cluster.Call(cluster.FrontEnds[0].Url + "/v1/scan", cluster.Key, HttpMethod.Post,
        new { method = "POST", url = "https://pay.example/v1/transfer-funds", wait_ms = 60_000, body = new { amount } });

    static async Task<Posted> Card(Workspace slack, int number)
    {
        await Eventually.Is(() => Task.FromResult(slack.Messages.Count == number), $"card {number} comes", 90);
        return slack.Messages[^1];
    }
}
