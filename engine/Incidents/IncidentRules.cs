using Interven.Contracts;
using Interven.Contracts.Incidents;

namespace Interven.Engine.Incidents;

/// <summary>When an incident is opened, and how it moves on.</summary>
public static class IncidentRules
{
    public static readonly IReadOnlyList<string> Resolutions = ["false_positive", "agent_misbehavior", "agent_compromised", "policy_gap", "infrastructure"];

    /// <summary>What a flagged record opens or joins, under the tenant's thresholds. A rule's OPEN_INCIDENT is never switched off.</summary>
    public static IReadOnlyList<IncidentCause> Judge(IncidentFlag flag, FlagHistory history, IncidentSettings settings)
    {
        List<IncidentCause> causes = [.. flag.Causes.Where(cause => IsOn(cause.Trigger, settings))];
        if (flag.IsDenial && settings.RepeatedDeny > 0 && history.Denials >= settings.RepeatedDeny)
            causes.Add(new(IncidentTriggers.RepeatedDeny, RiskBand.High));
        // Floating figures: .3 is .3 after six charges of .05 too.
        if (settings.TrustCollapse > 0 && flag.TrustAfter is { } after && history.HighestTrust is { } before && before - after >= settings.TrustCollapse - 1e-9)
            causes.Add(new(IncidentTriggers.TrustCollapse, RiskBand.High));
        return causes;
    }

    static bool IsOn(string trigger, IncidentSettings settings) => trigger switch
    {
        IncidentTriggers.CriticalDeny => settings.CriticalDeny,
        IncidentTriggers.ThreatIntel => settings.ThreatIntel,
        IncidentTriggers.EphemeralScope => settings.EphemeralScope,
        IncidentTriggers.ReadThenWrite => settings.ReadThenWrite,
        _ => true,
    };

    /// <summary>Where a transition leads; null with the problem where it leads nowhere.</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="status">The word that was asked for.</param>
    /// <param name="resolution">With <c>closed</c>.</param>
    public static (IncidentStatus? Next, string? Field, string? Problem) Transition(IncidentStatus from, string? status, string? resolution)
    {
        if (status is not ("investigating" or "closed"))
            return (null, "$.status", "`status` must be investigating or closed.");
        if (status == "closed" && !Resolutions.Contains(resolution))
            return (null, "$.resolution", $"With closed, `resolution` must be one of {string.Join(", ", Resolutions)}.");
        if (status != "closed" && resolution is not null)
            return (null, "$.resolution", "A resolution goes with closed alone.");
        var next = status == "closed" ? IncidentStatus.Closed : IncidentStatus.Investigating;
        return next > from ? (next, null, null) : (null, null, from == IncidentStatus.Closed ? "The incident is closed already." : "The incident is being investigated already.");
    }
}

/// <summary>What one agent did within the windows, the record in question included.</summary>
/// <param name="Denials">DENYs that count.</param>
/// <param name="HighestTrust">Trust at its highest, of the same key and agent; null where none is known.</param>
public readonly record struct FlagHistory(int Denials, double? HighestTrust);
