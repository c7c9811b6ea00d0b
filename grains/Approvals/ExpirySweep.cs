using Interven.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Approvals;

/// <summary>
/// Ends approvals that nobody answered, every second, and tells who waits for them here. The database's clock decides, rows that another silo has in hand are
/// skipped; after a stop the next tick catches up.
/// </summary>
sealed partial class ExpirySweep(IApprovalStore approvals, EndedApprovals ended, TimeProvider clock, ILogger<ExpirySweep> log) : BackgroundService
{
    const int Batch = 500;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                while (await Expire(stoppingToken) == Batch)
                {
                }
                await approvals.ClearLapsed(Batch, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
            }
    }

    async Task<int> Expire(CancellationToken cancel)
    {
        var expired = await approvals.ExpireDue(Batch, cancel);
        foreach (var row in expired)
            ended.Tell(row);
        return expired.Count;
    }

    [LoggerMessage(2301, LogLevel.Warning, "Ending approvals failed with {Exception}; the next sweep tries again")]
    static partial void Failed(ILogger logger, string exception);
}
