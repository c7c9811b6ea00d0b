using System.Diagnostics;
using System.Text.Json;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Agents;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;
using Interven.Storage.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Interven.Grains.Tests;

/// <summary>Deciding, parking and redeeming, whichever silos take part.</summary>
public sealed class ApprovalTests(TwoSilos silos, ITestOutputHelper output) : IClassFixture<TwoSilos>
{
    static readonly Actor Reviewer = new("service_account", "reviewer1");
    static readonly ApprovalWord Yes = new(true, "seen"), No = new(false, "not today");

    [Fact]
    public async Task A_decision_on_the_other_silo_releases_a_parked_scan_at_once()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("parked", "park_one", "REQUIRE_APPROVAL");
        var latencies = new List<double>();
        for (var round = 0; round < 20; round++)
        {
            var (parked, approval) = await Parked(0, key, "park-one", round);
            await Grain(1, approval).Decide(Yes, Reviewer);
            var clicked = Stopwatch.GetTimestamp();
            var reply = await parked;
            latencies.Add(Stopwatch.GetElapsedTime(clicked).TotalMilliseconds);
            Assert.Equal(("ALLOW", "APPROVED_BY_REVIEWER"), (TwoSilos.DecisionOf(reply), FirstReason(reply)));
            Assert.NotEqual(approval, reply.TraceId);
        }
        output.WriteLine($"Click to answer: median {latencies.Order().ElementAt(10):0.0} ms, worst {latencies.Max():0.0} ms");
        Assert.True(latencies.Order().ElementAt(10) < 100, $"median {latencies.Order().ElementAt(10)} ms");
    }

    [Fact]
    public async Task A_denial_reaches_whoever_waits_and_the_identical_call_afterwards()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("denied", "park_two", "REQUIRE_APPROVAL");
        var (parked, approval) = await Parked(1, key, "park-two", 1);
        Assert.Equal("denied", (await Grain(0, approval).Decide(No, Reviewer)).Value!.Status);
        Assert.Equal(("DENY", "DENIED_BY_REVIEWER"), (TwoSilos.DecisionOf(await parked), FirstReason(await parked)));
        var again = await silos.Scan(0, key, "https://pay.corp/park-two", """{"n":1}""");
        Assert.Equal(("DENY", "RECENT_DENIAL"), (TwoSilos.DecisionOf(again), FirstReason(again)));
        Assert.Equal("REQUIRE_APPROVAL", await silos.Decision(0, key, "https://pay.corp/park-two", """{"n":2}"""));
    }

    [Fact]
    public async Task Of_fifty_racing_deciders_one_end_comes_out_and_all_others_are_told_it()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("raced", "race_one", "REQUIRE_APPROVAL");
        for (var round = 0; round < 5; round++)
        {
            var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/race-one", $$"""{"n":{{round}}}"""));
            var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
                Grain(i % 2, approval).Decide(i % 3 == 0 ? No : Yes, new("user", $"person-{i}"))));
            var end = (await Grain(0, approval).Detail()).Value!.Status;
            Assert.Contains(end, (string[])["approved", "denied"]);
            Assert.Single(replies, reply => reply.Value is not null);
            Assert.All(replies, reply => Assert.Equal(end, reply.Value?.Status ?? reply.Refusal!.Outcome));
        }
    }

    [Fact]
    public async Task A_grant_is_used_exactly_as_often_as_it_allows()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("thrice", "use_thrice", "REQUIRE_APPROVAL", ""","grant_uses":3""");
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/use-thrice", "{}"));
        var waiting = Enumerable.Range(0, 8).Select(i => silos.Scan(i % 2, key, "https://pay.corp/use-thrice", "{}", waitMs: 60_000)).ToList();
        await silos.Parked(approval, 8);
        await Grain(1, approval).Decide(Yes, Reviewer);
        var redeemed = Task.WhenAll(Enumerable.Range(0, 8).Select(i => Grain(i % 2, approval).Redeem(Caller(key))));
        var answers = await Task.WhenAll(waiting);

        var executions = answers.Count(reply => TwoSilos.DecisionOf(reply) == "ALLOW") + (await redeemed).Count(reply => reply.Value is not null);
        Assert.Equal(3, executions);
        Assert.All(await redeemed, reply => Assert.True(reply.Value is not null || reply.Refusal!.Reason == ReasonCodes.AlreadyRedeemed));
        Assert.All(answers.Where(reply => TwoSilos.DecisionOf(reply) != "ALLOW"), reply => Assert.Equal("APPROVAL_ALREADY_USED", FirstReason(reply)));
        Assert.Equal(0, (await Grain(0, approval).Detail()).Value!.UsesLeft);
    }

    [Fact]
    public async Task Redeeming_gives_one_execution_to_the_key_that_asked()
    {
        var (key, other) = ((await silos.Mint()).Key, (await silos.Mint()).Key);
        await silos.Apply("redeemed", "redeem_one", "REQUIRE_APPROVAL");
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/redeem-one", "{}"));
        Assert.Equal(ReasonCodes.NotApproved, (await Grain(0, approval).Redeem(Caller(key))).Refusal!.Reason);
        await Grain(0, approval).Decide(Yes, Reviewer);
        Assert.Equal(ReasonCodes.Forbidden, (await Grain(0, approval).Redeem(Caller(other))).Refusal!.Reason);
        Assert.Equal(Decision.Allow, (await Grain(1, approval).Redeem(Caller(key))).Value!.Decision);
        Assert.Equal(ReasonCodes.AlreadyRedeemed, (await Grain(0, approval).Redeem(Caller(key))).Refusal!.Reason);
    }

    [Fact]
    public async Task What_the_rules_deny_meanwhile_is_denied_at_the_click()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("turned", "turn_one", "REQUIRE_APPROVAL");
        var (parked, approval) = await Parked(0, key, "turn-one", 1);
        await silos.Apply("turned", "turn_one", "DENY");
        var decided = (await Grain(1, approval).Decide(Yes, Reviewer)).Value!;
        Assert.Equal(("denied", "POLICY_CHANGED"), (decided.Status, decided.Reason));
        Assert.Equal(("DENY", "POLICY_CHANGED"), (TwoSilos.DecisionOf(await parked), FirstReason(await parked)));
    }

    [Fact]
    public async Task What_the_rules_deny_after_the_click_is_denied_at_the_redemption()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("turned later", "turn_two", "REQUIRE_APPROVAL");
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/turn-two", "{}"));
        await Grain(1, approval).Decide(Yes, Reviewer);
        await silos.Apply("turned later", "turn_two", "DENY");
        Assert.Equal(ReasonCodes.PolicyChanged, (await Grain(1, approval).Redeem(Caller(key))).Refusal!.Reason);
        Assert.Equal(1, (await Grain(1, approval).Detail()).Value!.UsesLeft);
    }

    [Fact]
    public async Task A_parked_caller_hears_that_nobody_answered()
    {
        var approval = await Opened(TimeSpan.FromMilliseconds(400));
        var status = (await Grain(1, approval).Status(TimeSpan.FromSeconds(30))).Value!;
        Assert.Equal(("expired", "APPROVAL_EXPIRED", (string?)null), (status.Status, status.Reason, status.DecidedBy));
        Assert.Equal("expired", (await Grain(0, approval).Decide(Yes, Reviewer)).Refusal!.Outcome);
    }

    [Fact]
    public async Task A_decision_past_this_cluster_is_seen_by_whoever_waits()
    {
        var approval = await Opened(TimeSpan.FromMinutes(5));
        var parked = Grain(1, approval).Status(TimeSpan.FromSeconds(30));
        var changed = await Store.Change(new(silos.Tenant), new(approval), 1, new()
        {
            State = ApprovalState.Approved, VotesJson = "[]", DecidedBy = "user/elsewhere", Audit = new() { Tenant = new(silos.Tenant), Actor = Reviewer, Action = "approval.approved", Target = "approval" },
        });
        Assert.NotNull(changed);
        Assert.Equal("approved", (await parked).Value!.Status);
    }

    [Fact]
    public async Task Time_over_answers_as_before_and_the_same_idempotency_key_keeps_that_answer()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("timed", "time_one", "REQUIRE_APPROVAL");
        var first = await silos.Scan(0, key, "https://pay.corp/time-one", "{}", idempotencyKey: "timed", waitMs: 50);
        Assert.Equal("REQUIRE_APPROVAL", TwoSilos.DecisionOf(first));
        var again = await silos.Scan(1, key, "https://pay.corp/time-one", "{}", idempotencyKey: "timed", waitMs: 50);
        Assert.Equal(first.Json, again.Json);
    }

    [Fact]
    public async Task One_idempotency_key_that_waits_twice_is_one_execution()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("twice", "wait_twice", "REQUIRE_APPROVAL");
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/wait-twice", "{}"));
        var waiting = Enumerable.Range(0, 4).Select(i => silos.Scan(i % 2, key, "https://pay.corp/wait-twice", "{}", idempotencyKey: "twice", waitMs: 60_000)).ToList();
        // The first of each silo; the others have joined it.
        await silos.Parked(approval, 2);
        await Grain(0, approval).Decide(Yes, Reviewer);
        var answers = await Task.WhenAll(waiting);
        Assert.Single(answers.Select(reply => Convert.ToHexString(reply.Json!)).Distinct());
        Assert.Equal("ALLOW", TwoSilos.DecisionOf(answers[0]));
    }

    [Fact]
    public async Task Who_hangs_up_takes_no_use()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("gone", "hang_up", "REQUIRE_APPROVAL");
        using var hungUp = new CancellationTokenSource();
        var parked = silos.Scan(0, key, "https://pay.corp/hang-up", "{}", waitMs: 60_000, hungUp: hungUp.Token);
        var approval = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/hang-up", "{}"));
        await silos.Parked(approval);
        await hungUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => parked);
        await silos.Parked(approval, 0);
        await Grain(1, approval).Decide(Yes, Reviewer);
        var again = await silos.Scan(1, key, "https://pay.corp/hang-up", "{}");
        Assert.Equal(("ALLOW", "RECENT_APPROVAL_GRANT"), (TwoSilos.DecisionOf(again), FirstReason(again)));
    }

    [Fact]
    public async Task Two_people_are_two_and_the_one_who_minted_the_key_is_none()
    {
        var minted = (await silos.TenantGrain.MintKey(new("own", Scopes: ["scan"]), new("service_account", "minter"))).Value!;
        await silos.Apply("two", "ask_two", "REQUIRE_APPROVAL", ""","approvals_required":2""");
        var approval = ApprovalOf(await silos.Scan(0, minted.Key, "https://pay.corp/ask-two", "{}"));
        Assert.Equal(ReasonCodes.OwnRequest, (await Grain(0, approval).Decide(Yes, new("service_account", "minter"))).Refusal!.Reason);
        Assert.Equal("pending", (await Grain(0, approval).Decide(Yes, Reviewer)).Value!.Status);
        Assert.Single((await Grain(1, approval).Decide(Yes, Reviewer)).Value!.Votes);
        Assert.Equal("approved", (await Grain(1, approval).Decide(Yes, new("user", "second"))).Value!.Status);
    }

    [Fact]
    public async Task An_edit_of_two_is_approved_by_whoever_has_seen_it()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("edited by two", "edit_two", "REQUIRE_APPROVAL", ""","approvals_required":2""");
        var (parked, approval) = await Parked(0, key, "edit-two", 1);
        Assert.Equal("pending", (await Grain(0, approval).Decide(Yes, new("user", "first"))).Value!.Status);
        var edited = (await Grain(1, approval).Decide(new(true, null, """{"n":2}"""u8.ToArray()), new("user", "second"))).Value!;
        Assert.Equal(("pending", true), (edited.Status, edited.Edited));
        Assert.Equal(ReasonCodes.EditedMeanwhile, (await Grain(0, approval).Decide(Yes, new("user", "first"))).Refusal!.Reason);
        Assert.Equal(ReasonCodes.EditedMeanwhile, (await Grain(0, approval).Decide(Yes with { EditHash = "0123456789abcdef" }, new("user", "first"))).Refusal!.Reason);
        var seen = (await Grain(0, approval).Detail(new("user", "first"))).Value!.Review!.Edit!;
        Assert.Equal("""{"n":2}""", seen.Effective.ToString());
        Assert.Equal("approved", (await Grain(0, approval).Decide(Yes with { EditHash = seen.Hash }, new("user", "first"))).Value!.Status);
        Assert.Equal(("SANITIZE", "APPROVED_BY_REVIEWER"), (TwoSilos.DecisionOf(await parked), FirstReason(await parked)));
    }

    [Fact]
    public async Task Terms_that_have_become_stricter_hold_for_what_is_pending_and_for_what_is_granted()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("stricter", "harden_one", "REQUIRE_APPROVAL");
        var granted = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/harden-one", """{"n":1}"""));
        await Grain(0, granted).Decide(Yes, Reviewer);
        var pending = ApprovalOf(await silos.Scan(0, key, "https://pay.corp/harden-one", """{"n":2}"""));
        await silos.Apply("stricter", "harden_one", "REQUIRE_APPROVAL", ""","approvals_required":2""");
        Assert.Equal(ReasonCodes.PolicyChanged, (await Grain(0, granted).Redeem(Caller(key))).Refusal!.Reason);
        Assert.Equal("REQUIRE_APPROVAL", await silos.Decision(1, key, "https://pay.corp/harden-one", """{"n":1}"""));
        Assert.Equal("pending", (await Grain(0, pending).Decide(Yes, Reviewer)).Value!.Status);
        Assert.Equal("approved", (await Grain(1, pending).Decide(Yes, new("user", "second"))).Value!.Status);
        Assert.Equal(Decision.Allow, (await Grain(1, pending).Redeem(Caller(key))).Value!.Decision);
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
            await Grain(0, ApprovalOf(await silos.Scan(0, minted.Key, "https://pay.corp/teach-one", $$"""{"n":{{n}}}""", agent: "pupil"))).Decide(n == 2 ? Yes : No, Reviewer);
        await Eventually.Is(async () => Math.Abs(await Trust() - .90) < .001, "two denials have cost .05 each");
        Assert.Equal("ALLOW", await silos.Decision(1, minted.Key, "https://pay.corp/teach-one", """{"n":2}""", agent: "pupil"));
        await Eventually.Is(async () => Math.Abs(await Trust() - .91) < .001, "the execution has earned .01");
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
        Assert.Equal(ReasonCodes.OwnRequest, (await Grain(0, approval).Decide(Yes, new("user", "owner"))).Refusal!.Reason);
        Assert.Equal((false, ReasonCodes.OwnRequest), (await Grain(0, approval).Detail(new("user", "owner"))).Value!.Review is { } review ? (review.CanApprove, review.CannotApproveReason) : default);
        Assert.Equal("approved", (await Grain(0, approval).Decide(Yes, Reviewer)).Value!.Status);
    }

    IApprovalStore Store => silos.Cluster.Silos[0].ServiceProvider.GetRequiredService<IApprovalStore>();

    IApprovalGrain Grain(int silo, Guid approval) => silos.On(silo).GetGrain<IApprovalGrain>(GrainKeys.Approval(silos.Tenant, approval));

    /// <summary>A scan that waits on one silo; returned once it is known to wait.</summary>
    async Task<(Task<ScanReply> Parked, Guid Approval)> Parked(int silo, string key, string operation, int n)
    {
        var parked = silos.Scan(silo, key, $"https://pay.corp/{operation}", $$"""{"n":{{n}}}""", waitMs: 60_000);
        var approval = ApprovalOf(await silos.Scan(silo, key, $"https://pay.corp/{operation}", $$"""{"n":{{n}}}"""));
        await silos.Parked(approval);
        return (parked, approval);
    }

    async Task<Guid> Opened(TimeSpan life)
    {
        var approval = Guid.CreateVersion7();
        await Store.Open(new()
        {
            Tenant = new(silos.Tenant), Approval = new(approval), Signature = System.Security.Cryptography.SHA256.HashData(approval.ToByteArray()), Trace = new(Guid.CreateVersion7()),
            Env = "production", KeyId = "none", Tool = "custom_proxy", Operation = "open", Band = RiskBand.Low, Sentence = "open", Life = life,
            GrantWindow = TimeSpan.FromMinutes(1), DenyWindow = TimeSpan.FromMinutes(1), SealedCall = [],
        }, [], new() { Tenant = new(silos.Tenant), Actor = Actor.System, Action = "approval.opened", Target = "approval" });
        return approval;
    }

    static Actor Caller(string key) => new("api_key", KeyFormat.TryParse(key, out var parsed) ? parsed.Id : "", "127.0.0.1");

    static Guid ApprovalOf(ScanReply reply)
    {
        using var json = JsonDocument.Parse(reply.Json!);
        return json.RootElement.GetProperty("approval_id").GetGuid();
    }

    static string FirstReason(ScanReply reply)
    {
        using var json = JsonDocument.Parse(reply.Json!);
        return json.RootElement.GetProperty("reason_codes")[0].GetString()!;
    }
}
