using System.Text.Json;
using Interven.Contracts.Evidence;
using Interven.Engine.Evidence.Retention;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>One tenant's retention run: small batches with rests between them as long as the work, so that scans do not feel it.</summary>
sealed class Pruning(IRetentionStore store, ITenantStore tenants, LegalHolds holds, IEnumerable<IPrunable> others, TimeProvider clock)
{
    const int Batch = 200;

    /// <summary>A run ends after this; the next one goes on.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);

    static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(10);

    public async Task<PruneResult> Run(TenantId tenant, TenantSettings settings, Actor actor)
    {
        var begun = clock.GetUtcNow();
        if (RetentionPlan.Of(settings, await holds.List(tenant), begun) is not { } plan)
            return new(new(0, 0, 0), null, true);
        var deadline = begun + Longest;
        var records = await Drain(tenant, deadline, (held, limit) => store.PruneDecisions(tenant, plan.Cutoff, held, limit));
        var approvals = await Drain(tenant, deadline, (held, limit) => store.PruneApprovals(tenant, plan.Cutoff, held, limit));
        var incidents = 0L;
        foreach (var other in others)
            incidents += await Drain(tenant, deadline, (held, limit) => other.Prune(tenant, plan.Cutoff, held, limit));
        var now = clock.GetUtcNow();
        var result = new PruneResult(new(records, approvals, incidents), plan.Cutoff, now < deadline);
        await tenants.NotePruned(tenant, now, new()
        {
            Tenant = tenant,
            Actor = actor,
            Action = AuditActions.RetentionPruned,
            Target = "retention",
            After = JsonSerializer.Serialize(result, ContractJson.Default.PruneResult),
        });
        return result;
    }

    /// <summary>Holds are read anew for each batch: one that is made while a run is under way counts from then on.</summary>
    async Task<long> Drain(TenantId tenant, DateTimeOffset deadline, Func<IReadOnlyList<DecisionHold>, int, ValueTask<int>> prune)
    {
        var total = 0L;
        while (clock.GetUtcNow() < deadline)
        {
            var start = clock.GetTimestamp();
            var gone = await prune(await holds.InForce(tenant), Batch);
            total += gone;
            if (gone < Batch)
                break;
            var took = clock.GetElapsedTime(start);
            await Task.Delay(took > ShortestRest ? took : ShortestRest, clock);
        }
        return total;
    }
}
