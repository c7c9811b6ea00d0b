using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Interven.Contracts.Keys;

/// <summary>What an API key may be used for. A key that guards must not be able to rewrite its guard, so only <see cref="Scan"/> is given by default.</summary>
public static class KeyScopes
{
    public const string Scan = "scan";
    public const string PoliciesWrite = "policies:write";
    public const string Export = "export";

    /// <summary>Of a route's path token: it opens that route and nothing else. Cannot be asked for.</summary>
    public const string Inbound = "inbound";

    public static IReadOnlyList<string> All { get; } = [Scan, PoliciesWrite, Export];
}

/// <summary>Asks for a new API key.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="IpAllowlist">CIDR blocks, v4 or v6; empty or absent allows every address.</param>
/// <param name="DefaultAgentId">Agent that a scan without <c>agent_id</c> counts for; default: the key's name.</param>
/// <param name="EnvName">Binds the key to one environment; absent leaves it unbound, and scans default to <c>production</c>.</param>
/// <param name="Description">Free text, at most 500 characters.</param>
/// <param name="Scopes">Default <c>["scan"]</c>.</param>
/// <param name="ErrorsAsDeny">Answer every error but 401 on <c>/v1/scan</c> as HTTP 200 DENY.</param>
public sealed record MintKeyRequest(
    [property: Required] string? Name, IReadOnlyList<string>? IpAllowlist = null, string? DefaultAgentId = null, string? EnvName = null,
    string? Description = null, IReadOnlyList<string>? Scopes = null, bool ErrorsAsDeny = false);

/// <summary>A key that was just minted: the only answer that ever carries it.</summary>
public sealed record MintedKey(
    string KeyId, string Key, string Prefix, string Name, IReadOnlyList<string> IpAllowlist, string DefaultAgentId,
    string? EnvName, string? Description, IReadOnlyList<string> Scopes, bool ErrorsAsDeny, DateTimeOffset CreatedAt);

/// <summary>A key as lists show it.</summary>
/// <param name="Prefix">The fixed prefix and the key id; never a character of the secret.</param>
/// <param name="Status"><c>active</c>, <c>rotating</c> (lives until <c>expires_at</c>) or <c>revoked</c>.</param>
/// <param name="BlockedAttempts">Calls refused for their address since the key was minted.</param>
/// <param name="Calls24h">Scans within the last 24 h, in whole hours.</param>
public sealed record KeyRow(
    string KeyId, string Prefix, string Name, string Status, IReadOnlyList<string> IpAllowlist, string DefaultAgentId, string? EnvName,
    string? Description, IReadOnlyList<string> Scopes, bool ErrorsAsDeny, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt,
    DateTimeOffset? ExpiresAt, long BlockedAttempts, [property: JsonPropertyName("calls_24h")] long Calls24h);

/// <summary>Changes a key; absent members stay as they are.</summary>
public sealed record PatchKeyRequest(
    string? Name = null, IReadOnlyList<string>? IpAllowlist = null, string? DefaultAgentId = null, string? Description = null,
    bool? ErrorsAsDeny = null);

/// <summary>Asks for a successor of a key.</summary>
/// <param name="OverlapHours">How long the old key lives on: 0 to 168 hours.</param>
public sealed record RotateKeyRequest(int OverlapHours = 24);

/// <summary>Asks for a key that lives for minutes.</summary>
/// <param name="TtlSeconds">1 to 86,400; default 600.</param>
/// <param name="MaxUses">1 to 1,000; default 1.</param>
/// <param name="Scope">What it may touch; absent: all that its parent may.</param>
public sealed record MintEphemeralKeyRequest(int TtlSeconds = 600, int MaxUses = 1, EphemeralScope? Scope = null, string? Description = null);

/// <summary>Tools and verbs that an ephemeral key covers; an empty list covers all. Unknown members are refused: a misspelt limit must not become no limit.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EphemeralScope(IReadOnlyList<string>? Tools = null, IReadOnlyList<string>? Verbs = null);

/// <summary>An ephemeral key that was just minted: the only answer that ever carries it.</summary>
public sealed record MintedEphemeralKey(string Key, string EphemeralId, string Prefix, DateTimeOffset ExpiresAt, int MaxUses, EphemeralScope Scope);

/// <summary>Use of the tenant in the current period.</summary>
/// <param name="ScansLimit">Null where the tenant has no limit.</param>
public sealed record Usage(
    DateTimeOffset PeriodStart, DateTimeOffset PeriodEnd, long ScansUsed, long? ScansLimit, [property: JsonPropertyName("rate_limit_hits_24h")] long RateLimitHits24h, long CurrentRatePerMin);
