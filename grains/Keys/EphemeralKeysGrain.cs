using System.Text.Json;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Keys;

[GrainType("ephemeral-keys"), StatelessWorker, Reentrant]
sealed class EphemeralKeysGrain(IEphemeralKeyStore keys, ChangeBarrier barrier) : Grain, IEphemeralKeysGrain
{
    static readonly Refusal NotFound = new(404, ReasonCodes.NotFound, "There is no such ephemeral key.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Reply<IReadOnlyList<EphemeralKeySummary>>> List(string? status, int limit)
    {
        EphemeralStatus? only = null;
        if (status is not null)
        {
            if (!Enum.GetValues<EphemeralStatus>().Any(one => Word(one) == status))
                return KeyRules.Invalid([new("status", "`status` must be active, expired, exhausted or revoked.")]);
            only = Enum.GetValues<EphemeralStatus>().First(one => Word(one) == status);
        }
        return new() { Value = [.. (await keys.List(Tenant, only, limit)).Select(Row)] };
    }

    public async Task<Reply<EphemeralKeySummary>> Revoke(string ephemeralId, Actor actor)
    {
        var changed = await keys.Revoke(Tenant, new(ephemeralId), new() { Tenant = Tenant, Actor = actor, Action = "ephemeral_key.revoked", Target = "ephemeral_key/" + ephemeralId });
        if (!changed.IsDone)
            return NotFound;
        await barrier.Pass(changed.ChangeId);
        return Row(changed.Value!);
    }

    static EphemeralKeySummary Row(EphemeralKeyRow row) => new(row.Key.Value, row.Prefix, Word(row.Status), row.Parent.Value,
        JsonSerializer.Deserialize(row.ScopeJson, ContractJson.Default.EphemeralScope)!, row.MaxUses, row.UsesLeft, row.Description, row.CreatedAt, row.ExpiresAt, row.RevokedAt);

    static string Word(EphemeralStatus status) => status.ToString().ToLowerInvariant();
}
