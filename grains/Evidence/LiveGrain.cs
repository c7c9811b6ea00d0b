using System.Text.Json;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>Reads what was committed since the last look, five times a second, and only while somebody watches: scans neither know nor pay.</summary>
[GrainType("live")]
sealed class LiveGrain(IDecisionReads records, TimeProvider clock) : Grain, ILiveGrain
{
    const int MostAtOnce = 200;
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    IGrainTimer? following;
    long watchedAt;
    long seq;

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task Watch()
    {
        watchedAt = clock.GetTimestamp();
        if (following is not null)
            return;
        seq = await records.Head(Tenant);
        following = this.RegisterGrainTimer(Follow, new GrainTimerCreationOptions { DueTime = Every, Period = Every, KeepAlive = true });
    }

    async Task Follow(CancellationToken cancel)
    {
        if (clock.GetElapsedTime(watchedAt) > Patience)
        {
            following?.Dispose();
            following = null;
            DeactivateOnIdle();
            return;
        }
        var fresh = await records.After(Tenant, seq, MostAtOnce, cancel);
        if (fresh.Count == 0)
            return;
        seq = fresh[^1].Seq;
        await this.GetStreamProvider(ClusterNames.LiveStream).GetStream<LiveDecisions>(StreamId.Create(LiveStream.Decisions, Tenant.Value))
            .OnNextAsync(new([.. fresh.Select(one => new LiveDecision(one.Seq, JsonSerializer.SerializeToUtf8Bytes(one.ToSummary(), ContractJson.Default.DecisionSummary)))]));
    }
}
