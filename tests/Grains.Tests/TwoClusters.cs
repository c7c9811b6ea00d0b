using System.Text;
using System.Text.Json;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.GrainInterfaces.Scanning;
using Interven.GrainInterfaces.Tenants;
using Interven.Grains.Leases;
using Interven.Storage;
using Interven.Storage.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.TestingHost;

namespace Interven.Grains.Tests;

/// <summary>Two clusters that know nothing of each other over one Postgres: every grain is there twice, for good, as in a partition that never heals.</summary>
public class TwoClusters : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("interven-clusters-").FullName;
    readonly List<InProcessTestCluster> clusters = [];
    PostgresServer? postgres;

    public Guid Tenant { get; private set; }

    public string Connection { get; private set; } = "";

    public async Task InitializeAsync()
    {
        postgres = await PostgresServer.Start();
        Connection = await postgres.CreateDatabase("interven");
        await using (var installer = new ServiceCollection().AddIntervenStorage(Storage("installer")).BuildServiceProvider())
            await installer.GetRequiredService<StorageInstaller>().Install();
        for (var cluster = 0; cluster < 2; cluster++)
            clusters.Add(await Deploy(cluster));
        Tenant = (await On(0).GetGrain<IOperatorGrain>(GrainKeys.Singleton).CreateFirstTenant(Actor.System)).Value!.Tenant;
        var key = (await Mint()).Key;
        foreach (var cluster in (int[])[0, 1])
            await Eventually.Is(async () => TwoSilos.DecisionOf(await Scan(cluster, key, "https://corp.example/ping", "{}")) == "ALLOW", $"cluster {cluster} decides");
    }

    public async Task DisposeAsync()
    {
        foreach (var cluster in clusters)
            await cluster.DisposeAsync();
        await postgres!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public IServiceProvider Services(int cluster) => clusters[cluster].Silos[0].ServiceProvider;

    public IGrainFactory On(int cluster) => Services(cluster).GetRequiredService<IGrainFactory>();

    public IApprovalGrain Approval(int cluster, Guid approval) => On(cluster).GetGrain<IApprovalGrain>(GrainKeys.Approval(Tenant, approval));

    public ITenantGrain TenantGrain => On(0).GetGrain<ITenantGrain>(GrainKeys.Tenant(Tenant));

    public async Task<MintedKey> Mint() => (await TenantGrain.MintKey(new("test", Scopes: KeyScopes.All), Actor.System)).Value!;

    public async Task Ask(string operation, string modifiers = "")
    {
        var document = $$"""{"name":"{{operation}}","rules":[{"match":{"operations":["{{operation}}"]},"action":"REQUIRE_APPROVAL"{{modifiers}}}]}""";
        Assert.Null((await TenantGrain.ApplyPolicy(Encoding.UTF8.GetBytes(document), Actor.System)).Refusal);
    }

    public Task<ScanReply> Scan(int cluster, string key, string url, string body) => On(cluster).GetGrain<IScanGrain>(GrainKeys.Key("any")).Scan(
        new(key, Encoding.UTF8.GetBytes($$"""{"method":"POST","url":"{{url}}","agent_id":"agent","body":{{body}}}"""), "127.0.0.1", null));

    /// <summary>Opens the approval of a call of its own.</summary>
    public async Task<Guid> Open(int cluster, string key, string url, int n)
    {
        var call = $$"""{"n":{{n}},"call":"{{Guid.CreateVersion7()}}"}""";
        // A refusal for want of time on a busy machine is asked again, as clients do.
        for (var tries = 0; ; tries++)
        {
            using var json = JsonDocument.Parse((await Scan(cluster, key, url, call)).Json!);
            if (json.RootElement.TryGetProperty("approval_id", out var id) || tries == 20)
                return id.GetGuid();
        }
    }

    /// <summary>What a careless build would have in place of ours.</summary>
    protected virtual void Change(IServiceCollection services)
    {
    }

    async Task<InProcessTestCluster> Deploy(int number)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((options, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault().UseInMemoryReminderService();
            silo.Services.AddSerializer(serializer => serializer.AddContracts());
            silo.Services.AddIntervenStorage(Storage($"cluster-{number}"));
            silo.Services.AddIntervenGrains();
            silo.Services.Configure<SiloLeaseOptions>(lease => (lease.SiloName, lease.Length, lease.Margin) = ($"cluster-{number}", TwoSilos.LeaseLength, TimeSpan.FromMilliseconds(300)));
            Change(silo.Services);
        });
        builder.ConfigureClient(client => client.Services.AddSerializer(serializer => serializer.AddContracts()));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    StorageOptions Storage(string name) => new()
    {
        Provider = StorageProvider.Postgres,
        ConnectionString = Connection,
        DataFolder = Path.Combine(folder, name),
        VaultKey = new string('a', 64),
    };
}
