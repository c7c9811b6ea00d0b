using System.Diagnostics;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Interven.Grains.Tests;

/// <summary>A silo that is gone, or cut off, holds a change up for as long as its lease, and decides nothing after that.</summary>
public sealed class LostSiloTests : IAsyncLifetime
{
    readonly TwoSilos silos = new();

    public Task InitializeAsync() => silos.InitializeAsync();

    public Task DisposeAsync() => silos.DisposeAsync();

    [Fact]
    public async Task A_change_waits_for_a_killed_silos_lease_and_not_longer()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("switch", "wire_money", "ALLOW");
        Assert.Equal("ALLOW", await silos.Decision(0, key, "https://pay.corp/wire-money", "{}"));
        await silos.Cluster.KillSiloAsync(silos.Cluster.Silos[1]);
        var taken = Stopwatch.StartNew();
        await silos.Apply("switch", "wire_money", "DENY");
        Assert.Equal("DENY", await silos.Decision(0, key, "https://pay.corp/wire-money", "{}"));
        Assert.True(taken.Elapsed < TwoSilos.LeaseLength + TimeSpan.FromSeconds(20), $"The change took {taken.Elapsed}");
    }

    [Fact]
    public async Task A_silo_that_cannot_follow_the_log_refuses_when_its_lease_is_over()
    {
        var key = (await silos.Mint()).Key;
        Assert.Equal("ALLOW", await silos.Decision(1, key, "https://corp.example/ping", "{}"));
        var services = silos.Cluster.Silos[1].ServiceProvider;
        var lease = services.GetRequiredService<SiloLease>();
        // Cut off: nobody renews any more, though the process and its database go on.
        await services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<LeaseKeeper>().Single().StopFollowing();
        await Eventually.Is(() => Task.FromResult(!lease.IsValid), "the lease is over");
        var refused = await silos.Scan(1, key, "https://corp.example/ping", "{}");
        Assert.Equal("DENY", TwoSilos.DecisionOf(refused));
        Assert.Contains("\"durable\":false", System.Text.Encoding.UTF8.GetString(refused.Json!), StringComparison.Ordinal);
        Assert.Equal("ALLOW", await silos.Decision(0, key, "https://corp.example/ping", "{}"));
        Assert.Equal(LogHealth.Available, services.GetRequiredService<IDecisionLog>().Health);
    }
}
