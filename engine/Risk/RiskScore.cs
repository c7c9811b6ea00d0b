using Interven.Contracts;

namespace Interven.Engine.Risk;

/// <summary>One figure out of all signals.</summary>
static class RiskScore
{
    /// <summary>
    /// Σ weight·score ÷ Σ weight of the active engines, plus the trust modifier, held within 0 and 1, and never below an engine's floor.
    /// An engine that is not active (warming up) may raise the score with what it saw, never lower it.
    /// </summary>
    /// <param name="assessments">One per engine.</param>
    /// <param name="trust">Null is unknown: no credit, no charge.</param>
    /// <param name="settings">The tenant's weights.</param>
    public static double Of(ReadOnlySpan<Assessment> assessments, double? trust, RiskSettings settings)
    {
        var (sum, weights, floor) = (0d, 0d, 0d);
        foreach (ref readonly var one in assessments)
        {
            floor = Math.Max(floor, one.Floor);
            if (!one.Active)
                continue;
            var weight = WeightOf(one.Signal.Engine, settings);
            (sum, weights) = (sum + weight * one.Signal.Score, weights + weight);
        }
        var average = weights > 0 ? sum / weights : 0;
        // Highest first: what stays out is below the average then, so that more of anything never scores less.
        foreach (var one in Waiting(assessments))
            if (one.Signal.Score > average && WeightOf(one.Signal.Engine, settings) is var weight and > 0)
                average = (sum += weight * one.Signal.Score) / (weights += weight);
        return Math.Max(Math.Clamp(average + TrustModifier(trust), 0, 1), floor);
    }

    /// <summary>From −.10 at full trust to +.20 at none.</summary>
    public static double TrustModifier(double? trust)
    {
        if (trust is not { } known)
            return 0;
        var table = RiskTable.Current;
        return table.TrustAtNone + (table.TrustAtFull - table.TrustAtNone) * (double.IsNaN(known) ? 0 : Math.Clamp(known, 0, 1));
    }

    static IEnumerable<Assessment> Waiting(ReadOnlySpan<Assessment> assessments)
    {
        List<Assessment>? waiting = null;
        foreach (ref readonly var one in assessments)
            if (!one.Active && one.Signal.Score > 0)
                (waiting ??= []).Add(one);
        return waiting is null ? [] : waiting.OrderByDescending(one => one.Signal.Score);
    }

    static double WeightOf(string engine, RiskSettings settings) => Math.Max(0, engine switch
    {
        Signal.Classifier => settings.ClassifierWeight,
        Signal.Baseline => settings.BaselineWeight,
        Signal.Correlation => settings.CorrelationWeight,
        Signal.ThreatIntel => settings.ThreatIntelWeight,
        Signal.Intent => settings.IntentWeight,
        _ => 0,
    });
}
