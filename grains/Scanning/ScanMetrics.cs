using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Interven.Grains.Scanning;

/// <summary>What operators watch of scans. Labels are words of fixed lists: never a tenant, agent or value.</summary>
sealed class ScanMetrics
{
    readonly Counter<long> scans;
    readonly Counter<long> refusals;
    readonly Histogram<double> duration;

    public ScanMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Interven");
        scans = meter.CreateCounter<long>("interven.scans", description: "Scans decided and recorded, by decision.");
        refusals = meter.CreateCounter<long>("interven.refusals", description: "Scans refused without a durable record, by reason.");
        duration = meter.CreateHistogram("interven.scan.duration", "s", "From the first byte to the answer, in a silo.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0005, .001, .002, .004, .008, .016, .032, .064, .125, .25, .5, 1, 2] });
    }

    public void Decided(Decision decision, TimeSpan took)
    {
        var tag = new TagList { { "decision", decision.Word() } };
        scans.Add(1, tag);
        duration.Record(took.TotalSeconds, tag);
    }

    public void Refused(string reason) => refusals.Add(1, new TagList { { "reason", reason } });
}
