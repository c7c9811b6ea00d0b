using Interven.Engine.Deciding;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Keys;

namespace Interven.Grains.Scanning;

/// <summary>What is known of one scan so far: enough to refuse it, with a record, from wherever it has got to.</summary>
#pragma warning disable CA1001 // The token outlives the answer where a commit is still under way; without a timer there is nothing to dispose of.
sealed class ScanAttempt(ScanCall call, long term, TimeProvider clock)
#pragma warning restore CA1001
{
    readonly CancellationTokenSource abandoned = new();
    readonly long startedAt = clock.GetTimestamp();

    int ended;
    int refusalRecorded;

    public ScanCall Call { get; } = call;

    /// <summary>The lease's term when the scan came in.</summary>
    public long Term { get; } = term;

    public RequestForm Form { get; private set; }

    /// <summary>False: what the call holds has not been looked at, so nothing of it may be written down.</summary>
    public bool IsClassified { get; set; }

    public TraceId Trace { get; } = new(Guid.CreateVersion7(clock.GetUtcNow()));
    public DateTimeOffset Time { get; } = clock.GetUtcNow();
    public KeySnapshot? Key { get; private set; }
    public TenantSnapshot? Tenant { get; private set; }
    public PreparedScan? Scan { get; private set; }
    public Verdict? Verdict { get; set; }

    /// <summary>Set when the caller has been refused: what is not yet committed is dropped, what lands all the same is amended.</summary>
    public CancellationToken Abandoned => abandoned.Token;

    public void Begin(KeySnapshot key, TenantSnapshot tenant, PreparedScan scan, RequestForm form) => (Key, Tenant, Scan, Form) = (key, tenant, scan, form);

    /// <summary>True for the one of "decided" and "too late" that comes first: it gives the answer.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref ended, 1) == 0;

    /// <summary>True once: a refusal has one record, however many notice it.</summary>
    public bool TryRecordRefusal() => Interlocked.Exchange(ref refusalRecorded, 1) == 0;

    public TimeSpan Elapsed => clock.GetElapsedTime(startedAt);

    /// <summary>What is left of <paramref name="deadline"/>, at least a millisecond.</summary>
    public TimeSpan Left(TimeSpan deadline)
    {
        var left = deadline - clock.GetElapsedTime(startedAt);
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }

    public void Abandon() => abandoned.Cancel();

    public ScanReply Refused(Refusal refusal) => new(refusal.Status, Trace.Value, null, refusal);

    public RecordStamp Stamp(string kind = "scan", TraceId? trace = null, TraceId? parent = null) => new()
    {
        Trace = trace ?? Trace,
        Parent = parent,
        Kind = kind,
        Time = Time,
        DurationUs = (long)clock.GetElapsedTime(startedAt).TotalMicroseconds,
        EngineVersion = EngineVersion.Current,
    };
}

static class EngineVersion
{
    public static string Current { get; } = typeof(Pipeline).Assembly.GetName().Version?.ToString(3) ?? "0";
}
