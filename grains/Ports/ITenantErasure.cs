namespace Interven.Grains.Ports;

/// <summary>Takes a tenant off the installation. Begun in one transaction with its audit row; the rest goes in batches, and goes on after a crash.</summary>
public interface ITenantErasure
{
    /// <summary>Rows of the tenant by table.</summary>
    ValueTask<IReadOnlyDictionary<string, long>> Count(TenantId tenant, CancellationToken cancel = default);

    /// <summary>Removes the tenant's own row: with it nobody can use the tenant any more. The audit row is the operator's.</summary>
    ValueTask<Changed<TenantRow>> Begin(TenantId tenant, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Erases at most <paramref name="limit"/> rows of each table of a tenant whose erasure has begun; evidence too, through the database's prune function.</summary>
    ValueTask<IReadOnlyDictionary<string, long>> EraseSome(TenantId tenant, int limit, CancellationToken cancel = default);

    /// <summary>Notes that nothing is left; within a minute of the beginning it is too early for that, because counters that silos had in hand may still land.</summary>
    ValueTask End(TenantId tenant, CancellationToken cancel = default);

    /// <summary>Erasures that have begun and not ended.</summary>
    ValueTask<IReadOnlyList<TenantId>> Unfinished(CancellationToken cancel = default);
}
