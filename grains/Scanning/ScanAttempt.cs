using Interven.Engine.Deciding;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Keys;

namespace Interven.Grains.Scanning;

/// <summary>What is known of one scan so far: enough to refuse it, with a record, from wherever it has got to.</summary>
#pragma warning disable CA1001 // The token outlives the answer where a commit is still under way; without a timer there is nothing to dispose of.
sealed class ScanAttempt(ScanCall call, TimeProvider clock)
#pragma warning restore CA1001
{
    readonly CancellationTokenSource abandoned = new();
    readonly long startedAt = clock.GetTimestamp();

    public ScanCall Call { get; } = call;
    public TraceId Trace { get; } = new(Guid.CreateVersion7(clock.GetUtcNow()));
    public DateTimeOffset Time { get; } = clock.GetUtcNow();
    public KeySnapshot? Key { get; private set; }
    public TenantSnapshot? Tenant { get; private set; }
    public PreparedScan? Scan { get; private set; }
    public Verdict? Verdict { get; set; }

    /// <summary>Set when the caller has been refused: what is not yet committed is dropped, what lands all the same is amended.</summary>
    public CancellationToken Abandoned => abandoned.Token;

    public void Begin(KeySnapshot key, TenantSnapshot tenant, PreparedScan scan) => (Key, Tenant, Scan) = (key, tenant, scan);

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
