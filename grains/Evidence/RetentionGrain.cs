using System.Text.Json;
using Interven.Contracts.Evidence;
using Interven.Engine.Evidence.Retention;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

[GrainType("retention"), Reentrant]
sealed class RetentionGrain(ITenantStore tenants, Pruning pruning, LegalHolds holds, Erasures erasures, TimeProvider clock) : Grain, IRetentionGrain
{
    static readonly Refusal NoTenant = new(404, ReasonCodes.NotFound, "There is no such tenant.");
    Task<PruneResult>? running;

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Reply<RetentionStatus>> Status()
    {
        if (await tenants.Find(Tenant) is not { } row)
            return NoTenant;
        var (settings, held) = (Settings(row), await holds.List(Tenant));
        return new RetentionStatus(settings.RetentionDays, RetentionPlan.Of(settings, held, clock.GetUtcNow())?.Cutoff, row.LastPrunedAt, held.Count(hold => hold.IsActive));
    }

    public async Task<Reply<PruneResult>> Prune(Actor actor)
    {
        if (await tenants.Find(Tenant) is not { } row)
            return NoTenant;
        if (running is not { IsCompleted: false })
            running = pruning.Run(Tenant, Settings(row), actor);
        return await running;
    }

    public Task<IReadOnlyList<LegalHold>> Holds() => holds.List(Tenant);

    public Task<Reply<LegalHold>> Hold(CreateHoldRequest request, Actor actor) => holds.Create(Tenant, request, actor);

    public Task<Reply<Done>> Release(Guid hold, Actor actor) => holds.Release(Tenant, hold, actor);

    public Task<Reply<Erasure>> Erase(ErasureRequest request, Actor actor) => erasures.Take(Tenant, request, actor);

    static TenantSettings Settings(TenantRow row) => JsonSerializer.Deserialize(row.SettingsJson, ContractJson.Default.TenantSettings)
        ?? throw new InvalidOperationException("A tenant's settings cannot be read.");
}
