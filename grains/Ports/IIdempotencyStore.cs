namespace Interven.Grains.Ports;

/// <summary>Answers that were given under an Idempotency-Key. Written only with their record, by <see cref="IDecisionLog"/>.</summary>
public interface IIdempotencyStore
{
    /// <summary>Null: never used, or longer ago than it is kept.</summary>
    ValueTask<StoredAnswer?> Find(TenantId tenant, string keyId, string idempotencyKey, CancellationToken cancel = default);

    /// <summary>Removes what is over; returns how many.</summary>
    ValueTask<int> DeleteExpired(int limit, CancellationToken cancel = default);
}
