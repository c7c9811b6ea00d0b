namespace Interven.Grains.Ports;

/// <summary>What waits, over all tenants: for operators' gauges, never for decisions.</summary>
public interface IBacklog
{
    ValueTask<BacklogCounts> Count(CancellationToken cancel = default);
}

/// <param name="ApprovalsPending">Approvals that wait for a person.</param>
/// <param name="OutboxWaiting">Messages that wait to be delivered.</param>
/// <param name="OutboxLag">Age of the oldest of them; zero when none waits.</param>
public readonly record struct BacklogCounts(long ApprovalsPending, long OutboxWaiting, TimeSpan OutboxLag);
