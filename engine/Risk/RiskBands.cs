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
    public static RiskThreshold Threshold(double score, double? trust, RiskSettings settings)
    {
        var band = Of(score, settings);
        var scrutiny = trust is { } known && !(known >= ScrutinyBelow);
        var acting = scrutiny && band is not RiskBand.Critical ? band + 1 : band;
        var onHigh = acting >= RiskBand.High ? settings.OnHigh ?? Decision.Allow : Decision.Allow;
        var onCritical = acting == RiskBand.Critical ? settings.OnCritical ?? Decision.Allow : Decision.Allow;
        var least = Stricter(onHigh, onCritical);
        return least == Decision.Allow ? RiskThreshold.None
            : new(least, onHigh == Decision.Sanitize || onCritical == Decision.Sanitize, Reasons(band, acting));
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

/// <summary>What a risk band asks for.</summary>
/// <param name="Least">No milder decision may stand.</param>
/// <param name="Sanitises">A band on the way asks for redaction; a stricter one does not take that back.</param>
/// <param name="Reasons">Why.</param>
public sealed record RiskThreshold(Decision Least, bool Sanitises, IReadOnlyList<string> Reasons)
{
    public static readonly RiskThreshold None = new(Decision.Allow, false, []);
}
