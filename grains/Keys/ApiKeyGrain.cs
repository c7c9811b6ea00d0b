using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Keys;

[GrainType("api-key")]
sealed class ApiKeyGrain(IKeyStore keys, Secrets secrets, ChangeBarrier barrier, TimeProvider clock) : Grain, IApiKeyGrain
{
    static readonly Refusal NotFound = new(404, ReasonCodes.NotFound, "There is no such API key.");

    string KeyId => GrainKeys.KeyIdOf(this.GetPrimaryKeyString());

    public async Task<Reply<KeyRow>> Patch(Guid tenant, PatchKeyRequest change, Actor actor)
    {
        var problems = KeyRules.Check(change);
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        var patch = new ApiKeyPatch
        {
            Name = change.Name,
            Allowlist = change.IpAllowlist is { } blocks ? AddressBlocks.Canonical(blocks) : null,
            DefaultAgentId = change.DefaultAgentId,
            Description = change.Description,
            ErrorsAsDeny = change.ErrorsAsDeny,
        };
        return await Settle(new(tenant), await keys.Patch(new(tenant), new(KeyId), patch, Audit(tenant, actor, "key.changed")));
    }

    public async Task<Reply<KeyRow>> Revoke(Guid tenant, Actor actor) =>
        await Settle(new(tenant), await keys.Revoke(new(tenant), new(KeyId), Audit(tenant, actor, "key.revoked")));

    public async Task<Reply<MintedKey>> Rotate(Guid tenant, RotateKeyRequest request, Actor actor)
    {
        if (request.OverlapHours is < 0 or > 168)
            return KeyRules.Invalid([new("$.overlap_hours", "The overlap must be 0 to 168 hours.")]);
        if (await keys.Find(new(KeyId)) is not { } old || old.Key.Tenant.Value != tenant || old.RevokedAt is not null)
            return NotFound;
        var token = Secrets.New(KeyKind.Live);
        var replacement = await NewKey.Like(old.Key, token, secrets, actor);
        var changed = await keys.Rotate(new(tenant), new(KeyId), replacement, TimeSpan.FromHours(request.OverlapHours), Audit(tenant, actor, "key.rotated"));
        if (!changed.IsDone)
            return NotFound;
        await barrier.Pass(changed.ChangeId);
        return NewKey.Shown(changed.Value!, token);
    }

    public async Task<bool> IsOf(Guid tenant, string minter) =>
        await keys.Find(new(KeyId)) is { } row && row.Key.Tenant.Value == tenant && row.Key.CreatedBy == minter;

    public async Task CountBlocked(string clientAddress)
    {
        if (await keys.Find(new(KeyId)) is not { } key)
            return;
        var now = clock.GetUtcNow();
        await keys.CountUse([new(key.Key.Tenant, new(KeyId), DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / 3600 * 3600), 0, 1, now)]);
    }

    async Task<Reply<KeyRow>> Settle(TenantId tenant, Changed<ApiKeyRow> changed)
    {
        if (!changed.IsDone)
            return NotFound;
        await barrier.Pass(changed.ChangeId);
        var listed = await keys.List(tenant);
        return listed.First(row => row.Key.Key.Key.Value == KeyId) is { } row ? KeyRules.Row(row, clock.GetUtcNow()) : NotFound;
    }

    AuditRow Audit(Guid tenant, Actor actor, string action) => new() { Tenant = new(tenant), Actor = actor, Action = action, Target = "key/" + KeyId };
}
