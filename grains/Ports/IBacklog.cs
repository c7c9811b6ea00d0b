namespace Interven.Grains.Ports;

/// <summary>What waits, over all tenants: for operators' gauges, never for decisions.</summary>
public interface IBacklog
{
    ValueTask<BacklogCounts> Count(CancellationToken cancel = default);
}

/// <param name="ApprovalsPending">Approvals that wait for a person.</param>
/// <param name="OutboxWaiting">Messages that wait to be delivered.</param>
/// <param name="OutboxLag">Age of the oldest of them; zero when none waits.</param>
/// <param name="SinkRecords">Records that SIEM sinks have not delivered yet; those of paused ones are not in it.</param>
/// <param name="SinkLag">Age of the oldest of them; zero when none waits.</param>
/// <param name="SinksPaused">Sinks that wait for a person, because their receiver refuses what comes.</param>
public readonly record struct BacklogCounts(
    long ApprovalsPending, long OutboxWaiting, TimeSpan OutboxLag, long SinkRecords, TimeSpan SinkLag, long SinksPaused);
