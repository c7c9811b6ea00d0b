using Interven.Contracts;

namespace Interven.Engine.Risk;

/// <summary>Bands, and what a band does to a milder decision.</summary>
public static class RiskBands
{
    /// <summary>Below this trust the thresholds are one band lower.</summary>
    public const double ScrutinyBelow = .6;

    public static RiskBand Of(double score, RiskSettings settings) =>
        !(score < settings.CriticalFrom) ? RiskBand.Critical
        : score >= settings.HighFrom ? RiskBand.High
        : score >= settings.MediumFrom ? RiskBand.Medium
        : RiskBand.Low;

    /// <summary>The least strict decision that a score may end in, and why.</summary>
    /// <param name="score">Risk score.</param>
    /// <param name="trust">The agent's trust; null is unknown and brings no scrutiny, or an outage of the agents' memory would stop everything.</param>
    /// <param name="settings">Borders and actions.</param>
    public static (Decision Least, IReadOnlyList<string> Reasons) Threshold(double score, double? trust, RiskSettings settings)
    {
        var band = Of(score, settings);
        var scrutiny = trust is { } known && !(known >= ScrutinyBelow);
        var acting = scrutiny && band is not RiskBand.Critical ? band + 1 : band;
        var onHigh = settings.OnHigh ?? Decision.Allow;
        var least = band == RiskBand.Low ? Decision.Allow : acting switch
        {
            RiskBand.Critical => Stricter(onHigh, settings.OnCritical ?? Decision.Allow),
            RiskBand.High => onHigh,
            _ => Decision.Allow,
        };
        return least == Decision.Allow ? (least, []) : (least, Reasons(band, acting));
    }

    static Decision Stricter(Decision one, Decision other) => one > other ? one : other;

    static List<string> Reasons(RiskBand band, RiskBand acting)
    {
        List<string> reasons = [];
        if (band == RiskBand.Critical)
            reasons.Add(ReasonCodes.RiskCritical);
        if (band == RiskBand.High)
            reasons.Add(ReasonCodes.RiskHigh);
        if (acting != band)
            reasons.Add(ReasonCodes.LowTrust);
        return reasons;
    }
}
