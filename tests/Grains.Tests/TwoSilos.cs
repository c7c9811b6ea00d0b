using System.Text;
using System.Text.Json;
using Interven.Contracts.Access;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.GrainInterfaces.Scanning;
using Interven.GrainInterfaces.Tenants;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Storage;
using Interven.Storage.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.TestingHost;

namespace Interven.Grains.Tests;

/// <summary>Two silos over one Postgres, as in production but for the sockets. Each silo is asked through its own grain factory, so that its own memory answers.</summary>
public sealed class TwoSilos : IAsyncLifetime
{
    /// <summary>Short, so that a killed silo's lease is waited for in a test's time.</summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(3);

    readonly string folder = Directory.CreateTempSubdirectory("interven-silos-").FullName;

    public PostgresServer Postgres { get; private set; } = null!;

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public Guid Tenant { get; private set; }

    public async Task InitializeAsync()
    {
        Postgres = await PostgresServer.Start();
        var connection = await Postgres.CreateDatabase("interven");
        StorageOptions Storage(string silo) => new()
        {
            Provider = StorageProvider.Postgres,
            ConnectionString = connection,
            DataFolder = Path.Combine(folder, silo),
            VaultKey = new string('a', 64),
        };
        await using (var installer = new ServiceCollection().AddIntervenStorage(Storage("installer")).BuildServiceProvider())
            await installer.GetRequiredService<StorageInstaller>().Install();

        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((options, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault().UseInMemoryReminderService();
            silo.Services.AddSerializer(serializer => serializer.AddContracts());
            silo.Services.AddIntervenStorage(Storage(options.SiloName));
            silo.Services.AddIntervenGrains();
            silo.Services.Configure<SiloLeaseOptions>(lease => (lease.SiloName, lease.Length, lease.Margin) = (options.SiloName, LeaseLength, TimeSpan.FromMilliseconds(300)));
        });
        builder.ConfigureClient(client => client.Services.AddSerializer(serializer => serializer.AddContracts()));
        Cluster = builder.Build();
        await Cluster.DeployAsync();
        Tenant = (await On(0).GetGrain<IOperatorGrain>(GrainKeys.Singleton).CreateFirstTenant(Actor.System)).Value!.Tenant;
        // Somebody besides the first admin who may approve: without one duties are not apart.
        await Cluster.Silos[0].ServiceProvider.GetRequiredService<IServiceAccountStore>().Create(
            new(new(Tenant), new("reviewer"), "another reviewer", new byte[32], Roles.Reviewer, []), new() { Tenant = new(Tenant), Actor = Actor.System, Action = "service_account.created", Target = "service_account/reviewer" });
        var key = (await Mint("first")).Key;
        foreach (var silo in (int[])[0, 1])
            await Eventually.Is(async () => await Decision(silo, key, "https://corp.example/ping", "{}") == "ALLOW", $"silo {silo} decides");
    }

    public async Task DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await Postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public IGrainFactory On(int silo) => Cluster.Silos[silo].ServiceProvider.GetRequiredService<IGrainFactory>();

    public ITenantGrain TenantGrain => On(0).GetGrain<ITenantGrain>(GrainKeys.Tenant(Tenant));

    public async Task<MintedKey> Mint(string name = "test", IReadOnlyList<string>? allowlist = null) =>
        (await TenantGrain.MintKey(new(name, allowlist, Scopes: KeyScopes.All), Actor.System)).Value!;

    public Task<ScanReply> Scan(
        int silo, string key, string url, string body, string agent = "agent", string? idempotencyKey = null, int waitMs = 0, CancellationToken hungUp = default)
    {
        var json = $$"""{"method":"POST","url":"{{url}}","agent_id":"{{agent}}","wait_ms":{{waitMs}},"body":{{body}}}""";
        var call = new ScanCall(key, Encoding.UTF8.GetBytes(json), "127.0.0.1", idempotencyKey);
        return waitMs > 0
            ? On(silo).GetGrain<IWaitingScanGrain>(GrainKeys.Waiting(Guid.CreateVersion7())).Scan(call, hungUp)
            : On(silo).GetGrain<IScanGrain>(GrainKeys.Key(KeyFormat.TryParse(key, out var parsed) ? parsed.Id : "none")).Scan(call);
    }

    public async Task<string> Decision(int silo, string key, string url, string body, string agent = "agent") =>
        DecisionOf(await Scan(silo, key, url, body, agent));

    /// <summary>Returns when exactly so many callers are parked on the approval.</summary>
    public Task Parked(Guid approval, int callers = 1) => Eventually.Is(
        async () => (await On(0).GetGrain<IApprovalGrain>(GrainKeys.Approval(Tenant, approval)).Detail()).Value!.Waiting == callers, $"{callers} wait");

    public static string DecisionOf(ScanReply reply)
    {
        if (reply.Json is null)
            return reply.Refusal!.Reason;
        using var json = JsonDocument.Parse(reply.Json);
        return json.RootElement.GetProperty("decision").GetString()!;
    }

    public async Task Apply(string name, string tool, string action, string modifiers = "")
    {
        var document = $$"""{"name":"{{name}}","rules":[{"match":{"tool_name":"custom_proxy","operations":["{{tool}}"]},"action":"{{action}}"{{modifiers}}}]}""";
        Assert.Null((await TenantGrain.ApplyPolicy(Encoding.UTF8.GetBytes(document), Actor.System)).Refusal);
    }
}
