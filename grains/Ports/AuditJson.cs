using System.Text.Json;

namespace Interven.Grains.Ports;

/// <summary>What audit rows show of a thing before and after its change: what people decide by, never a hash of a secret.</summary>
public static class AuditJson
{
    static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new RfcTimeConverter() } };

    /// <param name="view">Without secrets.</param>
    public static string Of<T>(T view) => JsonSerializer.Serialize(view, Options);

    public static string? Of(ApiKeyRow? row) => row is null ? null : Of(new
    {
        row.Key.Name, row.Key.Scopes, IpAllowlist = row.Key.Allowlist, EnvName = row.Key.Env, row.Key.DefaultAgentId, row.Key.ErrorsAsDeny, row.Key.Description,
        row.ExpiresAt, row.RevokedAt,
    });

    public static string Of(EphemeralKeyRow row)
    {
        using var scope = JsonDocument.Parse(row.ScopeJson);
        return Of(new { ParentKeyId = row.Parent.Value, Scope = scope.RootElement, row.MaxUses, row.UsesLeft, row.ExpiresAt, row.RevokedAt });
    }

    public static string? Of(PolicyRow? row) => row is null ? null : Of(new
    {
        Id = row.Policy.Value, row.Name, EnvName = row.Env, row.Version, row.Enabled, ContentHash = Convert.ToHexStringLower(row.ContentHash),
    });

    public static string? Of(AgentRow? row) => row is null ? null : Of(new
    {
        row.Owner, Status = row.Suspended ? "suspended" : "active", Reason = row.Suspended ? row.SuspendedReason : null,
    });
}
