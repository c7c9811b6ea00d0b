using System.Text.Json;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.Keys;

[GrainType("ephemeral-keys"), StatelessWorker, Reentrant]
sealed class EphemeralKeysGrain(IEphemeralKeyStore keys) : Grain, IEphemeralKeysGrain
{
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

    public static EphemeralKeySummary Row(EphemeralKeyRow row) => new(row.Key.Value, row.Prefix, Word(row.Status), row.Parent.Value,
        JsonSerializer.Deserialize(row.ScopeJson, ContractJson.Default.EphemeralScope)!, row.MaxUses, row.UsesLeft, row.Description, row.CreatedAt, row.ExpiresAt, row.RevokedAt);

    static string Word(EphemeralStatus status) => status.ToString().ToLowerInvariant();
}
