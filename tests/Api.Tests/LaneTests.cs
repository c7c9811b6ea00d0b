using Interven.ApiFrontend.Scanning;

namespace Interven.Api.Tests;

/// <summary>When a front end sends its calls another way.</summary>
public sealed class LaneTests
{
    readonly Clock clock = new();

    [Fact]
    public async Task A_lane_is_passed_over_once_its_silo_has_answered_nothing_for_longer_than_any_answer_takes()
    {
        var (lane, silence) = (Lane(), new TaskCompletionSource<int>());
        var asked = lane.Ask(_ => silence.Task);
        clock.Step(TimeSpan.FromMilliseconds(900));
        Assert.False(lane.IsOut);
        clock.Step(TimeSpan.FromMilliseconds(200));
        Assert.True(lane.IsOut);
        silence.SetResult(1);
        await asked;
        Assert.False(lane.IsOut);
    }

    [Fact]
    public async Task A_silo_that_speaks_but_would_refuse_every_call_is_passed_over_until_it_decides_again()
    {
        var lane = Lane();
        await lane.Feel(_ => Task.FromResult(false));
        Assert.True(lane.IsOut);
        // A refusal is an answer, and no sign that the next call fares better.
        await lane.Ask(_ => Task.FromResult(1));
        Assert.True(lane.IsOut);
        await lane.Feel(_ => Task.FromResult(true));
        Assert.False(lane.IsOut);
    }

    [Fact]
    public async Task A_silo_that_was_frozen_past_its_lease_is_not_believed_between_its_first_word_and_what_it_says()
    {
        var (lane, thaw) = (Lane(), new TaskCompletionSource<bool>());
        var felt = lane.Feel(_ => thaw.Task);
        clock.Step(TimeSpan.FromSeconds(20));
        Assert.True(lane.IsOut);
        thaw.SetResult(false);
        await felt;
        Assert.True(lane.IsOut);
    }

    Lane<object> Lane() => new(new(), clock);

    sealed class Clock : TimeProvider
    {
        long now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Step(TimeSpan by) => now += by.Ticks;
    }
}
