using Interven.Cluster.Tests.Checking;
using Interven.Cluster.Tests.Load;
using Interven.Cluster.Tests.Running;
using Interven.Storage.Tests.Harness;
using Xunit.Abstractions;

namespace Interven.Cluster.Tests.Faults;

/// <summary>A silo whose clock is ten minutes ahead: it says so, and nothing ends early or is lost.</summary>
[Trait("Category", "Slow")]
public sealed class ClockTests(ITestOutputHelper output)
{
    const int Waiters = 6, Lent = 12;

    /// <summary>States of approvals as their rows have them.</summary>
    const int Pending = 0, Expired = 3;

    /// <summary>Shorter than the clocks are off: whoever went by them would end it at once.</summary>
    const string Wires = """{"name":"wires","rules":[{"match":{"tool_name":"custom_proxy","operations":["wire_money"]},"action":"REQUIRE_APPROVAL","approval_ttl_seconds":120}]}""";

    [Fact]
    public async Task A_silo_whose_clock_is_off_says_so_and_harms_nobody()
    {
        await using var cluster = await RunningCluster.Start(new() { Silos = 1 });
        var silo = cluster.MakeSilo(2, settings => (settings["LD_PRELOAD"], settings["FAKETIME"], settings["FAKETIME_DONT_FAKE_MONOTONIC"]) = (Library, "+600s", "1")).Start();
        cluster.Silos.Add(silo);
        await Eventually.Is(async () => (await (await cluster.Http.GetAsync(silo.Url + "/health/ready")).Content.ReadAsStringAsync()).Contains("clock", StringComparison.Ordinal), $"{silo.Name} says that its clock is off; it said:\n{silo.Output}", 60);

        await cluster.Apply(Wires);
        using var load = new LoadClient(cluster.Doors, cluster.Key) { Pause = TimeSpan.FromMilliseconds(5) };
        using var over = new CancellationTokenSource();
        var running = load.Run(8, over.Token);
        var waiting = Enumerable.Range(0, Waiters).Select(number => Waiter.Wait(cluster.Http, cluster.Doors[number % 2], cluster.Key, number)).ToList();
        await Eventually.Is(async () => await InState(cluster, Pending) == Waiters, "everybody waits");
        // Longer than a sweep of whoever goes by the wrong clock would take.
        await Task.Delay(TimeSpan.FromSeconds(10));
        var early = await InState(cluster, Expired);
        var released = Task.WhenAll(waiting);
        while (!released.IsCompleted)
        {
            foreach (var approval in (await cluster.Admin(HttpMethod.Get, "/api/approvals?status=pending&limit=50")).GetProperty("items").EnumerateArray())
                await cluster.Admin(HttpMethod.Post, $"/api/approvals/{approval.GetProperty("approval_id").GetString()}/approve", new { note = "seen" });
            await Task.WhenAny(released, Task.Delay(500));
        }
        var lost = (await released).Count(one => !one);
        await over.CancelAsync();
        await running;

        // A key of two minutes is over on a silo that goes by its own clock.
        var refused = 0;
        for (var lent = 0; lent < Lent; lent++)
        {
            var minted = await cluster.Call(cluster.Doors[lent % 2] + "/v1/keys/ephemeral", cluster.Key, HttpMethod.Post, new { ttl_seconds = 120, max_uses = 2 });
            using var borrower = new LoadClient(cluster.Doors, minted.GetProperty("key").GetString()!);
            refused += (await borrower.Settle(lent, mostTries: 2)).IsDurable ? 0 : 1;
        }

        var failed = load.Journal.GroupBy(one => one.Number).Count(call => !call.Last().IsDurable);
        Figures.Report(output, "One of two silos with a clock ten minutes ahead", $"{failed} scans failed after one retry ({load.Refusals}), of {load.Sent}; {lost} of {Waiters} waiters lost, {early} approvals ended early, {refused} of {Lent} keys of two minutes refused");
        Assert.Equal((0, 0, 0, 0), (failed, lost, early, refused));
        Assert.Empty(await Evidence.Check(cluster, load.Journal));
    }

    /// <summary>Of the package `faketime`, which test.sh installs.</summary>
    static string Library => Directory.GetDirectories("/usr/lib", "faketime", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }).Select(folder => Path.Combine(folder, "libfaketimeMT.so.1")).First();

    static async Task<long> InState(RunningCluster cluster, int state) =>
        (await cluster.Rows($"SELECT count(*) FROM approvals WHERE state = {state}", row => row.GetInt64(0)))[0];
}
