namespace Interven.Grains.Ports;

/// <summary>Answers that were given under an Idempotency-Key. Written only with their record, by <see cref="IDecisionLog"/>.</summary>
public interface IIdempotencyStore
{
    /// <summary>
    /// The answer, to be given to whoever repeats its request. From then on it stands: no refusal undoes its record any more. Null: never used, given back, or used
    /// longer ago than it is kept.
    /// </summary>
    ValueTask<StoredAnswer?> Tell(TenantId tenant, string keyId, string idempotencyKey, CancellationToken cancel = default);

    /// <summary>Removes what is over; returns how many.</summary>
    ValueTask<int> DeleteExpired(int limit, CancellationToken cancel = default);
}
