using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Interven.Grains.Tests;

/// <summary>A silo that slept through its lease and took a new one may have missed what changed in between.</summary>
public sealed class LeaseTermTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("interven-lease-").FullName;
    readonly SteppedClock clock = new();
    ServiceProvider services = null!;
    SiloLease lease = null!;

    public async Task InitializeAsync()
    {
        services = new ServiceCollection()
            .AddIntervenStorage(new StorageOptions { DataFolder = folder })
            .BuildServiceProvider();
        await services.GetRequiredService<StorageInstaller>().Install();
        lease = new(services.GetRequiredService<IChangeLog>(), services.GetRequiredService<ISiloLeases>(), [],
            Options.Create(new SiloLeaseOptions()), clock, NullLogger<SiloLease>.Instance);
    }

    public async Task DisposeAsync()
    {
        lease.Dispose();
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_begun_before_a_lease_was_lost_is_not_answered_under_the_next_one()
    {
        await lease.CatchUp(CancellationToken.None);
        var begun = lease.Term;
        Assert.True(lease.Holds(begun));

        clock.Step(TimeSpan.FromSeconds(20));
        Assert.False(lease.Holds(begun));

        await lease.CatchUp(CancellationToken.None);
        Assert.True(lease.IsValid);
        Assert.False(lease.Holds(begun));
        Assert.True(lease.Holds(lease.Term));
    }

    [Fact]
    public async Task A_lease_that_is_renewed_in_time_goes_on()
    {
        await lease.CatchUp(CancellationToken.None);
        var begun = lease.Term;
        for (var renewal = 0; renewal < 10; renewal++)
        {
            clock.Step(TimeSpan.FromSeconds(4));
            await lease.CatchUp(CancellationToken.None);
        }
        Assert.True(lease.Holds(begun));
    }

    [Fact]
    public async Task A_machine_that_was_suspended_has_no_lease_though_its_monotonic_clock_stood_still()
    {
        await lease.CatchUp(CancellationToken.None);
        clock.Suspend(TimeSpan.FromMinutes(5));
        Assert.False(lease.IsValid);
    }

    [Fact]
    public async Task How_far_the_clock_is_off_the_databases_is_known()
    {
        await lease.CatchUp(CancellationToken.None);
        var off = TimeProvider.System.GetUtcNow() - clock.GetUtcNow();
        Assert.InRange(lease.ClockSkew, off - TimeSpan.FromMinutes(1), off + TimeSpan.FromMinutes(1));
        Assert.True(lease.ClockSkew > TimeSpan.FromDays(1));
        Assert.InRange(lease.Now, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1), TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1));
    }

    sealed class SteppedClock : TimeProvider
    {
        DateTimeOffset utc = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public override DateTimeOffset GetUtcNow() => utc;

        public void Step(TimeSpan by) => (ticks, utc) = (ticks + by.Ticks, utc + by);

        public void Suspend(TimeSpan by) => utc += by;
    }
}
