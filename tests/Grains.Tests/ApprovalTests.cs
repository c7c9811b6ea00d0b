using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using static Interven.Grains.Tests.PausedCalls;

namespace Interven.Grains.Tests;

/// <summary>Who may decide, and what comes of it, whichever silos take part.</summary>
[Collection(Silos)]
public sealed class ApprovalTests(TwoSilos silos)
{
    [Fact]
    public async Task Of_fifty_racing_deciders_one_end_comes_out_and_all_others_are_told_it()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("raced", "race_one", "REQUIRE_APPROVAL");
        for (var round = 0; round < 5; round++)
        {
            var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/race-one", $$"""{"n":{{round}}}"""));
            var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
                silos.Approval(i % 2, approval).Decide(i % 3 == 0 ? No : Yes, new("user", $"person-{i}"))));
            var end = (await silos.Approval(0, approval).Detail()).Value!.Status;
            Assert.Contains(end, (string[])["approved", "denied"]);
            Assert.Single(replies, reply => reply.Value is not null);
            Assert.All(replies, reply => Assert.Equal(end, reply.Value?.Status ?? reply.Refusal!.Outcome));
        }
    }

    [Fact]
    public async Task What_the_rules_deny_meanwhile_is_denied_at_the_click()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("turned", "turn_one", "REQUIRE_APPROVAL");
        var (parked, approval) = await silos.ParkedScan(0, key, "turn-one", 1);
        await silos.Apply("turned", "turn_one", "DENY");
        var decided = (await silos.Approval(1, approval).Decide(Yes, Reviewer)).Value!;
        Assert.Equal(("denied", "POLICY_CHANGED"), (decided.Status, decided.Reason));
        Assert.Equal(("DENY", "POLICY_CHANGED"), (TwoSilos.DecisionOf(await parked), FirstReason(await parked)));
    }

    [Fact]
    public async Task Two_people_are_two_and_the_one_who_minted_the_key_is_none()
    {
        var minted = (await silos.TenantGrain.MintKey(new("own", Scopes: ["scan"]), new("service_account", "minter"))).Value!;
        await silos.Apply("two", "ask_two", "REQUIRE_APPROVAL", ""","approvals_required":2""");
        var approval = ApprovalOf(await silos.Scan(0, minted.Key, "https://pay.corp/ask-two", "{}"));
        Assert.Equal(ReasonCodes.OwnRequest, (await silos.Approval(0, approval).Decide(Yes, new("service_account", "minter"))).Refusal!.Reason);
        Assert.Equal("pending", (await silos.Approval(0, approval).Decide(Yes, Reviewer)).Value!.Status);
        Assert.Single((await silos.Approval(1, approval).Decide(Yes, Reviewer)).Value!.Votes);
        Assert.Equal("approved", (await silos.Approval(1, approval).Decide(Yes, new("user", "second"))).Value!.Status);
    }

    [Fact]
    public async Task Slack_ids_alone_are_no_two_people_where_the_rules_have_come_to_ask_for_two()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("two later", "ask_two_later", "REQUIRE_APPROVAL");
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/ask-two-later", "{}"));
        await silos.Apply("two later", "ask_two_later", "REQUIRE_APPROVAL", ""","approvals_required":2""");
        foreach (var member in (string[])["T1/U1", "T1/U2"])
            Assert.Equal(ReasonCodes.NotEligible, (await silos.Approval(0, approval).Decide(Yes, new("slack", member))).Refusal!.Reason);
        var first = (await silos.Approval(0, approval).Decide(Yes, Reviewer)).Value!;
        Assert.Equal(("pending", 2), (first.Status, first.ApprovalsRequired));
        Assert.Equal(2, (await silos.Approval(1, approval).Detail()).Value!.ApprovalsRequired);
        Assert.Equal("approved", (await silos.Approval(1, approval).Decide(Yes, new("user", "second"))).Value!.Status);
    }

    [Fact]
    public async Task An_edit_of_two_is_approved_by_whoever_has_seen_it()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("edited by two", "edit_two", "REQUIRE_APPROVAL", ""","approvals_required":2""");
        var (parked, approval) = await silos.ParkedScan(0, key, "edit-two", 1);
        Assert.Equal("pending", (await silos.Approval(0, approval).Decide(Yes, new("user", "first"))).Value!.Status);
        var edited = (await silos.Approval(1, approval).Decide(new(true, null, """{"n":2}"""u8.ToArray()), new("user", "second"))).Value!;
        Assert.Equal(("pending", true), (edited.Status, edited.Edited));
        Assert.Equal(ReasonCodes.EditedMeanwhile, (await silos.Approval(0, approval).Decide(Yes, new("user", "first"))).Refusal!.Reason);
        Assert.Equal(ReasonCodes.EditedMeanwhile, (await silos.Approval(0, approval).Decide(Yes with { EditHash = "0123456789abcdef" }, new("user", "first"))).Refusal!.Reason);
        var seen = (await silos.Approval(0, approval).Detail(new("user", "first"))).Value!.Review!.Edit!;
        Assert.Equal("""{"n":2}""", seen.Effective.ToString());
        Assert.Equal("approved", (await silos.Approval(0, approval).Decide(Yes with { EditHash = seen.Hash }, new("user", "first"))).Value!.Status);
        Assert.Equal(("SANITIZE", "APPROVED_BY_REVIEWER"), (TwoSilos.DecisionOf(await parked), FirstReason(await parked)));
    }

    [Fact]
    public async Task The_agents_owner_cannot_approve_and_neither_can_who_minted_its_key()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("owned", "own_one", "REQUIRE_APPROVAL");
        var audit = new AuditRow { Tenant = new(silos.Tenant), Actor = Actor.System, Action = "agent.owner_set", Target = "agent/owned" };
        var agents = silos.Cluster.Silos[0].ServiceProvider.GetRequiredService<IAgentStore>();
        await agents.Seen([new(new(silos.Tenant), "owned", "", "", 1, DateTimeOffset.UnixEpoch)]);
        await agents.SetOwner(new(silos.Tenant), "owned", "user/owner", audit);
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/own-one", "{}", agent: "owned"));
        Assert.Equal(ReasonCodes.OwnRequest, (await silos.Approval(0, approval).Decide(Yes, new("user", "owner"))).Refusal!.Reason);
        Assert.Equal((false, ReasonCodes.OwnRequest), (await silos.Approval(0, approval).Detail(new("user", "owner"))).Value!.Review is { } review ? (review.CanApprove, review.CannotApproveReason) : default);
        Assert.Equal("approved", (await silos.Approval(0, approval).Decide(Yes, Reviewer)).Value!.Status);
    }

    [Fact]
    public async Task A_word_that_is_said_again_is_answered_as_it_counted_and_another_word_is_not()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("said again", "say_again", "REQUIRE_APPROVAL");
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/say-again", "{}"));
        var desk = silos.On(1).GetGrain<IApprovalsGrain>(GrainKeys.Tenant(silos.Tenant));
        Assert.Equal("approved", (await desk.Decide(approval, Yes, Reviewer)).Value!.Status);
        Assert.Equal("approved", (await desk.Decide(approval, Yes with { Again = true }, Reviewer)).Value!.Status);
        Assert.Equal(ReasonCodes.AlreadyDecided, (await desk.Decide(approval, Yes, Reviewer)).Refusal!.Reason);
        Assert.Equal(ReasonCodes.AlreadyDecided, (await desk.Decide(approval, No with { Again = true }, Reviewer)).Refusal!.Reason);
        Assert.Equal(ReasonCodes.AlreadyDecided, (await desk.Decide(approval, Yes with { Again = true }, new("user", "second"))).Refusal!.Reason);
    }
}
