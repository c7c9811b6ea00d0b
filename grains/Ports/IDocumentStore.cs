namespace Interven.Grains.Ports;

/// <summary>
/// What a tenant keeps in small numbers and edits whole: channels, credentials, inbound routes, detectors, holds, custom tools. Each change is versioned,
/// audited and in the change log, in one transaction.
/// </summary>
public interface IDocumentStore
{
    ValueTask<TenantDocument?> Find(TenantId tenant, string kind, string id, CancellationToken cancel = default);

    /// <summary>By name.</summary>
    ValueTask<IReadOnlyList<TenantDocument>> List(TenantId tenant, string kind, CancellationToken cancel = default);

    /// <summary>Conflict where the id or the name is taken.</summary>
    ValueTask<Changed<TenantDocument>> Create(NewDocument document, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Conflict where it is no longer at <paramref name="expectedVersion"/>. Null <see cref="NewDocument.Sealed"/> keeps the sealed bytes.</summary>
    ValueTask<Changed<TenantDocument>> Update(NewDocument document, long expectedVersion, AuditRow audit, CancellationToken cancel = default);

    ValueTask<Changed<TenantDocument>> Delete(TenantId tenant, string kind, string id, AuditRow audit, CancellationToken cancel = default);
}

/// <param name="Tenant">Owner.</param>
/// <param name="Kind">E.g. <c>channel</c>.</param>
/// <param name="Id">Unique within the kind.</param>
/// <param name="Name">Unique within the kind.</param>
/// <param name="Json">Everything that is no secret.</param>
/// <param name="Sealed">Secrets, sealed by <see cref="ITenantVault"/>.</param>
public sealed record NewDocument(TenantId Tenant, string Kind, string Id, string Name, string Json, byte[]? Sealed = null);

public sealed record TenantDocument(NewDocument Document, long Version, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);
