using System.Diagnostics;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.GrainInterfaces.Scanning;
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
    public async Task Decisions_and_those_who_wait_do_not_wait_until_a_dead_silo_is_known_to_be_dead()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("outlived", "outlive_one", "REQUIRE_APPROVAL");
        var waiting = new List<(Task<ScanReply> Parked, Guid Approval)>();
        // Half of their grains are on the other silo, as chance has it.
        for (var n = 0; n < 8; n++)
            waiting.Add(await silos.ParkedScan(0, key, "outlive-one", n));
        await silos.Cluster.KillSiloAsync(silos.Cluster.Silos[1]);
        var killed = Stopwatch.StartNew();
        var desk = silos.On(0).GetGrain<IApprovalsGrain>(GrainKeys.Tenant(silos.Tenant));
        var words = await Task.WhenAll(waiting.Select(one => desk.Decide(one.Approval, PausedCalls.Yes, PausedCalls.Reviewer)));
        Assert.All(words, word => Assert.Equal("approved", word.Value?.Status));
        Assert.All(await Task.WhenAll(waiting.Select(one => one.Parked)), reply => Assert.Equal("ALLOW", TwoSilos.DecisionOf(reply)));
        Assert.True(killed.Elapsed < TimeSpan.FromSeconds(8), $"It took {killed.Elapsed}");
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
