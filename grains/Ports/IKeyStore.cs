namespace Interven.Grains.Ports;

/// <summary>Long-lived API keys. Only a keyed hash of the secret is kept.</summary>
public interface IKeyStore
{
    ValueTask<Changed<ApiKeyRow>> Mint(NewApiKey key, AuditRow audit, CancellationToken cancel = default);

    /// <summary>By the id in a presented key, before any tenant is known; the row names its tenant. Compare the hash before believing anything.</summary>
    ValueTask<ApiKeyRow?> Find(ApiKeyId key, CancellationToken cancel = default);

    /// <summary>Newest first, with their counters.</summary>
    ValueTask<IReadOnlyList<ListedApiKey>> List(TenantId tenant, CancellationToken cancel = default);

    ValueTask<Changed<ApiKeyRow>> Patch(TenantId tenant, ApiKeyId key, ApiKeyPatch patch, AuditRow audit, CancellationToken cancel = default);

    ValueTask<Changed<ApiKeyRow>> Revoke(TenantId tenant, ApiKeyId key, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Mints the new key and lets the old one end after the overlap, in one transaction. Two change-log rows; the reply names the last.</summary>
    ValueTask<Changed<ApiKeyRow>> Rotate(TenantId tenant, ApiKeyId old, NewApiKey replacement, TimeSpan overlap, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Adds what was counted since the last time. No audit, no change log.</summary>
    ValueTask CountUse(IReadOnlyList<KeyUse> uses, CancellationToken cancel = default);
}

public sealed record NewApiKey
{
    public required TenantId Tenant { get; init; }
    public required ApiKeyId Key { get; init; }
    public required string Name { get; init; }

    /// <summary>HMAC-SHA-256 of the full key under the server's pepper.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>First 16 characters of the key.</summary>
    public required string Prefix { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = ["scan"];

    /// <summary>CIDRs; empty lets every address in.</summary>
    public IReadOnlyList<string> Allowlist { get; init; } = [];

    public string? DefaultAgentId { get; init; }
    public string? Env { get; init; }
    public bool ErrorsAsDeny { get; init; }
    public string Description { get; init; } = "";

    /// <summary>Id of who minted it; cannot approve its calls.</summary>
    public required string CreatedBy { get; init; }
}

public sealed record ApiKeyRow
{
    public required NewApiKey Key { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>End of a rotation's overlap.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Counts changes, from 1.</summary>
    public required long Version { get; init; }
}

public sealed record ListedApiKey(ApiKeyRow Key, DateTimeOffset? LastUsedAt, long BlockedAttempts, long CallsInDay);

/// <summary>Null leaves as it is; for <see cref="DefaultAgentId"/> and <see cref="Env"/> the empty string takes away.</summary>
public sealed record ApiKeyPatch
{
    public string? Name { get; init; }
    public IReadOnlyList<string>? Allowlist { get; init; }
    public string? DefaultAgentId { get; init; }
    public string? Env { get; init; }
    public bool? ErrorsAsDeny { get; init; }
    public string? Description { get; init; }
}

/// <summary>Calls of one key within one hour since the last flush.</summary>
/// <param name="Tenant">Owner.</param>
/// <param name="Key">The key.</param>
/// <param name="Hour">Full hour, UTC.</param>
/// <param name="Calls">Admitted.</param>
/// <param name="Blocked">Refused by the allowlist.</param>
/// <param name="LastUsedAt">Newest call.</param>
public sealed record KeyUse(TenantId Tenant, ApiKeyId Key, DateTimeOffset Hour, long Calls, long Blocked, DateTimeOffset LastUsedAt);
