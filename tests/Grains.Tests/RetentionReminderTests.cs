using System.Text.Json;
using Interven.Engine.Evidence.Retention;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Storage;
using Interven.Storage.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Reminders;
using Orleans.Serialization;
using Orleans.TestingHost;

namespace Interven.Grains.Tests;

/// <summary>The daily run comes by Orleans' own reminder, on a clock that jumps: nobody calls the grain.</summary>
public sealed class RetentionReminderTests : IAsyncLifetime
{
    static readonly TimeSpan AfterCatchUp = TimeSpan.FromMinutes(3), Near = TimeSpan.FromMinutes(12);
    readonly JumpingClock clock = new();
    readonly string folder = Directory.CreateTempSubdirectory("interven-reminders-").FullName;
    InProcessTestCluster cluster = null!;

    public async Task InitializeAsync() => cluster = await Deploy();

    public async Task DisposeAsync()
    {
        await cluster.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact(Timeout = 180_000)]
    public async Task Every_day_the_reminder_prunes_and_what_was_missed_while_nothing_ran_is_made_up_for()
    {
        // Two tenants of one shard, whose time of day is not near.
        var (first, second) = (Tenant(), Tenant());
        while (RetentionShards.Of(second) != RetentionShards.Of(first))
            second = Tenant();
        foreach (var tenant in (TenantId[])[first, second])
            await Get<ITenantStore>().Create(tenant, "tenant " + tenant, JsonSerializer.Serialize(TenantSettings.Default, ContractJson.Default.TenantSettings), Actor.System);

        // A tenant that was never pruned is overdue: it is made up for soon after the start.
        await Append(second, days: 366);
        await Append(second, days: 300);
        await IsArmed(first);
        clock.Jump(AfterCatchUp);
        await Left(second, 1);

        // From then on the reminder alone: tomorrow, and the day after.
        for (var day = 1; day <= 2; day++)
        {
            await Append(second, days: 366 + day);
            var before = (await Get<ITenantStore>().Find(second))!.LastPrunedAt;
            // Orleans looks for reminders every few minutes and takes up those that are near: a silo that sleeps through one hears it the next day.
            // So the last minutes pass in steps that leave a busy machine the time to look.
            clock.Jump(RetentionShards.DueIn(RetentionShards.Of(second), clock.GetUtcNow()) - Near);
            await Eventually.Is(async () =>
            {
                clock.Jump(TimeSpan.FromSeconds(5));
                return (await Get<ITenantStore>().Find(second))!.LastPrunedAt > before;
            }, $"the run of day {day} is noted", seconds: 60);
            await Left(second, 1);
        }
        var audit = await Get<IAuditLog>().After(second, 0, new());
        Assert.Equal(["retention.begun", "retention.pruned", "retention.begun", "retention.pruned", "retention.begun", "retention.pruned"],
            audit.Select(row => row.Row.Action).Where(action => action.StartsWith("retention.", StringComparison.Ordinal)));
        Assert.All(audit.Where(row => row.Row.Action == "retention.pruned"), row => Assert.Contains("\"records\":1,", row.Row.After, StringComparison.Ordinal));

        // Three days without any silo. The other tenant had its run just now, and is left alone.
        await Append(second, days: 380);
        await cluster.DisposeAsync();
        clock.Jump(TimeSpan.FromDays(3));
        cluster = await Deploy();
        await Append(first, days: 380);
        await Get<IRetentionStore>().EndPruning(Run(first), clock.GetUtcNow(), _ => Run(first).Opening);
        var noted = (await Get<ITenantStore>().Find(first))!.LastPrunedAt;
        await IsArmed(first);
        clock.Jump(AfterCatchUp);
        await Left(second, 1);
        Assert.Equal(noted, (await Get<ITenantStore>().Find(first))!.LastPrunedAt);
        await Left(first, 1);
    }

    async Task<InProcessTestCluster> Deploy()
    {
        var storage = new StorageOptions { DataFolder = folder };
        await using (var installer = new ServiceCollection().AddIntervenStorage(storage).BuildServiceProvider())
            await installer.GetRequiredService<StorageInstaller>().Install();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((options, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, clock);
            silo.AddMemoryGrainStorageAsDefault().UseInMemoryReminderService();
            silo.Services.AddSerializer(serializer => serializer.AddContracts());
            silo.Services.AddIntervenStorage(storage);
            silo.Services.AddIntervenGrains();
            silo.Services.Configure<SiloLeaseOptions>(lease => lease.SiloName = options.SiloName);
        });
        // The silo's own grain factory asks; a client would look at the silo's age by another clock.
        builder.Options.InitializeClientOnDeploy = false;
        var deployed = builder.Build();
        await deployed.DeployAsync();
        return deployed;
    }

    T Get<T>() where T : notnull => cluster.Silos[0].ServiceProvider.GetRequiredService<T>();

    TenantId Tenant()
    {
        var tenant = new TenantId(Guid.CreateVersion7(clock.GetUtcNow()));
        return RetentionShards.DueIn(RetentionShards.Of(tenant), clock.GetUtcNow()) is { TotalHours: > 1 and < 23 } ? tenant : Tenant();
    }

    Task IsArmed(TenantId tenant)
    {
        var shard = Get<IGrainFactory>().GetGrain<IRetentionShardGrain>(GrainKeys.RetentionShard(RetentionShards.Of(tenant))).GetGrainId();
        return Eventually.Is(async () => await Get<IReminderTable>().ReadRow(shard, "daily") is not null, "the shard's reminder is set");
    }

    async Task Append(TenantId tenant, int days)
    {
        var trace = new TraceId(Guid.CreateVersion7(clock.GetUtcNow()));
        var row = new DecisionRow
        {
            Tenant = tenant, Trace = trace, Time = clock.GetUtcNow().AddDays(-days), Env = "production", KeyId = "kkkkkkkk", AgentId = "agent", AgentName = "Agent", Runtime = "",
            Tool = "slack", Operation = "post_message", Verb = Verb.Write, Decision = Decision.Allow, Band = RiskBand.Low, Score = 0,
            Canonical = [1], Hash = new byte[32], SealedBody = [],
        };
        await Eventually.Is(async () => await Get<IDecisionLog>().Append(new() { Row = row }) is CommitReply.Committed, "the record is committed");
    }

    Task Left(TenantId tenant, long records) =>
        Eventually.Is(async () => await Get<IDecisionReads>().Count(tenant, new()) == records, $"{records} records are left");

    DeletionRun Run(TenantId tenant) => new(Guid.CreateVersion7(clock.GetUtcNow()), new() { Tenant = tenant, Actor = Actor.System, Action = "retention.pruned", Target = "retention" });
}
