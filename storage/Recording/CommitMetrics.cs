using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Interven.Storage.Recording;

/// <summary>What operators watch of the one writer, and the span by which a trace goes on into it.</summary>
sealed class CommitMetrics
{
    /// <summary>Spans that a batch names as its causes.</summary>
    const int MostLinks = 32;

    static readonly ActivitySource Source = new("Interven");

    readonly Histogram<long> batch;
    readonly Histogram<double> duration;

    public CommitMetrics(IMeterFactory meters, Func<int> queued, Func<bool> available)
    {
        var meter = meters.Create("Interven");
        batch = meter.CreateHistogram("interven.commit.batch", description: "Records in one commit.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });
        duration = meter.CreateHistogram("interven.commit.duration", "s", "One commit, from its first statement to the store's word.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0005, .001, .002, .004, .008, .016, .032, .064, .125, .25, .5, 1] });
        meter.CreateObservableGauge("interven.commit.queue", () => queued(), description: "Records that wait for the writer.");
        meter.CreateObservableGauge("interven.store.available", () => available() ? 1 : 0, description: "1 while the store takes records.");
    }

    public void Committed(int records, TimeSpan took)
    {
        batch.Record(records);
        duration.Record(took.TotalSeconds);
    }

    /// <summary>A commit belongs to the trace of its first record, and names the others. Null where nobody traces.</summary>
    public static Activity? Trace(List<PendingAppend> batch)
    {
        if (!Source.HasListeners())
            return null;
        var causes = batch.Where(one => one.Caller != default).Take(MostLinks).Select(one => one.Caller).ToList();
        var span = Source.StartActivity("commit", ActivityKind.Internal, causes.FirstOrDefault(), links: causes.Skip(1).Select(cause => new ActivityLink(cause)));
        return span?.SetTag("interven.batch", batch.Count);
    }
}
