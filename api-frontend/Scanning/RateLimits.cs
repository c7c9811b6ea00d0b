using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Interven.GrainInterfaces.Scanning;

namespace Interven.ApiFrontend.Scanning;

/// <summary>
/// Token buckets per key and per tenant. Each process enforces its share (limit ÷ live front ends), so that the sum is the limit when load is
/// spread evenly; uneven load is cut somewhat earlier.
/// </summary>
sealed class RateLimits(FrontEndOptions options, FrontEndCount frontEnds) : IDisposable
{
    readonly PartitionedRateLimiter<Bucket> buckets = PartitionedRateLimiter.Create<Bucket, Bucket>(
        bucket => RateLimitPartition.GetTokenBucketLimiter(bucket, OptionsOf));

    ConcurrentDictionary<Guid, int> hits = new();

    /// <summary>Null when the call may go on, else the seconds to wait.</summary>
    public int? Take(Admission admission)
    {
        if (options.RateLimitDisabled)
            return null;
        var wait = Take(new Bucket("k/" + admission.CountedKeyId, admission.KeyPerMinute, frontEnds.Live))
            ?? (admission.TenantPerMinute is { } perMinute ? Take(new Bucket("t/" + admission.Tenant, perMinute, frontEnds.Live)) : null);
        if (wait is not null)
            hits.AddOrUpdate(admission.Tenant, 1, static (_, calls) => calls + 1);
        return wait;
    }

    /// <summary>Calls refused since this was asked last, by tenant.</summary>
    public IReadOnlyDictionary<Guid, int> TakeHits() => Interlocked.Exchange(ref hits, new());

    public void Dispose() => buckets.Dispose();

    int? Take(Bucket bucket)
    {
        using var lease = buckets.AttemptAcquire(bucket);
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
    }

    /// <summary>A bucket holds two minutes' worth, and fills about ten times a second, or token by token where that is slower.</summary>
    internal static TokenBucketRateLimiterOptions OptionsOf(Bucket bucket)
    {
        var perMinute = Math.Max(1, (double)bucket.PerMinute / bucket.Share);
        var tokens = Math.Max(1, (int)perMinute / 600);
        return new()
        {
            TokenLimit = (int)(2 * perMinute),
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromMinutes(tokens / perMinute),
            QueueLimit = 0,
            AutoReplenishment = true,
        };
    }

    /// <summary>The limit is part of the bucket's name, so that a changed setting makes a new bucket.</summary>
    internal readonly record struct Bucket(string Of, int PerMinute, int Share);
}
