using System.Diagnostics;
using Interven.Storage.Tests.Harness;

namespace Interven.Api.Tests.Slack;

/// <summary>Whatever is wrong with Slack: scans and other channels do not feel it, and no message is lost unseen.</summary>
[Collection(UsesSlack.Name)]
public class OutageTests(SlackPlace place)
{
    [Theory]
    [InlineData("500")]
    [InlineData("429")]
    [InlineData("redirect")]
    [InlineData("down")]
    public async Task A_card_comes_when_Slack_is_well_again(string fault)
    {
        var desk = await place.Desk();
        place.Slack.Faults.Set(fault, desk.Hook, times: 2);
        var (approval, _) = await desk.AskForCard();
        // Slack has it a moment before the queue knows.
        await Eventually.Is(async () => (await desk.Deliveries())[0].GetProperty("state").GetString() == "delivered", "it is noted");
        var delivery = Assert.Single(await desk.Deliveries());
        Assert.Equal((approval, "delivered", 3), (delivery.GetProperty("subject").GetString(), delivery.GetProperty("state").GetString(), delivery.GetProperty("attempts").GetInt32()));
    }

    [Fact]
    public async Task Without_its_webhook_a_card_is_given_up_at_once_and_shown()
    {
        var desk = await place.Desk();
        place.Slack.Faults.Set("no_service", desk.Hook);
        (await desk.Ask()).Decides("REQUIRE_APPROVAL");
        await Eventually.Is(async () => (await desk.Deliveries()) is [var only] && only.GetProperty("state").GetString() == "dead", "it is given up");
        Assert.Equal("404 no_service", (await desk.Deliveries())[0].GetProperty("detail").GetString());
        var channel = (await desk.Tenant.Admin.Get($"/api/alerts/{desk.Channel}")).Is(200);
        Assert.Equal(("True", "404 no_service"), (channel["is_failing"], channel["last_error"]));
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_up_neither_scans_nor_other_channels()
    {
        var (hanging, well) = (await place.Desk(), await place.Desk());
        place.Slack.Faults.Set("hang", hanging.Hook);
        for (var n = 0; n < 5; n++)
            (await hanging.Ask()).Decides("REQUIRE_APPROVAL");
        var watch = Stopwatch.StartNew();
        await well.AskForCard();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Empty(hanging.Posts);
        place.Slack.Faults.Set("ok", hanging.Hook);
    }

    [Fact]
    public async Task Cards_go_out_one_a_second()
    {
        var desk = await place.Desk();
        for (var n = 0; n < 5; n++)
            (await desk.Ask()).Decides("REQUIRE_APPROVAL");
        await Eventually.Is(() => Task.FromResult(desk.Posts.Count == 5), "all five come");
        var times = place.Slack.Accepted[desk.Hook].ToArray();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromSeconds(.95), TimeSpan.FromSeconds(10)));
        Assert.DoesNotContain(place.Slack.Refusals, refusal => refusal.StartsWith(desk.Hook, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_decided_meanwhile_is_not_posted_any_more()
    {
        var desk = await place.Desk();
        place.Slack.Faults.Set("500", desk.Hook);
        var asked = (await desk.Ask()).Decides("REQUIRE_APPROVAL");
        await Eventually.Is(async () => (await desk.Deliveries()).Count == 1, "it was tried");
        (await desk.Tenant.Admin.Post($"/api/approvals/{asked["approval_id"]}/approve")).Is(200);
        place.Slack.Faults.Set("ok", desk.Hook);
        await Eventually.Is(async () => (await desk.Deliveries())[0].GetProperty("state").GetString() == "dropped", "it is dropped");
        Assert.Empty(desk.Posts);
    }

    [Fact]
    public async Task Hundreds_at_once_are_told_in_one_message()
    {
        var desk = await place.Desk();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ => (await desk.Ask()).Decides("REQUIRE_APPROVAL")));
        await Eventually.Is(async () => (await desk.Deliveries()).All(one => one.GetProperty("state").GetString() == "delivered") && desk.Posts.Any(post => post.Header.StartsWith('+')), "all are told", 60);
        Assert.InRange(desk.Posts.Count, 2, 60);
        Assert.Matches(@"^\+\d+ calls wait for a decision$", desk.Posts.First(post => post.Header.StartsWith('+')).Header);
    }

    [Fact]
    public async Task A_card_that_cannot_be_changed_at_first_is_changed_later()
    {
        var desk = await place.Desk();
        var (_, card) = await desk.AskForCard();
        place.Slack.Faults.Set("500", "response", times: 1);
        Assert.True((await place.Slack.Click(card, "interven_approve")).IsAcknowledged);
        await Eventually.Is(() => Task.FromResult(card.Header.StartsWith("Approved", StringComparison.Ordinal)), "the card is changed");
        Assert.InRange(place.Slack.MostPostsToOneResponseUrl, 1, 4);
    }
}
