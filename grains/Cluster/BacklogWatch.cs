using System.Diagnostics.Metrics;
using Interven.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Cluster;

/// <summary>Counts what waits, every fifteen seconds. Each silo shows the same figures: dashboards take the largest.</summary>
sealed partial class BacklogWatch : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    readonly IBacklog backlog;
    readonly TimeProvider clock;
    readonly ILogger<BacklogWatch> log;
    BacklogCounts counts;

    public BacklogWatch(IBacklog backlog, IMeterFactory meters, TimeProvider clock, ILogger<BacklogWatch> log)
    {
        (this.backlog, this.clock, this.log) = (backlog, clock, log);
        var meter = meters.Create("Interven");
        meter.CreateObservableGauge("interven.approvals.pending", () => counts.ApprovalsPending, description: "Approvals that wait for a person.");
        meter.CreateObservableGauge("interven.outbox.waiting", () => counts.OutboxWaiting, description: "Messages that wait to be delivered.");
        meter.CreateObservableGauge("interven.outbox.lag", () => counts.OutboxLag.TotalSeconds, "s", "Age of the oldest message that waits to be delivered.");
        meter.CreateObservableGauge("interven.sinks.waiting", () => counts.SinkRecords, description: "Records that SIEM sinks have not delivered yet.");
        meter.CreateObservableGauge("interven.sinks.lag", () => counts.SinkLag.TotalSeconds, "s", "Age of the oldest record that a SIEM sink has not delivered yet.");
        meter.CreateObservableGauge("interven.sinks.paused", () => counts.SinksPaused, description: "SIEM sinks that are paused, because their receiver refuses what comes.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
            try
            {
                counts = await backlog.Count(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(5020, LogLevel.Warning, "What waits could not be counted ({Exception}); the figures are old")]
    static partial void Failed(ILogger logger, string exception);
}
