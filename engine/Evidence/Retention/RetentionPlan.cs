using Interven.Contracts;
using Interven.Contracts.Evidence;

namespace Interven.Engine.Evidence.Retention;

/// <summary>What a retention run may delete, as a function of settings, holds and the time.</summary>
/// <param name="Cutoff">What is older goes, unless a hold covers it.</param>
/// <param name="Holds">The scopes in force.</param>
public sealed record RetentionPlan(DateTimeOffset Cutoff, IReadOnlyList<HoldScope> Holds)
{
    /// <summary>Null where the tenant keeps everything.</summary>
    public static RetentionPlan? Of(TenantSettings settings, IEnumerable<LegalHold> holds, DateTimeOffset now) =>
        settings.RetentionDays is not { } days ? null : new(now.AddDays(-days), InForce(holds, now));

    /// <summary>The scopes of holds that have not ended.</summary>
    public static IReadOnlyList<HoldScope> InForce(IEnumerable<LegalHold> holds, DateTimeOffset now) => [.. holds.Where(hold => IsActive(hold.Until, now)).Select(hold => hold.Scope)];

    public static bool IsActive(DateTimeOffset? until, DateTimeOffset now) => until is null || until > now;
}

/// <summary>Tenants are pruned in 64 shards spread over the day, so that no hour has all the work.</summary>
public static class RetentionShards
{
    public const int Count = 64;

    /// <summary>A missed run is made up for once this has passed since the last one.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromHours(25);

    /// <summary>By the random end of the id, which does not follow the order in which tenants were made.</summary>
    public static int Of(TenantId tenant)
    {
        Span<byte> bytes = stackalloc byte[16];
        tenant.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        return bytes[15] % Count;
    }

    /// <summary>How long until the shard's time of day comes, at least a minute.</summary>
    public static TimeSpan DueIn(int shard, DateTimeOffset now)
    {
        var at = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + TimeSpan.FromDays(1) / Count * shard;
        return (at > now + TimeSpan.FromMinutes(1) ? at : at.AddDays(1)) - now;
    }

    public static bool IsOverdue(DateTimeOffset? lastPrunedAt, DateTimeOffset now) => lastPrunedAt is null || now - lastPrunedAt > Overdue;
}
