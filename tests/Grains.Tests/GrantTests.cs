using System.Collections.Concurrent;
using Interven.GrainInterfaces;
using Interven.Grains.Agents;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;
using Interven.Storage.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Interven.Grains.Tests.PausedCalls;

namespace Interven.Grains.Tests;

/// <summary>What an approval permits, and how often, whichever silos take part.</summary>
[Collection(Silos)]
public sealed class GrantTests(TwoSilos silos)
{
    [Fact]
    public async Task A_grant_is_used_exactly_as_often_as_it_allows()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("thrice", "use_thrice", "REQUIRE_APPROVAL", ""","grant_uses":3""");
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/use-thrice", "{}"));
        var waiting = Enumerable.Range(0, 8).Select(i => silos.Scan(i % 2, key, "https://pay.corp/use-thrice", "{}", waitMs: 60_000)).ToList();
        await silos.Parked(approval, 8);
        await silos.Approval(1, approval).Decide(Yes, Reviewer);
        var redeemed = Task.WhenAll(Enumerable.Range(0, 8).Select(i => silos.Approval(i % 2, approval).Redeem(Caller(key))));
        var answers = await Task.WhenAll(waiting);

        var executions = answers.Count(reply => TwoSilos.DecisionOf(reply) == "ALLOW") + (await redeemed).Count(reply => reply.Value is not null);
        Assert.Equal(3, executions);
        Assert.All(await redeemed, reply => Assert.True(reply.Value is not null || reply.Refusal!.Reason == ReasonCodes.AlreadyRedeemed));
        Assert.All(answers.Where(reply => TwoSilos.DecisionOf(reply) != "ALLOW"), reply => Assert.Equal("APPROVAL_ALREADY_USED", FirstReason(reply)));
        Assert.Equal(0, (await silos.Approval(0, approval).Detail()).Value!.UsesLeft);
    }

    [Fact]
    public async Task Identical_calls_that_race_for_quick_clicks_are_each_let_through_once_and_not_refused_for_having_lost()
    {
        const int Callers = 24;
        var key = (await silos.Mint()).Key;
        await silos.Apply("raced for", "race_calls", "REQUIRE_APPROVAL");
        var clicks = new ConcurrentDictionary<Guid, Lazy<Task>>();
        async Task UntilAllowed(int caller)
        {
            for (var decision = ""; decision != "ALLOW";)
            {
                var reply = await silos.Scan(caller % 2, key, "https://pay.corp/race-calls", "{}");
                decision = TwoSilos.DecisionOf(reply);
                // A machine that is overrun may be too late; that is another refusal.
                Assert.True(decision is "ALLOW" or "REQUIRE_APPROVAL" || FirstReason(reply) == ReasonCodes.AuditUnavailable, FirstReason(reply));
                if (decision == "REQUIRE_APPROVAL")
                    await clicks.GetOrAdd(ApprovalOf(reply), approval => new(() => silos.Approval(caller % 2, approval).Decide(Yes, Reviewer))).Value;
            }
        }
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(UntilAllowed));
        Assert.InRange(clicks.Count, Callers, int.MaxValue);
    }

    [Fact]
    public async Task Redeeming_gives_one_execution_to_the_key_that_asked()
    {
        var (key, other) = ((await silos.Mint()).Key, (await silos.Mint()).Key);
        await silos.Apply("redeemed", "redeem_one", "REQUIRE_APPROVAL");
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/redeem-one", "{}"));
        Assert.Equal(ReasonCodes.NotApproved, (await silos.Approval(0, approval).Redeem(Caller(key))).Refusal!.Reason);
        await silos.Approval(0, approval).Decide(Yes, Reviewer);
        Assert.Equal(ReasonCodes.Forbidden, (await silos.Approval(0, approval).Redeem(Caller(other))).Refusal!.Reason);
        Assert.Equal(Decision.Allow, (await silos.Approval(1, approval).Redeem(Caller(key))).Value!.Decision);
        Assert.Equal(ReasonCodes.AlreadyRedeemed, (await silos.Approval(0, approval).Redeem(Caller(key))).Refusal!.Reason);
    }

    [Fact]
    public async Task A_redemption_whose_record_came_too_late_may_be_tried_again_and_is_still_one()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("late", "redeem_late", "REQUIRE_APPROVAL");
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/redeem-late", "{}"));
        await silos.Approval(0, approval).Decide(Yes, Reviewer);
        await using (var others = await NpgsqlDataSource.Create(silos.Postgres.ConnectionString("interven")).OpenConnectionAsync())
        {
            // Whoever counts the tenant's records holds up all who record.
            await using var held = await others.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("SELECT seq FROM tenant_head WHERE tenant_id = $1 FOR UPDATE", others) { Parameters = { new() { Value = silos.Tenant } } };
            await hold.ExecuteScalarAsync();
            Assert.Equal(503, (await silos.Approval(0, approval).Redeem(Caller(key))).Refusal!.Status);
        }

        var reads = silos.Cluster.Silos[0].ServiceProvider.GetRequiredService<IDecisionReads>();
        await Eventually.Is(async () => (await reads.After(new(silos.Tenant), 0, 10_000)).Any(one => one.Row.Kind == "answer_amended" && one.Row.Approval?.Value == approval), "the late record is amended");
        Assert.Equal(Decision.Allow, (await silos.Approval(1, approval).Redeem(Caller(key))).Value!.Decision);
        Assert.Equal(ReasonCodes.AlreadyRedeemed, (await silos.Approval(0, approval).Redeem(Caller(key))).Refusal!.Reason);
    }

    [Fact]
    public async Task What_the_rules_deny_after_the_click_is_denied_at_the_redemption()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("turned later", "turn_two", "REQUIRE_APPROVAL");
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/turn-two", "{}"));
        await silos.Approval(1, approval).Decide(Yes, Reviewer);
        await silos.Apply("turned later", "turn_two", "DENY");
        Assert.Equal(ReasonCodes.PolicyChanged, (await silos.Approval(1, approval).Redeem(Caller(key))).Refusal!.Reason);
        Assert.Equal(1, (await silos.Approval(1, approval).Detail()).Value!.UsesLeft);
    }

    [Fact]
    public async Task Terms_that_have_become_stricter_hold_for_what_is_pending_and_for_what_is_granted()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("stricter", "harden_one", "REQUIRE_APPROVAL");
        var granted = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/harden-one", """{"n":1}"""));
        await silos.Approval(0, granted).Decide(Yes, Reviewer);
        var pending = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/harden-one", """{"n":2}"""));
        await silos.Apply("stricter", "harden_one", "REQUIRE_APPROVAL", ""","approvals_required":2""");
        Assert.Equal(ReasonCodes.PolicyChanged, (await silos.Approval(0, granted).Redeem(Caller(key))).Refusal!.Reason);
        Assert.Equal("REQUIRE_APPROVAL", await silos.Decision(1, key, "https://pay.corp/harden-one", """{"n":1}"""));
        Assert.Equal("pending", (await silos.Approval(0, pending).Decide(Yes, Reviewer)).Value!.Status);
        Assert.Equal("approved", (await silos.Approval(1, pending).Decide(Yes, new("user", "second"))).Value!.Status);
        Assert.Equal(Decision.Allow, (await silos.Approval(1, pending).Redeem(Caller(key))).Value!.Decision);
    }

    [Fact]
    public async Task A_reviewers_denial_costs_trust_and_an_approved_call_that_is_carried_out_earns_some()
    {
        var minted = await silos.Mint();
        await silos.Apply("taught", "teach_one", "REQUIRE_APPROVAL");
        var services = silos.Cluster.Silos[0].ServiceProvider;
        var label = (await services.GetRequiredService<TenantCache>().Find(new(silos.Tenant)))!.Key.OfLabel("pupil");
        var agent = silos.On(0).GetGrain<IAgentGrain>(GrainKeys.Agent(silos.Tenant, minted.KeyId, label));
        async Task<double> Trust() => (await agent.Tell([new(new(0, 0, 0, false, false, 0), null)]))[0].Trust;
        for (var n = 0; n < 3; n++)
            await silos.Approval(0, ApprovalOf(await silos.Scan(0, minted.Key, "https://pay.corp/teach-one", $$"""{"n":{{n}}}""", agent: "pupil"))).Decide(n == 2 ? Yes : No, Reviewer);
        await Eventually.Is(async () => Math.Abs(await Trust() - .90) < .001, "two denials have cost .05 each");
        Assert.Equal("ALLOW", await silos.Decision(1, minted.Key, "https://pay.corp/teach-one", """{"n":2}""", agent: "pupil"));
        await Eventually.Is(async () => Math.Abs(await Trust() - .91) < .001, "the execution has earned .01");
    }
}
