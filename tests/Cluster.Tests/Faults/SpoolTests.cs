using Interven.Cluster.Tests.Checking;
using Interven.Cluster.Tests.Load;
using Interven.Cluster.Tests.Running;
using Interven.Storage.Tests.Harness;
using Xunit.Abstractions;

namespace Interven.Cluster.Tests.Faults;

/// <summary>R2: the disk of the spool is full while the store is out. What cannot be spooled is refused all the same, and afterwards everything goes on by itself.</summary>
[Trait("Category", "Slow")]
public sealed class SpoolTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_spool_that_is_full_permits_nothing_and_stops_nothing()
    {
        await using var cluster = await RunningCluster.Start(new() { Silos = 1, FrontEnds = 1 });
        using var load = new LoadClient(cluster.Doors, cluster.Key) { MostTries = 1 };
        Assert.True((await load.Settle(0, mostTries: 15)).IsDurable);
        int refused, spooled;
        await using (await Tmpfs.Over(cluster.Silos[0].Settings["INTERVEN_DATA"], kilobytes: 64))
        {
            using var over = new CancellationTokenSource();
            cluster.Postgres.Freeze();
            var running = load.Run(8, over.Token);
            await Eventually.Is(() => Task.FromResult(load.Journal.Count(one => one.Status == 200 && !one.IsDurable) > 300), "three hundred calls are refused", 60);
            cluster.Postgres.Thaw();
            await Eventually.Is(() => Task.FromResult(load.Journal.Count(one => one.IsDurable) > 100), "scans are decided again", 60);
            await over.CancelAsync();
            await running;
            refused = load.Journal.Count(one => one.Status == 200 && !one.IsDurable);
            await Eventually.Is(async () => await Recorded(cluster) > 0, "what found room is recorded", 60);
            spooled = await Recorded(cluster);
        }
        Figures.Report(output, "R2 disk of the spool full (64 KB) while Postgres is frozen", $"0 permitted of {refused} refused; {spooled} of them found room and were recorded afterwards");
        Assert.True(spooled < refused, "The disk was never full");
        Assert.Empty(await Evidence.Check(cluster, load.Journal));

        // With room again the next outage is spooled as ever.
        cluster.Postgres.Freeze();
        await Eventually.Is(async () => !(await load.Settle(1_000_000, mostTries: 1)).IsDurable, "the store is out");
        cluster.Postgres.Thaw();
        await Eventually.Is(async () => await Recorded(cluster) > spooled, "its refusal is recorded", 60);
    }

    static async Task<int> Recorded(RunningCluster cluster) => (int)(await cluster.Rows("SELECT count(*) FROM decision_records WHERE kind = 'refused'", row => row.GetInt64(0)))[0];
}
