using System.Diagnostics;
using Interven.FakeSlack;
using Interven.Storage.Tests.Harness;

namespace Interven.Api.Tests.Slack;

/// <summary>From the call that waits to the click that lets it go, over the running product.</summary>
[Collection(UsesSlack.Name)]
public class ClickTests(SlackPlace place)
{
    [Fact]
    public async Task A_waiting_call_goes_on_in_the_same_turn_when_somebody_clicks()
    {
        var desk = await place.Desk();
        var waiting = desk.Ask(waitMs: 60_000);
        await Eventually.Is(() => Task.FromResult(desk.Posts.Count == 1), "the card comes");
        var card = desk.Posts[0];
        Assert.StartsWith("Approval needed", card.Header, StringComparison.Ordinal);
        Assert.False(waiting.IsCompleted);
        var watch = Stopwatch.StartNew();
        Assert.True((await place.Slack.Click(card, "interven_approve")).IsAcknowledged);
        (await waiting).Decides("ALLOW", "APPROVED_BY_REVIEWER");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await Eventually.Is(() => Task.FromResult(card.Replaced == 1), "the card is replaced");
        Assert.StartsWith("Approved", card.Header, StringComparison.Ordinal);
        Assert.All(card.Buttons, button => Assert.NotNull(button.Url));
        Assert.Contains("Slack member U0ADA", card.Message.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denial_ends_the_wait_and_says_so()
    {
        var desk = await place.Desk();
        var waiting = desk.Ask(waitMs: 60_000);
        await Eventually.Is(() => Task.FromResult(desk.Posts.Count == 1), "the card comes");
        Assert.True((await place.Slack.Click(desk.Posts[0], "interven_deny")).IsAcknowledged);
        (await waiting).Decides("DENY", "DENIED_BY_REVIEWER");
        await Eventually.Is(() => Task.FromResult(desk.Posts[0].Header.StartsWith("Denied", StringComparison.Ordinal)), "the card says denied");
    }

    [Fact]
    public async Task A_second_click_is_answered_honestly_and_changes_nothing()
    {
        var desk = await place.Desk();
        var (approval, card) = await desk.AskForCard();
        var stale = new Posted { Ts = card.Ts, Place = card.Place, At = card.At, Message = card.Message };
        Assert.True((await place.Slack.Click(stale, "interven_approve", "U0ADA")).IsAcknowledged);
        Assert.True((await place.Slack.Click(stale, "interven_deny", "U0BOB")).IsAcknowledged);
        await Eventually.Is(() => Task.FromResult(stale.Ephemerals.Count == 1), "Bob is told");
        Assert.Equal("U0BOB", stale.Ephemerals[0].User);
        Assert.StartsWith("Already approved by Slack member U0ADA at ", stale.Ephemerals[0].Text, StringComparison.Ordinal);
        Assert.Equal("approved", await desk.Status(approval));
    }

    [Fact]
    public async Task A_late_click_on_a_webhooks_card_is_told_so_and_the_card_says_how_it_ended()
    {
        var desk = await place.Desk();
        var (approval, card) = await desk.AskForCard();
        (await desk.Tenant.Admin.Post($"/api/approvals/{approval}/deny", new { note = "no" })).Is(200);
        Assert.True((await place.Slack.Click(card, "interven_approve")).IsAcknowledged);
        await Eventually.Is(() => Task.FromResult(card.Ephemerals.Count == 1 && card.Header.StartsWith("Denied", StringComparison.Ordinal)), "the card follows");
        Assert.All(card.Buttons, button => Assert.NotNull(button.Url));
    }

    [Fact]
    public async Task Fifty_clicks_at_once_decide_once()
    {
        var desk = await place.Desk();
        var (approval, card) = await desk.AskForCard();
        var stale = new Posted { Ts = card.Ts, Place = card.Place, At = card.At, Message = card.Message };
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => place.Slack.Click(stale, n % 2 == 0 ? "interven_approve" : "interven_deny", $"U0{n:00}")));
        Assert.All(results, result => Assert.Equal(200, result.Status));
        var end = await desk.Approval(approval);
        Assert.Contains(end["status"], (string[])["approved", "denied"]);
        Assert.Equal(1, end.Json.GetProperty("votes").GetArrayLength());
        await Eventually.Is(() => Task.FromResult(stale.Ephemerals.Count == 49), "forty-nine are told");
    }

    [Fact]
    public async Task The_card_of_a_bot_follows_what_happens_in_the_console()
    {
        var channel = "C0" + Guid.CreateVersion7().ToString("N")[..8].ToUpperInvariant();
        var desk = await place.Desk($$"""{"webhook_url":"","bot_token":"{{place.Slack.Options.BotToken}}","slack_channel":"{{channel}}"}""") with { Hook = channel };
        var (approval, card) = await desk.AskForCard();
        (await desk.Tenant.Admin.Post($"/api/approvals/{approval}/deny", new { note = "no" })).Is(200);
        await Eventually.Is(() => Task.FromResult(card.Header.StartsWith("Denied", StringComparison.Ordinal)), "the card follows");
        Assert.Single(desk.Posts);
    }

    [Fact]
    public async Task Where_two_must_approve_a_Slack_id_alone_is_not_enough()
    {
        var desk = await place.Desk("""{"allow_unlinked":true}""", ",\"approvals_required\":2");
        var (approval, card) = await desk.AskForCard();
        var stale = new Posted { Ts = card.Ts, Place = card.Place, At = card.At, Message = card.Message };
        Assert.True((await place.Slack.Click(stale, "interven_approve")).IsAcknowledged);
        await Eventually.Is(() => Task.FromResult(stale.Ephemerals.Count == 1), "the unlinked are told");
        Assert.Contains("not linked", stale.Ephemerals[0].Text, StringComparison.Ordinal);
        Assert.Equal("pending", await desk.Status(approval));
    }

    [Fact]
    public async Task Where_the_rules_have_come_to_ask_for_two_a_Slack_id_alone_is_not_enough_either()
    {
        var desk = await place.Desk();
        var (approval, card) = await desk.AskForCard();
        (await desk.Tenant.Admin.Post("/api/policies", """{"name":"two","rules":[{"match":{"operations":["transfer_funds"]},"action":"REQUIRE_APPROVAL","approvals_required":2}]}""")).Is(200);
        foreach (var member in (string[])["U0ADA", "U0BOB"])
            Assert.True((await place.Slack.Click(card, "interven_approve", member)).IsAcknowledged);
        await Eventually.Is(() => Task.FromResult(card.Ephemerals.Count == 2), "both are told");
        Assert.All(card.Ephemerals, told => Assert.Contains("not linked", told.Text, StringComparison.Ordinal));
        var now = await desk.Approval(approval);
        Assert.Equal(("pending", 0), (now["status"], now.Json.GetProperty("votes").GetArrayLength()));
    }
}
