using Interven.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Scanning;

/// <summary>Records the refusals of an outage once the store is back.</summary>
sealed partial class SpoolReplay(IRefusalSpool spool, IDecisionLog decisions, TimeProvider clock, ILogger<SpoolReplay> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                if (decisions.Health == LogHealth.Available && await spool.Replay(Take, stoppingToken) is > 0 and var recorded)
                    Recorded(log, recorded);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
            }
    }

    async ValueTask<bool> Take(RecordAppend spooled, CancellationToken cancel) =>
        await decisions.Append(spooled, cancel) is CommitReply.Committed or CommitReply.Refused or CommitReply.AnswerStands;

    [LoggerMessage(2202, LogLevel.Information, "{Refusals} refusals of an outage have been recorded")]
    static partial void Recorded(ILogger logger, int refusals);

    [LoggerMessage(2203, LogLevel.Warning, "Recording the refusals of an outage failed with {Exception}; it is tried again")]
    static partial void Failed(ILogger logger, string exception);
}
