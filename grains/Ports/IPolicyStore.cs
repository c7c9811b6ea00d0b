namespace Interven.Grains.Ports;

/// <summary>Policies by name and environment, and their immutable versions.</summary>
public interface IPolicyStore
{
    /// <summary>Upsert on name and environment. The same content (by hash) makes no new version; a deleted policy comes back with a new one.</summary>
    ValueTask<Changed<PolicyRow>> Apply(PolicyDraft draft, AuditRow audit, CancellationToken cancel = default);

    /// <summary>All that are not deleted, with their newest content: what a tenant's policy set is compiled from.</summary>
    ValueTask<IReadOnlyList<PolicyRow>> All(TenantId tenant, CancellationToken cancel = default);

    ValueTask<PolicyRow?> Find(TenantId tenant, PolicyId policy, CancellationToken cancel = default);

    /// <summary><paramref name="env"/> null: the one for all environments.</summary>
    ValueTask<PolicyRow?> FindByName(TenantId tenant, string name, string? env, CancellationToken cancel = default);

    /// <summary>Newest first; of deleted policies too.</summary>
    ValueTask<IReadOnlyList<PolicyVersionRow>> Versions(TenantId tenant, PolicyId policy, CancellationToken cancel = default);

    ValueTask<PolicyVersionRow?> FindVersion(TenantId tenant, PolicyId policy, int version, CancellationToken cancel = default);

    /// <summary>How many records since then name each policy; those that none names are left out.</summary>
    ValueTask<IReadOnlyList<Contracts.Policies.PolicyHits>> Hits(TenantId tenant, DateTimeOffset since, CancellationToken cancel = default);

    ValueTask<Changed<PolicyRow>> SetEnabled(TenantId tenant, PolicyId policy, bool enabled, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Its versions stay readable.</summary>
    ValueTask<Changed<PolicyRow>> Delete(TenantId tenant, PolicyId policy, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Makes a new version with an old one's content.</summary>
    ValueTask<Changed<PolicyRow>> Restore(TenantId tenant, PolicyId policy, int version, string author, AuditRow audit, CancellationToken cancel = default);
}

/// <param name="Tenant">Owner.</param>
/// <param name="NewId">Id for the case that the policy is new.</param>
/// <param name="Name">Unique with <paramref name="Env"/>.</param>
/// <param name="Env">Null: all environments.</param>
/// <param name="Content">Canonical JSON of the document.</param>
/// <param name="ContentHash">SHA-256 of <paramref name="Content"/>.</param>
/// <param name="Enabled">Whether it decides.</param>
/// <param name="Author">Who is named in the version.</param>
public sealed record PolicyDraft(TenantId Tenant, PolicyId NewId, string Name, string? Env, byte[] Content, byte[] ContentHash, bool Enabled, string Author);

public sealed record PolicyRow(TenantId Tenant, PolicyId Policy, string Name, string? Env, bool Enabled, int Version, byte[] Content, byte[] ContentHash, DateTimeOffset ChangedAt);

public sealed record PolicyVersionRow(PolicyId Policy, int Version, byte[] Content, byte[] ContentHash, string Author, DateTimeOffset CreatedAt);
