using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Interven.Contracts;
using Interven.GrainInterfaces;
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

    /// <summary>Null when the call may go on, else why not, with the seconds to wait.</summary>
    public Refusal? Take(Admission admission)
    {
        if (options.RateLimitDisabled)
            return null;
        var refusal = Take(new Bucket("k/" + admission.CountedKeyId, admission.KeyPerMinute, frontEnds.Live), "this key")
            ?? (admission.TenantPerMinute is { } perMinute ? Take(new Bucket("t/" + admission.Tenant, perMinute, frontEnds.Live), "all keys of the tenant together") : null);
        if (refusal is not null)
            hits.AddOrUpdate(admission.Tenant, 1, static (_, calls) => calls + 1);
        return refusal;
    }

    /// <summary>Calls refused since this was asked last, by tenant.</summary>
    public IReadOnlyDictionary<Guid, int> TakeHits() => Interlocked.Exchange(ref hits, new());

    public void Dispose() => buckets.Dispose();

    Refusal? Take(Bucket bucket, string whose)
    {
        using var lease = buckets.AttemptAcquire(bucket);
        if (lease.IsAcquired)
            return null;
        var seconds = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
        return new(429, ReasonCodes.RateLimited, $"The limit is {bucket.PerMinute} calls a minute for {whose}.", RetryAfterSeconds: seconds);
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
