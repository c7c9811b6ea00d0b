using Interven.Cluster.Tests.Checking;
using Interven.Cluster.Tests.Load;
using Interven.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace Interven.Cluster.Tests.Faults;

/// <summary>R1: silos and the database are killed under load, and whoever has an answer has its one record.</summary>
[Trait("Category", "Slow")]
public sealed class KillTests(ITestOutputHelper output)
{
    static readonly int SiloKills = Figures.Of("INTERVEN_SILO_KILLS", 3), PostgresKills = Figures.Of("INTERVEN_POSTGRES_KILLS", 1);

    [Fact]
    public async Task No_answer_is_lost_or_doubled_over_killed_silos_and_databases()
    {
        await using var cluster = await RunningCluster.Start(new() { Silos = 3 });
        using var load = new LoadClient(cluster.Doors, cluster.Key) { MostTries = 4 };
        var restarts = await Under(load, agents: 24, () => KillInTurns(cluster, SiloKills, PostgresKills));
        await SendAgain(load);

        var found = await Evidence.Check(cluster, load.Journal);
        var answers = load.Journal.Count(one => one.IsDurable);
        Figures.Report(output, "R1 lost, doubled or contradicted records",
            $"{found.Count} of {answers} answers to {load.Sent} calls (tries: {load.Refusals}), {SiloKills} silos and {PostgresKills} databases killed; silo start to ready: most {restarts.DefaultIfEmpty().Max().TotalSeconds:F1} s");
        Assert.Empty(found);
        Assert.True(answers > 200, $"Only {answers} answers: nothing was tested");
    }

    [Fact]
    public async Task A_database_that_acknowledges_before_its_disk_does_is_caught()
    {
        await using var cluster = await RunningCluster.Start(new() { Silos = 1, FrontEnds = 1, Postgres = "synchronous_commit=off wal_writer_delay=10000" });
        using var load = new LoadClient(cluster.Doors, cluster.Key);
        await Under(load, agents: 16, () => KillInTurns(cluster, silos: 0, postgres: 2));
        var lost = (await Evidence.Check(cluster, load.Journal)).Count(one => one.StartsWith("lost", StringComparison.Ordinal));
        Figures.Report(output, "R1 mutant `synchronous_commit=off`", $"caught: {lost} of {load.Journal.Count(one => one.IsDurable)} answers had no record after 2 killed databases");
        Assert.NotEqual(0, lost);
    }

    [Fact]
    public async Task After_a_power_cut_silos_at_other_addresses_are_ready_soon()
    {
        await using var cluster = await RunningCluster.Start(new() { FrontEnds = 1 });
        foreach (var silo in cluster.Silos)
            await silo.Kill();
        cluster.Silos.AddRange([cluster.MakeSilo(3).Start(), cluster.MakeSilo(4).Start()]);
        var took = await Task.WhenAll(cluster.Silos[2].Answers("/health/ready", 90), cluster.Silos[3].Answers("/health/ready", 90));
        using var load = new LoadClient(cluster.Doors, cluster.Key);
        var answer = await load.Settle(1, mostTries: 20);
        Figures.Report(output, "Start to ready of two silos at new addresses after both others were killed", $"{took.Max().TotalSeconds:F1} s, then the first answer after {load.Journal.Count} tries");
        Assert.True(answer.IsDurable);
        Assert.True(took.Max() < TimeSpan.FromSeconds(45), $"It took {took.Max()}");
    }

    static async Task<List<TimeSpan>> KillInTurns(RunningCluster cluster, int silos, int postgres)
    {
        var chance = new Random(Figures.Seed);
        var order = Enumerable.Repeat(true, silos).Concat(Enumerable.Repeat(false, postgres)).ToArray();
        chance.Shuffle(order);
        var restarts = new List<TimeSpan>();
        foreach (var isSilo in order)
        {
            await Task.Delay(chance.Next(500, 2500));
            if (isSilo)
                restarts.Add(await KillSilo(cluster, chance));
            else
                await KillPostgres(cluster, chance);
        }
        await Task.Delay(1000);
        return restarts;
    }

    static async Task<TimeSpan> KillSilo(RunningCluster cluster, Random chance)
    {
        var silo = cluster.Silos[chance.Next(cluster.Silos.Count)];
        await silo.Kill();
        await Task.Delay(chance.Next(0, 1000));
        silo.Start();
        return await silo.Answers("/health/ready", 90);
    }

    static async Task KillPostgres(RunningCluster cluster, Random chance)
    {
        await cluster.Postgres.Kill();
        await Task.Delay(chance.Next(0, 1500));
        await cluster.Postgres.Boot();
        foreach (var silo in cluster.Silos)
            await silo.Answers("/health/ready", 60);
    }

    static async Task<T> Under<T>(LoadClient load, int agents, Func<Task<T>> faults)
    {
        using var over = new CancellationTokenSource();
        var running = load.Run(agents, over.Token);
        try
        {
            return await faults();
        }
        finally
        {
            await over.CancelAsync();
            await running;
        }
    }

    /// <summary>Every call once more with its key: what was answered must be answered alike, what was not is settled now.</summary>
    static async Task SendAgain(LoadClient load) => await Parallel.ForEachAsync(
        Enumerable.Range(1, load.Sent), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) => await load.Settle(number, mostTries: 10));
}
