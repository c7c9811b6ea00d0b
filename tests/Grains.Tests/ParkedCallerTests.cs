using System.Diagnostics;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;
using Xunit.Abstractions;
using static Interven.Grains.Tests.PausedCalls;

namespace Interven.Grains.Tests;

/// <summary>Who waits, and what they hear, whichever silos take part.</summary>
[Collection(Silos)]
public sealed class ParkedCallerTests(TwoSilos silos, ITestOutputHelper output)
{
    [Fact]
    public async Task A_decision_on_the_other_silo_releases_a_parked_scan_at_once()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("parked", "park_one", "REQUIRE_APPROVAL");
        var latencies = new List<double>();
        for (var round = 0; round < 20; round++)
        {
            var (parked, approval) = await silos.ParkedScan(0, key, "park-one", round);
            await silos.Approval(1, approval).Decide(Yes, Reviewer);
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
        var (parked, approval) = await silos.ParkedScan(1, key, "park-two", 1);
        Assert.Equal("denied", (await silos.Approval(0, approval).Decide(No, Reviewer)).Value!.Status);
        Assert.Equal(("DENY", "DENIED_BY_REVIEWER"), (TwoSilos.DecisionOf(await parked), FirstReason(await parked)));
        var again = await silos.Scan(0, key, "https://pay.corp/park-two", """{"n":1}""");
        Assert.Equal(("DENY", "RECENT_DENIAL"), (TwoSilos.DecisionOf(again), FirstReason(again)));
        Assert.Equal("REQUIRE_APPROVAL", await silos.Decision(0, key, "https://pay.corp/park-two", """{"n":2}"""));
    }

    [Fact]
    public async Task A_parked_caller_hears_that_nobody_answered()
    {
        var approval = await silos.Opened(TimeSpan.FromMilliseconds(400));
        var status = (await silos.Approval(1, approval).Status(TimeSpan.FromSeconds(30))).Value!;
        Assert.Equal(("expired", "APPROVAL_EXPIRED", (string?)null), (status.Status, status.Reason, status.DecidedBy));
        Assert.Equal("Nobody answered in time.", status.Detail);
        var late = (await silos.Approval(0, approval).Decide(Yes, Reviewer)).Refusal!;
        Assert.Equal(("expired", "The approval has expired: nobody answered in time."), (late.Outcome, late.Detail));
    }

    [Fact]
    public async Task A_decision_past_this_cluster_is_seen_by_whoever_waits()
    {
        var approval = await silos.Opened(TimeSpan.FromMinutes(5));
        var parked = silos.Approval(1, approval).Status(TimeSpan.FromSeconds(30));
        var changed = await silos.Store().Change(new(silos.Tenant), new(approval), 1, new()
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
        await silos.Approval(0, approval).Decide(Yes, Reviewer);
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
        await silos.Approval(1, approval).Decide(Yes, Reviewer);
        var again = await silos.Scan(1, key, "https://pay.corp/hang-up", "{}");
        Assert.Equal(("ALLOW", "RECENT_APPROVAL_GRANT"), (TwoSilos.DecisionOf(again), FirstReason(again)));
    }

    [Fact]
    public async Task A_release_that_a_dead_silo_kept_to_itself_is_given_again()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("kept", "keep_one", "REQUIRE_APPROVAL");
        var call = new ScanCall(key, """{"method":"POST","url":"https://pay.corp/keep-one","agent_id":"agent","wait_ms":60000,"body":{}}"""u8.ToArray(), "127.0.0.1", null);
        var asked = await silos.On(0).GetGrain<IScanGrain>(GrainKeys.Key("any")).ScanPausing(call);
        Assert.Equal("REQUIRE_APPROVAL", TwoSilos.DecisionOf(asked));
        var approval = ApprovalOf(asked);
        Task<ScanReply?> Wait(int silo, int ms) =>
            silos.On(silo).GetGrain<IWaitingScanGrain>(GrainKeys.Waiting(Guid.CreateVersion7())).Wait(call, asked.Paused!, TimeSpan.FromMilliseconds(ms), isLast: false);
        Assert.Null(await Wait(0, 30));
        await silos.Approval(0, approval).Decide(Yes, Reviewer);
        var (first, second) = (await Wait(0, 60_000), await Wait(1, 60_000));
        Assert.Equal(("ALLOW", "APPROVED_BY_REVIEWER"), (TwoSilos.DecisionOf(first!), FirstReason(first!)));
        Assert.Equal(first!.Json, second!.Json);
        Assert.Equal(0, (await silos.Approval(1, approval).Detail()).Value!.UsesLeft);
    }
}
