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
    const int Waiters = 6;

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
        await Eventually.Is(async () => await Pending(cluster) == Waiters, "everybody waits");
        await Task.Delay(TimeSpan.FromSeconds(10));
        Assert.Equal(Waiters, await Pending(cluster));
        foreach (var approval in (await cluster.Admin(HttpMethod.Get, "/api/approvals?status=pending&limit=50")).GetProperty("items").EnumerateArray())
            await cluster.Admin(HttpMethod.Post, $"/api/approvals/{approval.GetProperty("approval_id").GetString()}/approve", new { note = "seen" });
        var lost = (await Task.WhenAll(waiting)).Count(released => !released);
        await over.CancelAsync();
        await running;

        var failed = load.Journal.GroupBy(one => one.Number).Count(call => !call.Last().IsDurable);
        Figures.Report(output, "One of two silos with a clock ten minutes ahead", $"{failed} scans failed after one retry ({load.Refusals}), of {load.Sent}; {lost} of {Waiters} waiters lost");
        Assert.Equal((0, 0), (failed, lost));
        Assert.Empty(await Evidence.Check(cluster, load.Journal));
    }

    /// <summary>Of the package `faketime`, which test.sh installs.</summary>
    static string Library => Directory.GetDirectories("/usr/lib", "faketime", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }).Select(folder => Path.Combine(folder, "libfaketimeMT.so.1")).First();

    static async Task<long> Pending(RunningCluster cluster) => (await cluster.Rows("SELECT count(*) FROM approvals WHERE state = 0", row => row.GetInt64(0)))[0];
}
