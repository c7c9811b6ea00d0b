namespace Interven.Contracts.Incidents;

/// <summary>What opens an incident by itself. Windows in minutes, 1 to 1,440; <c>repeated_deny</c> at most 1,000.</summary>
public sealed record IncidentSettings
{
    /// <summary>A DENY in the CRITICAL band.</summary>
    public bool CriticalDeny { get; init; } = true;

    /// <summary>So many DENYs of one agent within <c>repeated_deny_minutes</c>; 0 switches it off.</summary>
    public int RepeatedDeny { get; init; } = 5;

    public int RepeatedDenyMinutes { get; init; } = 60;

    /// <summary>A destination or link on a threat list.</summary>
    public bool ThreatIntel { get; init; } = true;

    /// <summary>An ephemeral key used beyond its scope.</summary>
    public bool EphemeralScope { get; init; } = true;

    /// <summary>Sensitive values that were read minutes ago on their way out.</summary>
    public bool ReadThenWrite { get; init; } = true;

    /// <summary>Trust that an agent lost within <c>trust_collapse_minutes</c>, 0 to 1; 0 switches it off.</summary>
    public double TrustCollapse { get; init; } = .3;

    public int TrustCollapseMinutes { get; init; } = 60;

    /// <summary>The same trigger for the same agent joins an open incident whose newest record is no older.</summary>
    public int JoinMinutes { get; init; } = 60;
}
