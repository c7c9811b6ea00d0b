using CsCheck;
using Interven.Contracts;
using Interven.Engine.Risk;

namespace Interven.Engine.Tests.Risk;

public class RiskScoreTests
{
    static readonly RiskSettings Settings = new();
    static readonly string[] Engines = [Signal.Classifier, Signal.Baseline, Signal.Correlation, Signal.ThreatIntel, Signal.Intent];

    static Assessment One(string engine, double score, bool active = true, double floor = 0) => new(new(engine, score, []), active, floor, []);

    static double Score(params Assessment[] all) => RiskScore.Of(all, null, Settings);

    [Fact]
    public void Weights_make_an_average_of_the_active_engines()
    {
        Assert.Equal(.30, Score([One(Signal.Classifier, 1), .. Engines.Skip(1).Select(engine => One(engine, 0))]), 6);
        Assert.Equal(.50, Score(One(Signal.Classifier, .5), One(Signal.Baseline, 0, active: false)), 6);
        Assert.Equal(0, Score());
    }

    [Fact]
    public void A_floor_is_not_averaged_away() =>
        Assert.Equal(.75, Score([One(Signal.ThreatIntel, 1, floor: .75), .. Engines.Where(e => e != Signal.ThreatIntel).Select(engine => One(engine, 0))]));

    [Fact]
    public void An_engine_that_warms_up_raises_and_never_lowers()
    {
        Assert.Equal(.5, Score(One(Signal.Classifier, .5), One(Signal.Baseline, .35, active: false)), 6);
        Assert.True(Score(One(Signal.Classifier, .1), One(Signal.Baseline, .35, active: false)) > .1);
    }

    [Fact]
    public void More_of_anything_never_scores_less() =>
        Gen.Select(Gen.Double[0, 1].Array[5], Gen.Bool.Array[5], Gen.Int[0, 4], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((scores, active, which, more, trust) =>
        {
            var less = Engines.Select((engine, i) => One(engine, scores[i], active[i])).ToArray();
            var raised = less.ToArray();
            raised[which] = One(Engines[which], Math.Max(scores[which], more), active[which]);
            Assert.True(RiskScore.Of(raised, trust, Settings) >= RiskScore.Of(less, trust, Settings) - 1e-12);
            Assert.InRange(RiskScore.Of(less, trust, Settings), 0, 1);
        });

    [Theory]
    [InlineData(1.0, -.10)]
    [InlineData(0.0, .20)]
    [InlineData(.5, .05)]
    [InlineData(-3.0, .20)]
    [InlineData(double.NaN, .20)]
    [InlineData(null, 0.0)]
    public void Trust_moves_the_score_on_a_line(double? trust, double by) => Assert.Equal(by, RiskScore.TrustModifier(trust), 6);

    [Theory]
    [InlineData(0, RiskBand.Low)]
    [InlineData(.2499, RiskBand.Low)]
    [InlineData(.25, RiskBand.Medium)]
    [InlineData(.5, RiskBand.High)]
    [InlineData(.7499, RiskBand.High)]
    [InlineData(.75, RiskBand.Critical)]
    [InlineData(1, RiskBand.Critical)]
    [InlineData(double.NaN, RiskBand.Critical)]
    public void Borders_belong_to_the_higher_band(double score, RiskBand band) => Assert.Equal(band, RiskBands.Of(score, Settings));

    [Theory]
    [InlineData(.8, 1.0, null, Decision.RequireApproval, Decision.RequireApproval, "RISK_CRITICAL")]
    [InlineData(.6, 1.0, null, Decision.RequireApproval, Decision.Allow, "")]
    [InlineData(.6, .59, null, Decision.RequireApproval, Decision.RequireApproval, "RISK_HIGH,LOW_TRUST")]
    [InlineData(.6, .60, null, Decision.RequireApproval, Decision.Allow, "")]
    [InlineData(.3, .1, Decision.RequireApproval, Decision.Deny, Decision.RequireApproval, "LOW_TRUST")]
    [InlineData(.1, .1, Decision.Deny, Decision.Deny, Decision.Allow, "")]
    [InlineData(.8, 1.0, Decision.Deny, Decision.RequireApproval, Decision.Deny, "RISK_CRITICAL")]
    [InlineData(.8, 1.0, null, null, Decision.Allow, "")]
    [InlineData(.8, null, null, Decision.Deny, Decision.Deny, "RISK_CRITICAL")]
    [InlineData(.6, double.NaN, null, Decision.Deny, Decision.Deny, "RISK_HIGH,LOW_TRUST")]
    public void A_band_raises_a_decision(double score, double? trust, Decision? onHigh, Decision? onCritical, Decision least, string reasons)
    {
        var threshold = RiskBands.Threshold(score, trust, Settings with { OnHigh = onHigh, OnCritical = onCritical });
        Assert.Equal(least, threshold.Least);
        Assert.Equal(reasons, string.Join(',', threshold.Reasons));
    }

    [Fact]
    public void More_risk_or_less_trust_never_lowers_the_threshold() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Enum<Decision>(), Gen.Enum<Decision>()).Sample((score, more, trust, less, onHigh, onCritical) =>
        {
            var settings = Settings with { OnHigh = onHigh, OnCritical = onCritical };
            var mild = RiskBands.Threshold(Math.Min(score, more), Math.Max(trust, less), settings);
            var strict = RiskBands.Threshold(Math.Max(score, more), Math.Min(trust, less), settings);
            Assert.True(strict.Least >= mild.Least);
            Assert.True(strict.Sanitises || !mild.Sanitises);
        });
}
