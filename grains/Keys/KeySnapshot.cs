using System.Net;
using Interven.Contracts.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.Keys;

/// <summary>A key as a silo remembers it: enough to admit, refuse and scope a call. Ephemeral keys carry their parent's limits.</summary>
public sealed class KeySnapshot
{
    public required TenantId Tenant { get; init; }

    /// <summary>Id of the key that was presented.</summary>
    public required string KeyId { get; init; }

    /// <summary>The long-lived key that counters go to: itself, or an ephemeral key's parent.</summary>
    public required string CountedKeyId { get; init; }

    public required byte[] Hash { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required IReadOnlyList<string> AllowlistText { get; init; }
    public required IPNetwork[] Allowlist { get; init; }
    public required string DefaultAgentId { get; init; }
    public string? Env { get; init; }
    public bool ErrorsAsDeny { get; init; }
    public bool Revoked { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null for a long-lived key.</summary>
    public EphemeralScope? Scope { get; init; }

    public bool IsEphemeral => Scope is not null;

    /// <summary>Who minted it, for the separation of duties.</summary>
    public required string CreatedBy { get; init; }

    public bool IsAlive(DateTimeOffset now) => !Revoked && (ExpiresAt is not { } end || now < end);

    public bool Allows(string address) =>
        Allowlist.Length == 0 || IPAddress.TryParse(address, out var ip) && Array.Exists(Allowlist, block => block.Contains(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip));

    public static KeySnapshot Of(ApiKeyRow row) => new()
    {
        Tenant = row.Key.Tenant,
        KeyId = row.Key.Key.Value,
        CountedKeyId = row.Key.Key.Value,
        Hash = row.Key.Hash,
        Scopes = row.Key.Scopes,
        AllowlistText = row.Key.Allowlist,
        Allowlist = [.. row.Key.Allowlist.Select(block => AddressBlocks.Parse(block))],
        DefaultAgentId = row.Key.DefaultAgentId ?? row.Key.Name,
        Env = row.Key.Env,
        ErrorsAsDeny = row.Key.ErrorsAsDeny,
        Revoked = row.RevokedAt is not null,
        ExpiresAt = row.ExpiresAt,
        CreatedBy = row.Key.CreatedBy,
    };

    /// <summary>A child can never do what its parent cannot: it has the parent's allowlist, environment and agent, and only the scan scope.</summary>
    public static KeySnapshot Of(EphemeralKeyRow row, EphemeralScope scope, KeySnapshot parent) => new()
    {
        Tenant = row.Tenant,
        KeyId = row.Key.Value,
        CountedKeyId = parent.KeyId,
        Hash = row.Hash,
        Scopes = [KeyScopes.Scan],
        AllowlistText = parent.AllowlistText,
        Allowlist = parent.Allowlist,
        DefaultAgentId = parent.DefaultAgentId,
        Env = parent.Env,
        ErrorsAsDeny = parent.ErrorsAsDeny,
        Revoked = row.RevokedAt is not null || parent.Revoked,
        ExpiresAt = parent.ExpiresAt is { } end && end < row.ExpiresAt ? end : row.ExpiresAt,
        Scope = scope,
        CreatedBy = parent.CreatedBy,
    };
}
