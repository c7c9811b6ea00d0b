namespace Interven.Grains.Ports;

public interface ITenantStore
{
    /// <summary>Conflict where the id exists.</summary>
    ValueTask<Changed<TenantRow>> Create(TenantId tenant, string name, string settingsJson, Actor by, CancellationToken cancel = default);

    ValueTask<TenantRow?> Find(TenantId tenant, CancellationToken cancel = default);

    /// <summary>By name, at most <paramref name="limit"/>, after a name. For the operator only.</summary>
    ValueTask<IReadOnlyList<TenantRow>> List(string afterName, int limit, CancellationToken cancel = default);

    /// <summary>All tenants in the order of their ids, behind one: for upkeep only.</summary>
    ValueTask<IReadOnlyList<TenantRow>> Walk(TenantId after, int limit, CancellationToken cancel = default);

    /// <summary>Conflict where the settings are no longer at <paramref name="expectedVersion"/>.</summary>
    ValueTask<Changed<TenantRow>> UpdateSettings(TenantId tenant, long expectedVersion, string settingsJson, AuditRow audit, CancellationToken cancel = default);
}

/// <param name="Tenant">Id.</param>
/// <param name="Name">Display name.</param>
/// <param name="SettingsJson">The settings as JSON.</param>
/// <param name="Version">Counts changes of the settings, from 1.</param>
/// <param name="CreatedAt">By the database's clock.</param>
/// <param name="LastPrunedAt">End of the last retention run.</param>
public sealed record TenantRow(TenantId Tenant, string Name, string SettingsJson, long Version, DateTimeOffset CreatedAt, DateTimeOffset? LastPrunedAt);
