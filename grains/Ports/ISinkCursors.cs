namespace Interven.Grains.Ports;

/// <summary>How far each sink is. A cursor moves by one conditional statement, so that of two senders one loses.</summary>
public interface ISinkCursors
{
    /// <summary>Makes the sink's document and its cursor, at the tenant's newest record: nothing that is committed later is missed. Conflict: there is one of this name.</summary>
    ValueTask<Changed<TenantDocument>> Create(Guid sink, NewDocument document, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Removes the sink's document and its cursor.</summary>
    ValueTask<Changed<TenantDocument>> Delete(TenantId tenant, Guid sink, string kind, AuditRow audit, CancellationToken cancel = default);

    ValueTask<SinkCursor?> Find(TenantId tenant, Guid sink, CancellationToken cancel = default);

    /// <summary>False: another sender has moved it meanwhile.</summary>
    ValueTask<bool> Advance(TenantId tenant, Guid sink, long from, long to, int delivered, CancellationToken cancel = default);

    /// <summary>Notes that a try failed; it is tried again.</summary>
    ValueTask Failed(TenantId tenant, Guid sink, string reason, CancellationToken cancel = default);

    /// <summary>Pauses, or sets going again, with its audit row. False: it was so before, or there is none.</summary>
    ValueTask<bool> SetPaused(TenantId tenant, Guid sink, bool paused, string reason, AuditRow audit, CancellationToken cancel = default);
}

/// <param name="Seq">Number of the last record delivered.</param>
/// <param name="Delivered">How many were.</param>
/// <param name="IsPaused">Nothing is sent.</param>
/// <param name="Reason">Why it is paused, or why the last try failed.</param>
/// <param name="Failures">Tries that failed in a row.</param>
public sealed record SinkCursor(long Seq, long Delivered, bool IsPaused, string Reason, int Failures);
