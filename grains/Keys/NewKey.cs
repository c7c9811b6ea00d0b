using Interven.Contracts.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.Keys;

/// <summary>Makes the row of a new key, and the one answer that shows it.</summary>
static class NewKey
{
    public static async Task<NewApiKey> From(MintKeyRequest request, TenantId tenant, string token, Secrets secrets, Actor actor) => new()
    {
        Tenant = tenant,
        Key = new(Secrets.IdOf(token)),
        Name = request.Name!,
        Hash = await secrets.Hash(token),
        Prefix = KeyFormat.Live + Secrets.IdOf(token),
        Scopes = request.Scopes is { Count: > 0 } scopes ? [.. scopes.Distinct()] : [KeyScopes.Scan],
        Allowlist = AddressBlocks.Canonical(request.IpAllowlist),
        DefaultAgentId = request.DefaultAgentId,
        Env = request.EnvName,
        ErrorsAsDeny = request.ErrorsAsDeny,
        Description = request.Description ?? "",
        CreatedBy = actor.Id,
    };

    public static async Task<NewApiKey> Like(NewApiKey old, string token, Secrets secrets, Actor actor) => old with
    {
        Key = new(Secrets.IdOf(token)),
        Hash = await secrets.Hash(token),
        Prefix = KeyFormat.Live + Secrets.IdOf(token),
        CreatedBy = actor.Id,
    };

    public static MintedKey Shown(ApiKeyRow row, string token) => new(
        row.Key.Key.Value, token, row.Key.Prefix, row.Key.Name, row.Key.Allowlist, row.Key.DefaultAgentId ?? row.Key.Name, row.Key.Env,
        row.Key.Description, row.Key.Scopes, row.Key.ErrorsAsDeny, row.CreatedAt);
}
