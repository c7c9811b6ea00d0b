using System.Diagnostics;
using Interven.Cluster.Tests.Checking;
using Interven.Cluster.Tests.Load;
using Interven.Cluster.Tests.Running;
using Interven.Storage.Tests.Harness;
using Npgsql;
using Xunit.Abstractions;

namespace Interven.Cluster.Tests.Faults;

/// <summary>R2: while the database is frozen, gone, full or behind a bad wire nothing is permitted, refusals come at once, and they are recorded later.</summary>
[Trait("Category", "Slow")]
public sealed class OutageTests(ITestOutputHelper output)
{
    static readonly TimeSpan Length = TimeSpan.FromSeconds(Figures.Of("INTERVEN_OUTAGE_SECONDS", 6));

    [Fact]
    public async Task A_frozen_database_permits_nothing()
    {
        await using var cluster = await RunningCluster.Start(new());
        await Suffer(cluster, "Postgres frozen (SIGSTOP)", () => Done(cluster.Postgres.Freeze), () => Done(cluster.Postgres.Thaw));
    }

    [Fact]
    public async Task A_killed_database_permits_nothing()
    {
        await using var cluster = await RunningCluster.Start(new());
        await Suffer(cluster, "Postgres killed", cluster.Postgres.Kill, cluster.Postgres.Boot);
    }

    [Fact]
    public async Task A_database_behind_a_wire_that_hangs_permits_nothing()
    {
        var wires = new Wires();
        await using var cluster = await RunningCluster.Start(new() { Route = (_, connection) => wires.Route(connection) });
        await Suffer(cluster, "wire to Postgres hangs", () => Done(() => wires.Set(Wire.Hangs)), () => Done(() => wires.Set(Wire.Whole)));
        await wires.DisposeAsync();
    }

    [Fact]
    public async Task A_database_whose_disk_is_full_permits_nothing()
    {
        await using var cluster = await RunningCluster.Start(new() { Postgres = "min_wal_size=32MB max_wal_size=32MB wal_recycle=off wal_init_zero=on" });
        await using var disk = await SmallDisk.Under(cluster.Postgres, megabytes: 128);
        foreach (var silo in cluster.Silos)
            await silo.Answers("/health/ready");
        await Suffer(cluster, "disk of the write-ahead log full", async () =>
        {
            await disk.Fill();
            // The segment in hand has room still; the next one has none.
            await Eventually.Is(async () => !await Switches(cluster), "the log is full");
        }, disk.Clear);
    }

    [Fact]
    public async Task Resets_and_delays_lose_and_permit_nothing()
    {
        var wires = new Wires();
        await using var cluster = await RunningCluster.Start(new() { Route = (_, connection) => wires.Route(connection) });
        using var load = new LoadClient(cluster.Doors, cluster.Key) { MostTries = 10 };
        using var over = new CancellationTokenSource();
        var running = load.Run(8, over.Token);
        var chance = new Random(Figures.Seed);
        for (var fault = 0; fault < Figures.Of("INTERVEN_WIRE_FAULTS", 20); fault++)
        {
            await Task.Delay(chance.Next(50, 500));
            if (chance.Next(3) > 0)
                wires.Reset();
            else
            {
                wires.Set(Wire.Slow);
                await Task.Delay(chance.Next(200, 1500));
                wires.Set(Wire.Whole);
            }
        }
        await over.CancelAsync();
        await running;
        foreach (var silo in cluster.Silos)
            await silo.Answers("/health/ready");
        var found = await Evidence.Check(cluster, load.Journal);
        Figures.Report(output, "R1 resets and 100 ms delays between silos and Postgres", $"{found.Count} lost, doubled or contradicted of {load.Journal.Count(one => one.IsDurable)} answers");
        Assert.Empty(found);
        await wires.DisposeAsync();
    }

    async Task Suffer(RunningCluster cluster, string what, Func<Task> begin, Func<Task> end)
    {
        using var load = new LoadClient(cluster.Doors, cluster.Key) { MostTries = 1, Pause = TimeSpan.FromMilliseconds(20) };
        using var over = new CancellationTokenSource();
        var running = load.Run(8, over.Token);
        await Eventually.Is(() => Task.FromResult(load.Journal.Count(one => one.IsDurable) > 100), "scans are decided");
        await begin();
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(Length);
        var ended = Stopwatch.GetTimestamp();
        await end();
        await Eventually.Is(() => Task.FromResult(load.Journal.Any(one => one.SentAt > ended && one.IsDurable)), "scans are decided again", 60);
        await Task.Delay(500);
        await over.CancelAsync();
        await running;

        var seen = Outage.Of(load.Journal, began, ended);
        var refused = load.Journal.Count(one => one.Status == 200 && !one.IsDurable);
        long recorded = 0;
        // Not all: once a silo's lease is over it does not even read the calls that it refuses.
        await Eventually.Is(async () => (recorded = await Recorded(cluster)) > refused / 4, $"many of {refused} refusals ({load.Refusals}) are recorded afterwards", 60);
        Figures.Report(output, $"R2 {what}, {Length.TotalSeconds} s",
            $"{seen.Permissive} permitted of {refused} refused, {recorded} or more of them recorded afterwards; first refusal {seen.FirstRefusal.TotalMilliseconds:F0} ms, longest answer {seen.Longest.TotalMilliseconds:F0} ms, later p99 {seen.LaterP99.TotalMilliseconds:F0} ms, back after {seen.Recovery.TotalMilliseconds:F0} ms");
        Assert.Equal(0, seen.Permissive);
        Assert.True(seen.FirstRefusal < TimeSpan.FromSeconds(2), $"The first refusal took {seen.FirstRefusal}");
        Assert.True(seen.Longest < TimeSpan.FromSeconds(4), $"An answer took {seen.Longest}");
        Assert.Empty(await Evidence.Check(cluster, load.Journal));
    }

    static async Task<long> Recorded(RunningCluster cluster) =>
        (await cluster.Rows("SELECT count(*) FROM decision_records WHERE kind = 'refused'", row => row.GetInt64(0)))[0];

    static async Task<bool> Switches(RunningCluster cluster)
    {
        try
        {
            await cluster.Rows("SELECT pg_switch_wal()", _ => 0);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    /// <summary>One wire for each silo.</summary>
    sealed class Wires : IAsyncDisposable
    {
        readonly List<FaultyWire> all = [];

        public string Route(string connection)
        {
            var settings = new NpgsqlConnectionStringBuilder(connection);
            all.Add(new FaultyWire(settings.Port));
            settings.Port = all[^1].Port;
            return settings.ConnectionString;
        }

        public void Set(Wire wire) => all.ForEach(one => one.Set(wire));

        public void Reset() => all.ForEach(one => one.Reset());

        public async ValueTask DisposeAsync()
        {
            foreach (var wire in all)
                await wire.DisposeAsync();
        }
    }
}
