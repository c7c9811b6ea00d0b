using Interven.Contracts.Evidence;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>Counts as the dashboard shows them.</summary>
static class StatsShape
{
    const int MostShown = 10;

    static readonly int[] Widths = [15, 30, 60, 300, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400, 604_800, 2_592_000];

    /// <summary>The narrowest of the usual widths that makes no more buckets than <paramref name="most"/>.</summary>
    public static TimeSpan BucketOf(TimeSpan stretch, int most) =>
        TimeSpan.FromSeconds(Widths.FirstOrDefault(width => stretch.TotalSeconds / width <= most, (int)Math.Min(int.MaxValue, stretch.TotalSeconds / most) + 1));

    public static DecisionStats Of(DecisionTotals totals, DateTimeOffset since, DateTimeOffset until, TimeSpan bucket)
    {
        var byDecision = Enum.GetValues<Decision>().Select(decision => new NamedCount(
            decision.Word(), totals.Buckets.Where(one => one.Decision == decision).Sum(one => one.Records))).ToList();
        return new(
            since, until, (int)bucket.TotalSeconds, byDecision.Sum(one => one.Count), byDecision,
            [.. Enum.GetValues<RiskBand>().Select(band => new NamedCount(band.Word(), totals.Bands.FirstOrDefault(one => one.Band == band).Records))],
            [.. Buckets(totals.Buckets, since, until, bucket)],
            Top(totals.Operations.Select(one => (one.Tool, one.Records))),
            Top(totals.Operations.Select(one => ($"{one.Tool}.{one.Operation}", one.Records))),
            Top(totals.ReasonSets.SelectMany(set => set.Word.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(code => (code, set.Records)))),
            Top(totals.Agents.Select(one => (one.Word, one.Records))),
            totals.PendingApprovals);
    }

    static IEnumerable<DecisionBucket> Buckets(IReadOnlyList<BucketCount> counts, DateTimeOffset since, DateTimeOffset until, TimeSpan width)
    {
        var found = counts.ToLookup(one => one.Start);
        var first = since.ToUnixTimeSeconds() / (long)width.TotalSeconds * (long)width.TotalSeconds;
        for (var start = DateTimeOffset.FromUnixTimeSeconds(first); start < until; start += width)
            yield return new(start, Records(found[start], Decision.Allow), Records(found[start], Decision.Sanitize),
                Records(found[start], Decision.RequireApproval), Records(found[start], Decision.Deny));
    }

    static long Records(IEnumerable<BucketCount> counts, Decision decision) => counts.Where(one => one.Decision == decision).Sum(one => one.Records);

    static IReadOnlyList<NamedCount> Top(IEnumerable<(string Name, long Count)> counts) =>
    [
        .. counts.GroupBy(one => one.Name, StringComparer.Ordinal).Select(group => new NamedCount(group.Key, group.Sum(one => one.Count)))
            .OrderByDescending(one => one.Count).ThenBy(one => one.Name, StringComparer.Ordinal).Take(MostShown),
    ];
}
