using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Keys;

[GrainType("ephemeral-key")]
sealed class EphemeralKeyGrain(IEphemeralKeyStore keys, ChangeBarrier barrier) : Grain, IEphemeralKeyGrain
{
    static readonly Refusal NotFound = new(404, ReasonCodes.NotFound, "There is no such ephemeral key.");

    public async Task<Reply<EphemeralKeySummary>> Revoke(Guid tenant, Actor actor)
    {
        var key = new EphemeralKeyId(GrainKeys.KeyIdOf(this.GetPrimaryKeyString()));
        var changed = await keys.Revoke(new(tenant), key, new() { Tenant = new(tenant), Actor = actor, Action = "ephemeral_key.revoked", Target = "ephemeral_key/" + key.Value });
        if (!changed.IsDone)
            return NotFound;
        await barrier.Pass(changed.ChangeId);
        return EphemeralKeysGrain.Row(changed.Value!);
    }
}
