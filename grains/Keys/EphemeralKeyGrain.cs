using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.Keys;

[GrainType("ephemeral-key")]
sealed class EphemeralKeyGrain(IEphemeralKeyStore keys) : Grain, IEphemeralKeyGrain
{
    public async Task<Reply<Done>> TakeUse(Guid tenant)
    {
        var use = await keys.Use(new(tenant), new(GrainKeys.KeyIdOf(this.GetPrimaryKeyString())));
        return use.IsTaken
            ? Done.It
            : new Refusal(401, ReasonCodes.InvalidKey, $"The ephemeral key is {use.Status?.ToString().ToLowerInvariant() ?? "unknown"}.");
    }
}
