namespace Interven.Contracts.Keys;

/// <summary>An ephemeral key as lists show it; never its secret.</summary>
/// <param name="Status"><c>active</c>, <c>expired</c>, <c>exhausted</c> or <c>revoked</c>.</param>
/// <param name="ParentKeyId">The key that minted it.</param>
public sealed record EphemeralKeySummary(
    string EphemeralId, string Prefix, string Status, string ParentKeyId, EphemeralScope Scope, int MaxUses, int UsesLeft, string Description,
    DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt);
