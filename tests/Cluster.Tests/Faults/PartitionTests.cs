using System.Net;
using Interven.Cluster.Tests.Checking;
using Interven.Cluster.Tests.Load;
using Interven.Cluster.Tests.Running;
using Interven.Storage.Tests.Harness;
using Npgsql;
using Xunit.Abstractions;

namespace Interven.Cluster.Tests.Faults;

/// <summary>
/// Two silos that do not hear each other while both reach the database: one is put out by the other, and no answer is lost or contradicted. Orleans
/// takes a silo for alive for 12 s after its last word, so shorter partitions put nobody out.
/// </summary>
[Trait("Category", "Slow")]
public sealed class PartitionTests(ITestOutputHelper output)
{
    static readonly int Partitions = Figures.Of("INTERVEN_PARTITIONS", 1), Seconds = Figures.Of("INTERVEN_PARTITION_SECONDS", 40);

    [Fact]
    public async Task Silos_that_are_parted_lose_and_contradict_nothing()
    {
        await using var network = await Network.Make(2);
        FaultyWire? wire = null;
        await using var cluster = await RunningCluster.Start(new()
        {
            Route = (_, connection) => Through(connection, network, ref wire),
            Network = network,
        });
        using var load = new LoadClient(cluster.Doors, cluster.Key) { MostTries = 6 };
        using var over = new CancellationTokenSource();
        var running = load.Run(8, over.Token);
        var ended = 0;
        await Eventually.Is(() => Task.FromResult(load.Journal.Count(one => one.IsDurable) > 200), "scans are decided");
        for (var partition = 0; partition < Partitions; partition++)
        {
            await network.Part(1, 2);
            await Task.Delay(TimeSpan.FromSeconds(Seconds));
            await network.Join(1, 2);
            foreach (var silo in cluster.Silos)
            {
                // Whoever was put out ends, and is started again by whoever runs it.
                if (!silo.IsRunning)
                {
                    ended++;
                    silo.Start();
                }
                await silo.Answers("/health/ready", 120);
            }
        }
        await over.CancelAsync();
        await running;
        var found = await Evidence.Check(cluster, load.Journal);
        Figures.Report(output, $"R1 {Partitions} partitions of {Seconds} s between two silos",
            $"{found.Count} lost, doubled or contradicted of {load.Journal.Count(one => one.IsDurable)} answers ({load.Refusals}); {ended} silos put out");
        Assert.Empty(found);
        await wire!.DisposeAsync();
    }

    [Fact]
    public async Task A_partition_that_meets_cold_caches_refuses_little()
    {
        await using var network = await Network.Make(2);
        FaultyWire? wire = null;
        await using var cluster = await RunningCluster.Start(new() { Route = (_, connection) => Through(connection, network, ref wire), Network = network });
        using var load = new LoadClient(cluster.Doors, cluster.Key);
        using var over = new CancellationTokenSource();
        await network.Part(1, 2);
        var running = load.Run(8, over.Token);
        await Task.Delay(TimeSpan.FromSeconds(10));
        await over.CancelAsync();
        await running;
        var (durable, refused) = (load.Journal.Count(one => one.IsDurable), load.Journal.Count(one => !one.IsDurable));
        Figures.Report(output, "Two silos that have just started are parted for 10 s", $"{durable} answers, {refused} tries refused ({load.Refusals})");
        Assert.True(durable > 50 * refused, $"{refused} of {durable + refused} tries were refused");
        await network.Join(1, 2);
        await wire!.DisposeAsync();
    }

    /// <summary>A silo whose machine stops without a word: its connections stand, and nothing comes back.</summary>
    [Fact]
    public async Task A_silo_that_falls_silent_costs_a_call_one_retry()
    {
        await using var cluster = await RunningCluster.Start(new());
        using var load = new LoadClient(cluster.Doors, cluster.Key) { Pause = TimeSpan.FromMilliseconds(10) };
        using var over = new CancellationTokenSource();
        var running = load.Run(8, over.Token);
        await Eventually.Is(() => Task.FromResult(load.Journal.Count(one => one.IsDurable) > 500), "scans are decided");
        cluster.Silos[1].Freeze();
        await Task.Delay(TimeSpan.FromSeconds(25));
        cluster.Silos[1].Thaw();
        await Task.Delay(TimeSpan.FromSeconds(5));
        await over.CancelAsync();
        await running;
        var failed = load.Journal.GroupBy(one => one.Number).Count(call => !call.Last().IsDurable);
        Figures.Report(output, "One of two silos frozen for 25 s (SIGSTOP)", $"{failed} scans failed after one retry ({load.Refusals}), of {load.Sent}; put out: {!cluster.Silos[1].IsRunning}");
        Assert.Equal(0, failed);
        Assert.Empty(await Evidence.Check(cluster, load.Journal));
    }

    /// <summary>The database listens on loopback alone.</summary>
    static string Through(string connection, Network network, ref FaultyWire? wire)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        wire ??= new(settings.Port, IPAddress.Parse(network.Gateway));
        (settings.Host, settings.Port) = (network.Gateway, wire.Port);
        return settings.ConnectionString;
    }
}
