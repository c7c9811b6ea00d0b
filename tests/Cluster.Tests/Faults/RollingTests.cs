using Interven.Cluster.Tests.Checking;
using Interven.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace Interven.Cluster.Tests.Faults;

/// <summary>R8: silos and front ends are restarted one after the other behind haproxy; and so they are when a new build takes an old one's place, and back.</summary>
[Trait("Category", "Slow")]
public sealed class RollingTests(ITestOutputHelper output)
{
    static readonly int Waiters = Figures.Of("INTERVEN_WAITERS", 6), Rolls = Figures.Of("INTERVEN_ROLLS", 1);

    [Fact]
    public async Task A_rolling_restart_fails_no_scan_and_loses_no_waiter()
    {
        await using var cluster = await RunningCluster.Start(new() { Haproxy = true });
        var seen = await Rolling.Of(cluster, node => node.Stop(), agents: 8, Waiters, [.. Enumerable.Repeat((Node node) => node, Rolls)]);
        Figures.Report(output, $"R8 {Rolls} rolling restarts of 2 silos and 2 front ends behind haproxy", seen.Words(Waiters * Rolls));
        await Holds(cluster, seen);
    }

    /// <summary><c>INTERVEN_OLD_BUILD</c> names a folder with <c>silo/</c> and <c>frontend/</c> of the earlier build (upgrade.sh makes it); without it, this build follows itself.</summary>
    [Fact]
    public async Task A_new_build_takes_an_old_ones_place_and_gives_it_back_with_what_was_stored()
    {
        var old = Environment.GetEnvironmentVariable("INTERVEN_OLD_BUILD");
        var (oldSilo, oldFrontEnd) = old is null ? (Places.Silo, Places.FrontEnd) : (Path.Combine(old, "silo"), Path.Combine(old, "frontend"));
        await using var cluster = await RunningCluster.Start(new() { Haproxy = true, SiloBuild = oldSilo, FrontEndBuild = oldFrontEnd });
        var seen = await Rolling.Of(cluster, node => node.Stop(), agents: 8, Waiters,
            node => node.Of(cluster.Silos.Contains(node) ? Places.Silo : Places.FrontEnd),
            node => node.Of(cluster.Silos.Contains(node) ? oldSilo : oldFrontEnd));
        Figures.Report(output, $"R8 upgrade and way back, old build {(old is null ? "= this one" : "another")}", seen.Words(Waiters * 2));
        await Holds(cluster, seen);
    }

    [Fact]
    public async Task A_kill_in_the_place_of_a_stop_is_caught()
    {
        await using var cluster = await RunningCluster.Start(new() { Haproxy = true });
        var seen = await Rolling.Of(cluster, async node =>
        {
            await node.Kill();
            return TimeSpan.Zero;
        }, agents: 16, waiters: 2, node => node);
        Figures.Report(output, "R8 mutant: kill -9 in the place of SIGTERM", $"caught: {seen.Words(2)}");
        Assert.NotEmpty(seen.Refused);
        Assert.Equal(0, seen.Lost);
    }

    static async Task Holds(RunningCluster cluster, Rolling seen)
    {
        Assert.Empty(seen.Failed);
        Assert.Equal(0, seen.Lost);
        Assert.True(seen.Stops.Max() < TimeSpan.FromSeconds(45), $"A stop took {seen.Stops.Max()}");
        Assert.Empty(await Evidence.Check(cluster, seen.Journal));
    }
}
