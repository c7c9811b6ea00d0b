using Interven.Engine.Deciding;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Keys;

namespace Interven.Grains.Scanning;

/// <summary>What is known of one scan so far: enough to refuse it, with a record, from wherever it has got to.</summary>
#pragma warning disable CA1001 // The token outlives the answer where a commit is still under way; without a timer there is nothing to dispose of.
sealed class ScanAttempt(ScanCall call, RequestForm form, TimeProvider clock, TraceId? parent = null)
#pragma warning restore CA1001
{
    const int Deciding = 0, Waiting = 1, GivenUp = 2;
    readonly CancellationTokenSource abandoned = new();
    readonly long startedAt = clock.GetTimestamp();
    ScanAttempt? joined;
    int phase = Deciding;

    public ScanCall Call { get; } = call;
    public RequestForm Form { get; } = form;
    public TraceId Trace { get; } = new(Guid.CreateVersion7(clock.GetUtcNow()));
    public DateTimeOffset Time { get; } = clock.GetUtcNow();

    /// <summary>What its record is.</summary>
    public string Kind { get; init; } = "scan";

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

    /// <summary>False where it waits for a person meanwhile: the deadline does not count then.</summary>
    public bool TryAbandon()
    {
        if (joined is { IsWaiting: true } || Interlocked.CompareExchange(ref phase, GivenUp, Deciding) == Waiting)
            return false;
        abandoned.Cancel();
        return true;
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
