using Interven.Engine.Evidence.Retention;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Evidence;

/// <summary>Prunes its tenants one after another: every day at its time, and after a stop those whose run was missed.</summary>
[GrainType("retention-shard")]
sealed partial class RetentionShardGrain(ITenantStore tenants, TimeProvider clock, ILogger<RetentionShardGrain> log) : Grain, IRetentionShardGrain, IRemindable
{
    const string Daily = "daily";
    const int PageSize = 500;
    static readonly TimeSpan LongestDay = TimeSpan.FromHours(20);
    IGrainTimer? catchingUp;

    int Shard => GrainKeys.RetentionShardOf(this.GetPrimaryKeyString());

    public async Task Arm()
    {
        await this.RegisterOrUpdateReminder(Daily, RetentionShards.DueIn(Shard, clock.GetUtcNow()), TimeSpan.FromDays(1));
        // Not at once: a cluster that has just come up has other work.
        catchingUp ??= this.RegisterGrainTimer(cancel => Run(isCatchUp: true), new GrainTimerCreationOptions
        {
            DueTime = TimeSpan.FromSeconds(60 + Shard), Period = Timeout.InfiniteTimeSpan, KeepAlive = true,
        });
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Run(isCatchUp: false);

    async Task Run(bool isCatchUp)
    {
        var (unfinished, until) = (new Queue<TenantId>(), clock.GetUtcNow() + LongestDay);
        for (var after = new TenantId(Guid.Empty); ;)
        {
            var page = await tenants.Walk(after, PageSize);
            foreach (var tenant in page.Where(tenant => RetentionShards.Of(tenant.Tenant) == Shard))
                if ((!isCatchUp || RetentionShards.IsOverdue(tenant.LastPrunedAt, clock.GetUtcNow())) && !await Prune(tenant.Tenant))
                    unfinished.Enqueue(tenant.Tenant);
            if (page.Count < PageSize)
                break;
            after = page[^1].Tenant;
        }
        // Who has more to delete than one run may take has its next turns when the others have had theirs.
        while (clock.GetUtcNow() < until && unfinished.TryDequeue(out var tenant))
            if (!await Prune(tenant))
                unfinished.Enqueue(tenant);
    }

    /// <summary>False: there is more to delete.</summary>
    async Task<bool> Prune(TenantId tenant)
    {
        try
        {
            return (await GrainFactory.GetGrain<IRetentionGrain>(GrainKeys.Tenant(tenant.Value)).Prune(Actor.System)).Value is not { IsComplete: false };
        }
        catch (Exception e)
        {
            // The other tenants have a right to their run; this one is overdue then and made up for.
            Failed(log, tenant.Value, e.GetType().Name);
            return true;
        }
    }

    [LoggerMessage(4601, LogLevel.Error, "Retention of tenant {Tenant} failed with {Exception}; it is tried again tomorrow, or after a restart")]
    static partial void Failed(ILogger logger, Guid tenant, string exception);
}
