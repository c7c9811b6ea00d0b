using System.Collections.Concurrent;
using Interven.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Keys;

/// <summary>Counts scans by key and hour, and writes the sums every few seconds: counters may lose the last seconds of a killed silo, records never do.</summary>
public sealed partial class KeyUseCounts(IKeyStore keys, TimeProvider clock, ILogger<KeyUseCounts> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    ConcurrentDictionary<(TenantId Tenant, string Key, long Hour), Sum> sums = new();

    public void Used(KeySnapshot key) => Interlocked.Increment(ref SumOf(key).Calls);

    /// <summary>A call that was refused for its address.</summary>
    public void Blocked(KeySnapshot key) => Interlocked.Increment(ref SumOf(key).Blocked);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Flush();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Flush();
    }

    Sum SumOf(KeySnapshot key)
    {
        var now = clock.GetUtcNow();
        var sum = sums.GetOrAdd((key.Tenant, key.CountedKeyId, now.ToUnixTimeSeconds() / 3600), static _ => new());
        sum.LastUsedAt = now;
        return sum;
    }

    async Task Flush()
    {
        if (sums.IsEmpty)
            return;
        var taken = Interlocked.Exchange(ref sums, new());
        try
        {
            await keys.CountUse([.. taken.Select(one => new KeyUse(
                one.Key.Tenant, new(one.Key.Key), DateTimeOffset.FromUnixTimeSeconds(one.Key.Hour * 3600), one.Value.Calls, one.Value.Blocked, one.Value.LastUsedAt))]);
        }
        catch (Exception e)
        {
            Lost(log, taken.Values.Sum(sum => sum.Calls), e.GetType().Name);
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "Use counters of {Calls} calls were not written: {Exception}")]
    static partial void Lost(ILogger logger, long calls, string exception);

    sealed class Sum
    {
        public long Calls;
        public long Blocked;
        public DateTimeOffset LastUsedAt;
    }
}
