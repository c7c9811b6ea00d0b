using CsCheck;
using Interven.Contracts;
using Interven.Engine.Risk;

namespace Interven.Engine.Tests.Risk;

public class AgentStateTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static AgentObservation Call(ulong destination = 1, ulong operation = 1, bool mutation = false, bool creates = false, int bytes = 500) =>
        new(destination, operation, 7, mutation, creates, bytes);

    static AgentEvent.Decided Decided(Decision decision, RiskBand band = RiskBand.Low, bool threat = false, bool held = true) =>
        new(decision, band, threat, decision == Decision.Allow && band == RiskBand.Low, held, []);

    static (AgentState State, DateTimeOffset Now) Warm(int scans = 60, int secondsApart = 60)
    {
        var (state, now) = (new AgentState(), Start);
        for (var i = 0; i < scans; i++)
            state.Observe(Call(), now = now.AddSeconds(secondsApart));
        return (state, now);
    }

    [Fact]
    public void A_host_is_new_once()
    {
        var state = new AgentState();
        Assert.True(state.Observe(Call(1), Start).NewDestination);
        Assert.False(state.Observe(Call(1), Start).NewDestination);
        Assert.True(state.Observe(Call(2), Start).NewDestination);
    }

    [Fact]
    public void An_agent_with_endless_destinations_stays_small_and_the_flood_does_not_make_them_known()
    {
        var state = new AgentState();
        for (ulong i = 1; i < 20_000; i++)
        {
            Assert.True(state.Observe(new(i, i * 3, i * 7, true, true, (int)i), Start.AddSeconds(i)).NewDestination);
            state.Apply(new AgentEvent.Decided(Decision.Deny, RiskBand.Critical, true, false, true, [i, i + 1, i + 2]), Start.AddSeconds(i));
            state.Apply(new AgentEvent.SensitiveRead([i, i + 5]), Start.AddSeconds(i));
        }
        Assert.InRange(AgentStateBytes.Write(state).Length, 100, 2700);
    }

    [Fact]
    public void A_typical_agent_takes_less_than_a_kilobyte()
    {
        var (state, now) = Warm(200);
        for (ulong i = 0; i < 20; i++)
            state.Observe(Call(i, i), now);
        Assert.InRange(AgentStateBytes.Write(state).Length, 100, 1024);
    }

    [Fact]
    public void Trust_stays_between_nothing_and_full() =>
        Gen.Select(Gen.Int[0, 8], Gen.Enum<Decision>(), Gen.Enum<RiskBand>(), Gen.Bool, Gen.Int[-100_000, 500_000]).List[0, 200].Sample(steps =>
        {
            var (state, now) = (new AgentState(), Start);
            foreach (var (kind, decision, band, threat, seconds) in steps)
            {
                now = now.AddSeconds(seconds);
                state.Apply(kind switch
                {
                    0 => new AgentEvent.DeniedByReviewer(),
                    1 => new AgentEvent.Redeemed(),
                    2 => new AgentEvent.TrustReset(),
                    3 => new AgentEvent.SensitiveRead([1]),
                    _ => Decided(decision, band, threat),
                }, now);
                Assert.InRange(state.TrustAt(now), 0, 1);
                Assert.InRange(state.Observe(Call(), now).Trust, 0, 1);
            }
        });

    [Theory]
    [InlineData(Decision.Deny, RiskBand.Low, false, true, .95)]
    [InlineData(Decision.Deny, RiskBand.Critical, false, true, .90)]
    [InlineData(Decision.RequireApproval, RiskBand.Critical, false, true, .90)]
    [InlineData(Decision.Deny, RiskBand.Critical, true, true, .80)]
    [InlineData(Decision.Allow, RiskBand.Low, false, true, 1)]
    [InlineData(Decision.Deny, RiskBand.Critical, true, false, 1)]
    public void A_scan_costs_its_worst_offence_once(Decision decision, RiskBand band, bool threat, bool held, double trust)
    {
        var state = new AgentState();
        state.Apply(Decided(decision, band, threat, held), Start);
        Assert.Equal(trust, state.TrustAt(Start), 6);
    }

    [Fact]
    public void Trust_comes_back_by_two_hundredths_a_day_and_a_hundredth_for_fifty_clean_scans()
    {
        var state = new AgentState();
        for (var i = 0; i < 4; i++)
            state.Apply(new AgentEvent.DeniedByReviewer(), Start);
        Assert.Equal(.80, state.TrustAt(Start), 6);
        Assert.Equal(.82, state.TrustAt(Start.AddDays(1)), 6);
        Assert.Equal(.82, state.TrustAt(Start), 6);
        for (var i = 0; i < 50; i++)
            state.Apply(Decided(Decision.Allow), Start.AddDays(1));
        Assert.Equal(.83, state.TrustAt(Start.AddDays(1)), 6);
        state.Apply(new AgentEvent.Redeemed(), Start.AddDays(1));
        Assert.Equal(.84, state.TrustAt(Start.AddDays(1)), 6);
        state.Apply(new AgentEvent.TrustReset(), Start.AddDays(1));
        Assert.Equal(1, state.TrustAt(Start.AddDays(1)), 6);
    }

    [Fact]
    public void Five_times_the_normal_is_a_burst_and_a_steady_load_is_none()
    {
        var (state, now) = Warm(180, 60);
        Assert.False(state.Observe(Call(), now.AddSeconds(60)).VolumeBurst);
        var facts = Enumerable.Range(0, 60).Select(i => state.Observe(Call(), now.AddSeconds(60 + i))).ToList()[^1];
        Assert.True(facts.VolumeBurst);
        Assert.True(facts.BurstFactor >= 5);

        var (busy, at) = Warm(3000, 1);
        Assert.False(busy.Observe(Call(), at.AddSeconds(1)).VolumeBurst);
    }

    [Fact]
    public void A_weekend_off_makes_monday_no_burst()
    {
        var (state, now) = Warm(300, 30);
        var facts = Enumerable.Range(0, 20).Select(i => state.Observe(Call(), now.AddDays(2).AddSeconds(30 * i))).ToList()[^1];
        Assert.False(facts.VolumeBurst);
    }

    [Fact]
    public void Ten_thousand_in_one_window_do_not_become_the_normal()
    {
        var (state, now) = Warm(180, 60);
        for (var i = 0; i < 10_000; i++)
            state.Observe(Call(), now.AddSeconds(i * .05));
        var later = now.AddMinutes(30);
        var facts = Enumerable.Range(0, 120).Select(i => state.Observe(Call(), later.AddSeconds(i))).ToList()[^1];
        Assert.True(facts.VolumeBurst);
    }

    [Fact]
    public void Night_is_unusual_for_an_agent_of_the_day()
    {
        var state = new AgentState();
        for (var i = 0; i < 300; i++)
            state.Observe(Call(), Start.Date.AddDays(i / 10).AddHours(9 + i % 8));
        Assert.False(state.Observe(Call(), Start.Date.AddDays(40).AddHours(12)).UnusualHour);
        Assert.True(state.Observe(Call(), Start.Date.AddDays(40).AddHours(3)).UnusualHour);
    }

    [Fact]
    public void A_body_many_times_the_usual_is_unusual()
    {
        var (state, now) = Warm();
        Assert.False(state.Observe(Call(bytes: 700), now).UnusualSize);
        Assert.True(state.Observe(Call(bytes: 60_000), now).UnusualSize);
    }

    [Fact]
    public void Mutations_are_counted_per_tool_within_a_minute()
    {
        var state = new AgentState();
        AgentFacts facts = new();
        for (var i = 0; i < 12; i++)
            facts = state.Observe(Call(mutation: true), Start.AddSeconds(i));
        Assert.Equal(12, facts.MutationsLastMinute);
        Assert.Equal(0, state.Observe(new(1, 1, 99, false, false, 1), Start.AddSeconds(12)).MutationsLastMinute);
        Assert.Equal(1, state.Observe(Call(mutation: true), Start.AddMinutes(3)).MutationsLastMinute);
    }

    [Fact]
    public void An_identity_that_was_created_is_remembered_for_two_minutes()
    {
        var state = new AgentState();
        Assert.Null(state.Observe(Call(creates: true), Start).SecondsSinceIamCreate);
        Assert.Equal(90, state.Observe(Call(), Start.AddSeconds(90)).SecondsSinceIamCreate);
        Assert.Null(state.Observe(Call(), Start.AddSeconds(121)).SecondsSinceIamCreate);
    }

    [Fact]
    public void What_was_read_is_remembered_for_five_minutes_and_credentials_for_a_session()
    {
        var state = new AgentState();
        state.Apply(new AgentEvent.SensitiveRead([11, 12]), Start);
        state.Apply(new AgentEvent.Decided(Decision.Allow, RiskBand.Low, false, false, true, [5, 6, 5]), Start);
        var soon = state.Observe(Call(), Start.AddMinutes(4));
        Assert.Equal([11UL, 12UL], soon.RecentSensitiveReads);
        Assert.Equal(2, soon.CredentialsInSession);
        var late = state.Observe(Call(), Start.AddMinutes(31));
        Assert.Empty(late.RecentSensitiveReads);
        Assert.Equal(0, late.CredentialsInSession);
    }

    [Fact]
    public void The_bytes_bring_everything_back()
    {
        var (state, now) = Warm(300, 20);
        for (ulong i = 1; i < 30; i++)
            state.Observe(new(i, i, i, true, i == 20, (int)i * 100), now);
        state.Apply(new AgentEvent.SensitiveRead([1, 2]), now);
        state.Apply(new AgentEvent.DeniedByReviewer(), now);
        state.Apply(new AgentEvent.Decided(Decision.Allow, RiskBand.Low, false, false, true, [5, 6]), now);
        state.Apply(new AgentEvent.Suspended(), now);
        var bytes = AgentStateBytes.Write(state);
        var back = AgentStateBytes.Read(bytes)!;
        Assert.Equal(bytes, AgentStateBytes.Write(back));
        for (ulong i = 25; i < 40; i++)
            Assert.Equivalent(state.Observe(new(i, i, 7, true, false, 9000), now.AddSeconds(i)), back.Observe(new(i, i, 7, true, false, 9000), now.AddSeconds(i)), strict: true);
    }

    [Fact]
    public void Damaged_bytes_are_unknown_and_never_throw() =>
        Gen.Select(Gen.Byte.Array[0, 600], Gen.Int[0, 600], Gen.Byte).Sample((noise, at, value) =>
        {
            AgentStateBytes.Read(noise);
            var bytes = AgentStateBytes.Write(Warm(5).State);
            bytes[at % bytes.Length] = value;
            var read = AgentStateBytes.Read(bytes);
            Assert.Null(AgentStateBytes.Read(bytes.AsSpan(0, at % bytes.Length)));
            if (read is not null)
                Assert.InRange(read.Observe(Call(), Start).Trust, 0, 1);
        });
}
