namespace Interven.Grains.Tenants;

/// <summary>Calls that were refused for their rate, by hour, for a day. Kept in memory: a hint for people, not evidence.</summary>
sealed class RateLimitHits(TimeProvider clock)
{
    const int Hours = 24;
    readonly long[] counts = new long[Hours];
    readonly long[] hours = new long[Hours];

    public void Add(int calls)
    {
        var hour = Now;
        var slot = hour % Hours;
        if (hours[slot] != hour)
            (hours[slot], counts[slot]) = (hour, 0);
        counts[slot] += calls;
    }

    public long LastDay() => counts.Where((_, slot) => hours[slot] > Now - Hours).Sum();

    long Now => clock.GetUtcNow().ToUnixTimeSeconds() / 3600;
}
