namespace Interven.Grains.Ports;

/// <summary>Keys of minutes, limited in uses and scope. Uses are exact: a conditional statement takes one in the transaction of the record (<see cref="RecordAppend.UseKey"/>).</summary>
public interface IEphemeralKeyStore
{
    ValueTask<EphemeralKeyRow> Mint(NewEphemeralKey key, AuditRow audit, CancellationToken cancel = default);

    /// <summary>By the id in a presented key, before any tenant is known.</summary>
    ValueTask<EphemeralKeyRow?> Find(EphemeralKeyId key, CancellationToken cancel = default);

    /// <summary>Newest first; null status lists all.</summary>
    ValueTask<IReadOnlyList<EphemeralKeyRow>> List(TenantId tenant, EphemeralStatus? status, int limit, CancellationToken cancel = default);

    ValueTask<Changed<EphemeralKeyRow>> Revoke(TenantId tenant, EphemeralKeyId key, AuditRow audit, CancellationToken cancel = default);
}

/// <param name="Tenant">Owner.</param>
/// <param name="Key">Id.</param>
/// <param name="Parent">The key that minted it, and outlives it.</param>
/// <param name="Hash">HMAC-SHA-256 of the full key under the server's pepper.</param>
/// <param name="Prefix">First 16 characters of the key.</param>
/// <param name="ScopeJson"><c>{"tools":[…],"verbs":[…]}</c>.</param>
/// <param name="MaxUses">1 to 1000.</param>
/// <param name="Life">From now by the database's clock.</param>
/// <param name="Description">Free text.</param>
public sealed record NewEphemeralKey(
    TenantId Tenant, EphemeralKeyId Key, ApiKeyId Parent, byte[] Hash, string Prefix, string ScopeJson, int MaxUses, TimeSpan Life, string Description);

public sealed record EphemeralKeyRow(
    TenantId Tenant, EphemeralKeyId Key, ApiKeyId Parent, byte[] Hash, string Prefix, string ScopeJson, int MaxUses, int UsesLeft,
    DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, string Description, EphemeralStatus Status);

public enum EphemeralStatus : byte { Active, Expired, Exhausted, Revoked }
