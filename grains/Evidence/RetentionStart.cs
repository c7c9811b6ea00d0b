using Interven.Engine.Evidence.Retention;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Evidence;

/// <summary>Sets the reminders of all shards when a silo starts; any number of silos may do so.</summary>
sealed partial class RetentionStart(IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<RetentionStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var begun = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var ended = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        await started.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (var shard = 0; shard < RetentionShards.Count && !stoppingToken.IsCancellationRequested;)
            try
            {
                await grains.GetGrain<IRetentionShardGrain>(GrainKeys.RetentionShard(shard)).Arm();
                shard++;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(10), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    [LoggerMessage(4602, LogLevel.Warning, "Setting the reminders of retention failed with {Exception}; it is tried again")]
    static partial void Failed(ILogger logger, string exception);
}
