using Interven.Engine.Deciding;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Ports;

namespace Interven.Grains.Scanning;

/// <summary>The answers that stand without a record of their own; what they refused is spooled and recorded later.</summary>
sealed class RefusedScans(Recorder recorder, ScanMetrics metrics, IRefusalSpool spool)
{
    public ScanReply Refuse(ScanAttempt attempt, string reason)
    {
        var outcome = Resolution.Outage(attempt.Verdict ?? FailClosed.Refusal(reason, attempt.Scan?.Call), reason);
        if (attempt.TryRecordRefusal())
        {
            metrics.Refused(reason);
            if (Recorder.RefusalRow(attempt, outcome) is { } row)
                spool.TryAdd(row, attempt.Call.IdempotencyKey);
        }
        return new(200, attempt.Trace.Value, ScanAnswer.ToBytes(outcome, attempt.Trace));
    }

    /// <summary>Decided by what may have been the old state, or too late: the record stands, the answer is a refusal, and a second record says so.</summary>
    public async Task<ScanReply> TakeBack(ScanAttempt attempt, Outcome outcome)
    {
        await recorder.Amend(attempt, outcome);
        return Refuse(attempt, ReasonCodes.AuditUnavailable);
    }
}
