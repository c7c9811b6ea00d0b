using Interven.Contracts;
using Interven.Contracts.Evidence;
using Interven.Engine.Evidence.Retention;

namespace Interven.Engine.Tests.Evidence;

/// <summary>What may go, when, and which tenants at which time of day.</summary>
public class RetentionPlanTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(30), InlineData(90), InlineData(365)]
    public void What_is_older_than_the_window_goes(int days) =>
        Assert.Equal(Now.AddDays(-days), RetentionPlan.Of(TenantSettings.Default with { RetentionDays = days }, [], Now)!.Cutoff);

    [Fact]
    public void Nothing_goes_where_records_are_kept_for_ever() =>
        Assert.Null(RetentionPlan.Of(TenantSettings.Default with { RetentionDays = null }, [], Now));

    [Fact]
    public void A_hold_that_has_ended_holds_nothing()
    {
        LegalHold Hold(string agent, DateTimeOffset? until) => new(Guid.Empty, new(agent), "case", until, true, "user/u", Now);
        var plan = RetentionPlan.Of(TenantSettings.Default, [Hold("open", null), Hold("running", Now.AddSeconds(1)), Hold("over", Now)], Now)!;
        Assert.Equal(["open", "running"], plan.Holds.Select(scope => scope.AgentId));
    }

    [Fact]
    public void Tenants_are_spread_over_all_shards_whatever_the_order_they_were_made_in()
    {
        var counts = Enumerable.Range(0, 64_000).Select(n => RetentionShards.Of(new(Guid.CreateVersion7(Now.AddMilliseconds(n))))).CountBy(shard => shard).ToList();
        Assert.Equal(RetentionShards.Count, counts.Count);
        Assert.All(counts, shard => Assert.InRange(shard.Value, 750, 1250));
    }

    [Fact]
    public void Each_shard_has_its_time_of_day_and_is_due_within_a_day()
    {
        var due = Enumerable.Range(0, RetentionShards.Count).Select(shard => (Now + RetentionShards.DueIn(shard, Now)).TimeOfDay).ToList();
        Assert.Equal(RetentionShards.Count, due.Distinct().Count());
        Assert.All(Enumerable.Range(0, RetentionShards.Count), shard => Assert.InRange(RetentionShards.DueIn(shard, Now), TimeSpan.FromMinutes(1), TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1)));
        Assert.Equal(due, Enumerable.Range(0, RetentionShards.Count).Select(shard => (Now.AddHours(5) + RetentionShards.DueIn(shard, Now.AddHours(5))).TimeOfDay));
    }

    [Fact]
    public void A_missed_run_is_overdue_and_one_of_yesterday_is_not()
    {
        Assert.True(RetentionShards.IsOverdue(null, Now));
        Assert.True(RetentionShards.IsOverdue(Now.AddHours(-26), Now));
        Assert.False(RetentionShards.IsOverdue(Now.AddHours(-24), Now));
    }
}
