using Interven.Contracts;

namespace Interven.Engine.Risk;

/// <summary>How far a call is from what this agent usually does.</summary>
static class BaselineEngine
{
    /// <summary>Unknown facts leave the engine out of the average: silence that nobody vouches for must not lower a score.</summary>
    public static Assessment Judge(AgentFacts? agent)
    {
        if (agent is null)
            return Assessment.Quiet(Signal.Baseline, active: false);
        var figures = RiskTable.Current.Baseline;
        var warm = agent.Scans >= figures.WarmUpScans;
        List<Detail>? details = null;
        var score = 0d;
        void Count(bool seen, string name, double weight)
        {
            if (!seen)
                return;
            score = Odds.Either(score, weight);
            (details ??= []).Add(new(name));
        }
        Count(agent.NewDestination, "new_destination", figures.NewDestination);
        if (warm)
        {
            Count(agent.NewOperation, "new_operation", figures.NewOperation);
            Count(agent.UnusualHour, "unusual_hour", figures.UnusualHour);
            Count(agent.UnusualSize, "unusual_size", figures.UnusualSize);
            Count(agent.VolumeBurst, "volume_burst", figures.VolumeBurst);
            Count(agent.BurstFactor >= figures.ExtremeBurstFactor, "extreme_burst", figures.VolumeBurst);
            if (agent.VolumeBurst)
                (details ??= []).Add(new("burst_factor", Figure: agent.BurstFactor));
        }
        if (score == 0)
            return Assessment.Quiet(Signal.Baseline, warm);
        return new(new(Signal.Baseline, score, details ?? []), warm, 0, Reasons(agent, warm));
    }

    static List<string> Reasons(AgentFacts agent, bool warm)
    {
        List<string> reasons = [];
        if (agent.NewDestination)
            reasons.Add(ReasonCodes.NewDestination);
        if (warm && agent.VolumeBurst)
            reasons.Add(ReasonCodes.VolumeBurst);
        return reasons;
    }
}
