using System.Diagnostics;
using System.Globalization;
using Interven.Cluster.Tests.Checking;
using Interven.Cluster.Tests.Load;
using Interven.Cluster.Tests.Running;
using Interven.Storage.Tests.Harness;
using Xunit.Abstractions;

namespace Interven.Cluster.Tests.Faults;

/// <summary>Front ends that run already send a silo that comes its share, though each of their connections stands.</summary>
[Trait("Category", "Slow")]
public sealed class ScaleTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_silo_that_is_added_takes_its_share_within_a_minute()
    {
        await using var cluster = await RunningCluster.Start(new() { Silos = 1, FrontEnds = 1 });
        using var load = new LoadClient(cluster.Doors, cluster.Key) { Pause = TimeSpan.FromMilliseconds(5) };
        using var over = new CancellationTokenSource();
        var running = load.Run(32, over.Token);
        await Eventually.Is(() => Task.FromResult(load.Journal.Count(one => one.IsDurable) > 500), "scans are decided");
        cluster.Silos.Add(cluster.MakeSilo(2).Start());
        await cluster.Silos[1].Answers("/health/ready");
        var (came, share) = (Stopwatch.GetTimestamp(), 0.0);
        await Eventually.Is(async () => (share = await Share(cluster)) is > .2 and < .8, "the new silo decides its share", 90);
        var after = Stopwatch.GetElapsedTime(came);
        await over.CancelAsync();
        await running;
        Figures.Report(output, "A second silo is added under load", $"it decides {100 * share:F0} % of all scans {after.TotalSeconds:F0} s after it was ready; {load.Journal.Count(one => !one.IsDurable)} tries of {load.Journal.Count} refused ({load.Refusals})");
    }

    /// <summary>Of the scans of three seconds.</summary>
    static async Task<double> Share(RunningCluster cluster)
    {
        var before = await Task.WhenAll(cluster.Silos.Select(Decided));
        await Task.Delay(TimeSpan.FromSeconds(3));
        var after = await Task.WhenAll(cluster.Silos.Select(Decided));
        return (after[1] - before[1]) / (after.Sum() - before.Sum());
    }

    static async Task<double> Decided(Node silo) => (await silo.Get("/metrics")).Split('\n')
        .Where(line => line.StartsWith("interven_scans_total", StringComparison.Ordinal)).Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
}
