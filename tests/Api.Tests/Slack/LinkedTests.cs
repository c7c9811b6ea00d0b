using Interven.Api.Tests.Running;
using Interven.Storage.Tests.Harness;

namespace Interven.Api.Tests.Slack;

/// <summary>Slack members who are console users: one person, whatever the door.</summary>
[Collection(UsesSlack.Name)]
public class LinkedTests(SlackPlace place)
{
    [Fact]
    public async Task Nobody_approves_what_their_own_key_asked_for()
    {
        var desk = await place.Desk();
        var (ada, bob) = (await Person.Of(place.Product, desk.Tenant, "admin"), await Person.Of(place.Product, desk.Tenant, "reviewer"));
        await Link(desk, ("U0ADA", ada.Email), ("U0BOB", bob.Email));
        var own = desk with { Agent = new(place.Product.Http, (await ada.Browser.Post("/api/keys", new { name = "Ada's agent" })).Is(201)["key"]) };
        var (approval, card) = await own.AskForCard();
        Assert.True((await place.Slack.Click(card, "interven_approve", "U0ADA")).IsAcknowledged);
        await Eventually.Is(() => Task.FromResult(card.Ephemerals.Count == 1), "Ada is told");
        Assert.StartsWith("Whoever minted the calling key", card.Ephemerals[0].Text, StringComparison.Ordinal);
        Assert.Equal("pending", await desk.Status(approval));
        Assert.True((await place.Slack.Click(card, "interven_approve", "U0BOB")).IsAcknowledged);
        Assert.Equal(("approved", $"user/{bob.Id}"), ((await desk.Approval(approval))["status"], (await desk.Approval(approval))["decided_by"]));
        await Eventually.Is(() => Task.FromResult(card.Message.GetRawText().Contains($"Approved by {bob.Email}", StringComparison.Ordinal)), "the card names Bob");
    }

    [Fact]
    public async Task The_same_person_counts_once_and_the_card_counts_along()
    {
        var desk = await place.Desk(modifiers: ",\"approvals_required\":2");
        var (bob, cyd) = (await Person.Of(place.Product, desk.Tenant, "reviewer"), await Person.Of(place.Product, desk.Tenant, "reviewer"));
        await Link(desk, ("U0BOB", bob.Email), ("U0CYD", cyd.Email));
        var (approval, card) = await desk.AskForCard();
        Assert.True((await place.Slack.Click(card, "interven_approve", "U0BOB")).IsAcknowledged);
        await Eventually.Is(() => Task.FromResult(card.Message.GetRawText().Contains($"1 of 2 people approved: {bob.Email}", StringComparison.Ordinal)), "the card counts");
        Assert.Contains(card.Buttons, button => button.Action == "interven_approve");
        (await bob.Browser.Post($"/api/approvals/{approval}/approve")).Is(200);
        Assert.True((await place.Slack.Click(card, "interven_approve", "U0BOB")).IsAcknowledged);
        Assert.Equal("pending", await desk.Status(approval));
        Assert.True((await place.Slack.Click(card, "interven_approve", "U0CYD")).IsAcknowledged);
        Assert.Equal("approved", await desk.Status(approval));
    }

    [Fact]
    public async Task A_role_that_may_not_decide_does_not_decide_in_Slack_either()
    {
        var desk = await place.Desk();
        var eve = await Person.Of(place.Product, desk.Tenant, "auditor");
        await Link(desk, ("U0EVE", eve.Email));
        var (approval, card) = await desk.AskForCard();
        foreach (var action in (string[])["interven_approve", "interven_deny"])
            Assert.True((await place.Slack.Click(card, action, "U0EVE")).IsAcknowledged);
        await Eventually.Is(() => Task.FromResult(card.Ephemerals.Count == 2), "Eve is told twice");
        Assert.Contains("role does not allow you", card.Ephemerals[0].Text, StringComparison.Ordinal);
        Assert.Equal("pending", await desk.Status(approval));
    }

    static async Task Link(Desk desk, params (string Slack, string Email)[] people) => (await desk.Tenant.Admin.Patch($"/api/alerts/{desk.Channel}",
        new { allow_unlinked = false, approvers = people.Select(one => new { slack_user_id = one.Slack, email = one.Email }).ToArray() })).Is(200);
}
