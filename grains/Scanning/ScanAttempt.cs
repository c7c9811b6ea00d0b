using Interven.Engine.Deciding;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Keys;

namespace Interven.Grains.Scanning;

/// <summary>What is known of one scan so far: enough to refuse it, with a record, from wherever it has got to.</summary>
#pragma warning disable CA1001 // The token outlives the answer where a commit is still under way; without a timer there is nothing to dispose of.
sealed class ScanAttempt(ScanCall call, RequestForm form, long term, TimeProvider clock, TraceId? parent = null)
#pragma warning restore CA1001
{
    const int Deciding = 0, Waiting = 1, Ended = 2;
    readonly CancellationTokenSource abandoned = new();
    readonly long startedAt = clock.GetTimestamp();
    ScanAttempt? joined;
    int phase = Deciding;
    int refusalRecorded;

    public ScanCall Call { get; } = call;
    public RequestForm Form { get; } = form;

    /// <summary>The lease's term when the scan came in.</summary>
    public long Term { get; } = term;

    /// <summary>False: what the call holds has not been looked at, so nothing of it may be written down.</summary>
    public bool IsClassified { get; set; }

    public TraceId Trace { get; } = new(Guid.CreateVersion7(clock.GetUtcNow()));
    public DateTimeOffset Time { get; } = clock.GetUtcNow();

    /// <summary>What its record is.</summary>
    public string Kind { get; init; } = "scan";

    /// <summary>Somebody else waits with the caller.</summary>
    public bool OnlyPauses { get; init; }

    public KeySnapshot? Key { get; private set; }
    public TenantSnapshot? Tenant { get; private set; }
    public PreparedScan? Scan { get; private set; }
    public Verdict? Verdict { get; set; }

    /// <summary>Set when the caller has been refused: what is not yet committed is dropped, what lands all the same is amended.</summary>
    public CancellationToken Abandoned => abandoned.Token;

    /// <summary>Its answer waits for a person, beyond the deadline.</summary>
    public bool IsWaiting => Volatile.Read(ref phase) == Waiting || joined is { IsWaiting: true };

    public void Begin(KeySnapshot? key, TenantSnapshot tenant, PreparedScan scan) => (Key, Tenant, Scan) = (key, tenant, scan);

    /// <summary>The same request is under way: its answer is this one's.</summary>
    public void Join(ScanAttempt first) => joined = first;

    /// <summary>Whether this outcome is not the answer yet, because the caller said that it waits for a person.</summary>
    public bool WillWait(Outcome outcome) => Kind == "scan" && outcome.Pending is not null && Scan!.Scan.WaitMs > 0;

    /// <summary>False where the caller has been refused already.</summary>
    public bool TryWait() => Interlocked.CompareExchange(ref phase, Waiting, Deciding) == Deciding;

    /// <summary>True for the one of "decided" and "too late" that comes first: it gives the answer.</summary>
    public bool TryEnd() => Interlocked.CompareExchange(ref phase, Ended, Deciding) == Deciding;

    /// <summary>False where it waits for a person meanwhile, for which the deadline does not count, or where it has just been decided.</summary>
    public bool TryAbandon()
    {
        if (joined is { IsWaiting: true } || !TryEnd())
            return false;
        abandoned.Cancel();
        return true;
    }

    /// <summary>True once: a refusal has one record, however many notice it.</summary>
    public bool TryRecordRefusal() => Interlocked.Exchange(ref refusalRecorded, 1) == 0;

    public TimeSpan Elapsed => clock.GetElapsedTime(startedAt);

    /// <summary>What is left of <paramref name="deadline"/>, at least a millisecond.</summary>
    public TimeSpan Left(TimeSpan deadline)
    {
        var left = deadline - Elapsed;
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }

    public ScanReply Refused(Refusal refusal) => new(refusal.Status, Trace.Value, null, refusal);

    public RecordStamp Stamp() => Stamp(Kind, Trace, parent);

    public RecordStamp Stamp(string kind, TraceId trace, TraceId? parentTrace) => new()
    {
        Trace = trace,
        Parent = parentTrace,
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
