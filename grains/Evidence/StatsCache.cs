using System.Collections.Concurrent;
using Interven.Contracts.Evidence;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>Statistics as this silo has last counted them: several people who look at one dashboard ask the database once.</summary>
sealed class StatsCache(IDecisionStats counts, TimeProvider clock)
{
    const int Most = 1000, Buckets = 60;
    readonly ConcurrentDictionary<(TenantId, TimeSpan), (DateTimeOffset Until, Task<DecisionStats> Stats)> remembered = new();

    public Task<DecisionStats> Of(TenantId tenant, TimeSpan? window, DateTimeOffset? since, DateTimeOffset? until)
    {
        var now = clock.GetUtcNow();
        if (window is not { } length)
            return Count(tenant, since ?? now.AddDays(-1), until ?? now);
        if (remembered.TryGetValue((tenant, length), out var known) && known.Until > now && !known.Stats.IsFaulted)
            return known.Stats;
        if (remembered.Count > Most)
            remembered.Clear();
        var fresh = Count(tenant, now - length, now);
        remembered[(tenant, length)] = (now + Life(length), fresh);
        return fresh;
    }

    async Task<DecisionStats> Count(TenantId tenant, DateTimeOffset since, DateTimeOffset until)
    {
        var bucket = StatsShape.BucketOf(until - since, Buckets);
        return StatsShape.Of(await counts.Totals(tenant, since, until, bucket), since, until, bucket);
    }

    /// <summary>A long stretch changes little and costs more.</summary>
    static TimeSpan Life(TimeSpan window) => TimeSpan.FromSeconds(window.TotalHours switch { <= 1 => 2, <= 24 => 10, _ => 60 });
}
