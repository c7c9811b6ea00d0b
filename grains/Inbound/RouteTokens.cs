using Interven.Contracts.Keys;
using Interven.Grains.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.Inbound;

/// <summary>A route's path token is a key of its own that opens nothing but inbound routes, so that it can be limited, counted and revoked like any other.</summary>
sealed class RouteTokens(IKeyStore keys, Secrets secrets)
{
    public async Task<(string Token, Changed<ApiKeyRow> Minted)> Mint(TenantId tenant, string prefix, string? env, Actor actor)
    {
        var token = Secrets.New(KeyKind.Live);
        var id = Secrets.IdOf(token);
        var minted = await keys.Mint(new()
        {
            Tenant = tenant,
            Key = new(id),
            Name = "inbound " + prefix,
            Hash = await secrets.Hash(token),
            Prefix = KeyFormat.Live + id,
            Scopes = [KeyScopes.Inbound],
            Env = env,
            Description = $"Path token of the inbound route {prefix}.",
            CreatedBy = actor.Id,
        }, new() { Tenant = tenant, Actor = actor, Action = "key.minted", Target = "key/" + id });
        return (token, minted);
    }

    public ValueTask<Changed<ApiKeyRow>> Revoke(TenantId tenant, string keyId, Actor actor) =>
        keys.Revoke(tenant, new(keyId), new() { Tenant = tenant, Actor = actor, Action = "key.revoked", Target = "key/" + keyId });
}
