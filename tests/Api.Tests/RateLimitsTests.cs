using Interven.ApiFrontend.Scanning;
using Interven.GrainInterfaces.Scanning;

namespace Interven.Api.Tests;

public class RateLimitsTests
{
    static readonly Guid Tenant = Guid.CreateVersion7();

    [Fact]
    public void A_key_may_burst_two_minutes_worth_and_then_has_to_wait()
    {
        using var limits = Limits();
        Assert.All(Enumerable.Range(0, 12), _ => Assert.Null(limits.Take(Key("one", 6))));
        Assert.InRange(limits.Take(Key("one", 6))?.RetryAfterSeconds ?? 0, 1, 10);
    }

    [Fact]
    public void One_key_does_not_use_up_another_ones_limit()
    {
        using var limits = Limits();
        Assert.Equal(3, Enumerable.Range(0, 5).Count(_ => limits.Take(Key("one", 1)) is not null));
        Assert.Null(limits.Take(Key("two", 1)));
    }

    [Fact]
    public void The_tenants_limit_counts_over_all_its_keys()
    {
        using var limits = Limits();
        Assert.Equal(4, Enumerable.Range(0, 10).Count(number => limits.Take(Key("key " + number, 600, tenantPerMinute: 2)) is null));
        Assert.Contains("2 calls a minute for all keys", limits.Take(Key("another", 600, tenantPerMinute: 2))!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_raised_limit_counts_at_once()
    {
        using var limits = Limits();
        Assert.Equal(2, Enumerable.Range(0, 5).Count(_ => limits.Take(Key("one", 1)) is null));
        Assert.Null(limits.Take(Key("one", 2)));
    }

    [Fact]
    public void Ephemeral_keys_use_up_the_rate_of_the_key_that_minted_them()
    {
        using var limits = Limits();
        Assert.Equal(2, Enumerable.Range(0, 10).Count(number => limits.Take(Key("child " + number, 1, parent: "one")) is null));
        Assert.NotNull(limits.Take(Key("one", 1)));
    }

    [Fact]
    public void Refused_calls_are_counted_by_tenant_and_reported_once()
    {
        using var limits = Limits();
        foreach (var _ in Enumerable.Range(0, 5))
            limits.Take(Key("one", 1));
        Assert.Equal([new(Tenant, 3)], limits.TakeHits());
        Assert.Empty(limits.TakeHits());
    }

    [Fact]
    public void Measuring_may_switch_them_off()
    {
        using var limits = Limits(disabled: true);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(limits.Take(Key("one", 1))));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(599, 1)]
    [InlineData(600, 1)]
    [InlineData(900, 1)]
    [InlineData(1199, 1)]
    [InlineData(6000, 1)]
    [InlineData(6000, 7)]
    [InlineData(100_000, 3)]
    [InlineData(2, 5)]
    public void A_bucket_fills_as_fast_as_the_limit_says(int perMinute, int share)
    {
        var bucket = RateLimits.OptionsOf(new("k/one", perMinute, share));
        var wanted = Math.Max(1, (double)perMinute / share);
        var filled = bucket.TokensPerPeriod * (TimeSpan.FromMinutes(1) / bucket.ReplenishmentPeriod);
        Assert.InRange(filled, wanted * .99, wanted * 1.01);
        Assert.InRange(bucket.TokenLimit, Math.Floor(2 * wanted) - 1, 2 * wanted + 1);
    }

    static RateLimits Limits(bool disabled = false) => new(new(1024, disabled, true), new(null!, TimeProvider.System));

    static Admission Key(string id, int perMinute, int? tenantPerMinute = null, string? parent = null) =>
        new(id, Tenant, [], ["scan"], false, perMinute, tenantPerMinute, 2000, parent ?? id);
}
