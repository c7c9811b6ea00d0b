using System.Globalization;
using System.Text.Json;
using Interven.Contracts.Evidence;
using Interven.Engine.Evidence.Retention;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>
/// One tenant's retention run: small batches with rests between them many times as long as the work, so that scans feel little of it. Two rows of the audit log stand
/// for it, one with the first batch and one at the end, and each batch is counted in its own transaction: a run that was broken off is closed by the next.
/// </summary>
sealed class Pruning(IRetentionStore store, LegalHolds holds, IEnumerable<IPrunable> others, TimeProvider clock)
{
    const int Batch = 25, RestsPerWork = 9;

    /// <summary>A run ends after this; the next one goes on.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);

    /// <summary>No run of deletes, erasures included, is under way for longer: whatever ran it has died.</summary>
    static readonly TimeSpan Broken = TimeSpan.FromHours(6);

    static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(40);

    public async Task<PruneResult> Run(TenantId tenant, TenantSettings settings, Actor actor)
    {
        var begun = clock.GetUtcNow();
        await store.EndBroken(tenant, begun - Broken, broken => CloseBroken(tenant, broken));
        if (RetentionPlan.Of(settings, await holds.List(tenant), begun) is not { } plan)
            return new(new(0, 0, 0), null, true);
        var (deadline, run) = (begun + Longest, Open(tenant, begun, plan.Cutoff, actor));
        DateTimeOffset? last = null;
        await Drain(tenant, deadline, async (held, limit) =>
        {
            var batch = await store.PruneDecisions(run, last, plan.Cutoff, held, limit);
            last = batch.Last;
            return batch.Records;
        });
        await Drain(tenant, deadline, (held, limit) => store.PruneApprovals(run, plan.Cutoff, held, limit));
        foreach (var other in others)
            await Drain(tenant, deadline, (held, limit) => other.Prune(run, plan.Cutoff, held, limit));
        var now = clock.GetUtcNow();
        var result = new PruneResult(new(0, 0, 0), plan.Cutoff, now < deadline);
        return result with { Deleted = await store.EndPruning(run, now, deleted => Closing(tenant, actor, run.Id, result with { Deleted = deleted })) };
    }

    static DeletionRun Open(TenantId tenant, DateTimeOffset begun, DateTimeOffset cutoff, Actor actor)
    {
        var id = Guid.CreateVersion7(begun);
        var after = $$"""{"cutoff":"{{cutoff.UtcDateTime.ToString(RfcTimeConverter.Format, CultureInfo.InvariantCulture)}}"}""";
        return new(id, new() { Tenant = tenant, Actor = actor, Action = AuditActions.RetentionBegun, Target = $"retention/{id}", After = after });
    }

    /// <summary>Who began it stands in its opening row; what closes it is the system.</summary>
    static AuditRow CloseBroken(TenantId tenant, BrokenRun broken) => broken.OpenedAs == AuditActions.RetentionBegun
        ? Closing(tenant, Actor.System, broken.Id, new(broken.Deleted, null, false))
        : new()
        {
            Tenant = tenant,
            Actor = Actor.System,
            Action = AuditActions.ErasureDone,
            Target = $"erasure/{broken.Id}",
            After = $$"""{"records":{{broken.Deleted.Records.ToString(CultureInfo.InvariantCulture)}},"is_complete":false}""",
        };

    static AuditRow Closing(TenantId tenant, Actor actor, Guid run, PruneResult result) => new()
    {
        Tenant = tenant,
        Actor = actor,
        Action = AuditActions.RetentionPruned,
        Target = $"retention/{run}",
        After = JsonSerializer.Serialize(result, ContractJson.Default.PruneResult),
    };

    /// <summary>Holds are read anew for each batch: one that is made while a run is under way counts from then on.</summary>
    async Task Drain(TenantId tenant, DateTimeOffset deadline, Func<IReadOnlyList<DecisionHold>, int, ValueTask<int>> prune)
    {
        while (clock.GetUtcNow() < deadline)
        {
            var start = clock.GetTimestamp();
            var gone = await prune(await holds.InForce(tenant), Batch);
            if (gone < Batch)
                break;
            var rest = clock.GetElapsedTime(start) * RestsPerWork;
            await Task.Delay(rest > ShortestRest ? rest : ShortestRest, clock);
        }
    }
}
