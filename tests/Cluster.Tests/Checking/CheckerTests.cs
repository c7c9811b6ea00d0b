using System.Diagnostics;
using System.Text;
using Interven.Cluster.Tests.Load;

namespace Interven.Cluster.Tests.Checking;

/// <summary>A checker that finds nothing must be one that would.</summary>
public sealed class CheckerTests
{
    static readonly Guid Tenant = Guid.CreateVersion7(), One = Guid.CreateVersion7(), Two = Guid.CreateVersion7();

    [Fact]
    public void A_whole_journal_passes() =>
        Assert.Empty(Evidence.Check([Answer(1, One), Answer(1, One), Answer(2, Two)], [Row(One, 1), Row(Two, 2)], [One, Two]));

    [Fact]
    public void A_lost_record_is_found() => Assert.Contains(Evidence.Check([Answer(1, One)], [], []), found => found.StartsWith("lost", StringComparison.Ordinal));

    [Fact]
    public void Two_answers_for_one_key_are_found() =>
        Assert.Contains(Evidence.Check([Answer(1, One), Answer(1, Two)], [Row(One, 1), Row(Two, 2)], [One, Two]), found => found.StartsWith("two answers", StringComparison.Ordinal));

    [Fact]
    public void A_second_record_of_a_call_is_found() =>
        Assert.Contains(Evidence.Check([Answer(1, One)], [Row(One, 1), Row(Two, 2)], [One]), found => found.StartsWith("doubled", StringComparison.Ordinal));

    [Fact]
    public void An_answered_record_that_a_refusal_undid_is_found_and_one_that_keeps_its_key_is_not()
    {
        StoredRow[] rows = [Row(One, 1), new(Tenant, Two, One, "refused", 2)];
        Assert.Contains(Evidence.Check([Answer(1, One)], rows, []), found => found.StartsWith("answered and undone", StringComparison.Ordinal));
        Assert.Empty(Evidence.Check([Answer(1, One)], rows, [One]));
        Assert.Empty(Evidence.Check([], rows, []));
    }

    [Fact]
    public void A_gap_in_the_numbers_is_found() =>
        Assert.Contains(Evidence.Check([], [Row(One, 1), Row(Two, 3)], [One, Two]), found => found.Contains("gap", StringComparison.Ordinal));

    [Fact]
    public void A_decision_by_an_old_version_is_found_and_one_that_was_under_way_is_not()
    {
        var changes = new Changed[] { new(100, 2, default), new(200, 3, default) };
        Assert.Equal([250], Changes.Stale([Answer(1, One, sent: 90, version: 1), Answer(2, One, sent: 150, version: 2), Answer(3, One, sent: 250, version: 2)], changes).Select(one => one.SentAt));
    }

    [Fact]
    public void A_permission_during_an_outage_is_found()
    {
        var second = Stopwatch.Frequency;
        var seen = Outage.Of([Answer(1, One, sent: second), Refusal(2, second, second * 3 / 2), Answer(3, Two, sent: 10 * second)], second / 2, 5 * second);
        Assert.Equal((1, 1.0), (seen.Permissive, seen.FirstRefusal.TotalSeconds));
    }

    static Try Answer(int number, Guid trace, long sent = 1, int version = 1) =>
        new(number, sent, sent + 1, 200, Encoding.UTF8.GetBytes($$"""{"decision":"ALLOW","trace_id":"{{trace}}","policy_version":{{version}}}"""));

    static Try Refusal(int number, long sent, long answered) =>
        new(number, sent, answered, 200, Encoding.UTF8.GetBytes($$"""{"decision":"DENY","trace_id":"{{One}}","durable":false}"""));

    static StoredRow Row(Guid trace, long seq) => new(Tenant, trace, null, "scan", seq);
}
