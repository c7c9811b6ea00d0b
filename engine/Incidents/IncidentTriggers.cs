namespace Interven.Engine.Incidents;

/// <summary>What may open an incident, in the words of API, records and settings.</summary>
public static class IncidentTriggers
{
    public const string CriticalDeny = "critical_deny";
    public const string RepeatedDeny = "repeated_deny";
    public const string ThreatIntel = "threat_intel";
    public const string EphemeralScope = "ephemeral_scope";
    public const string ReadThenWrite = "read_then_write";
    public const string TrustCollapse = "trust_collapse";
    public const string PolicyRule = "policy_rule";
    public const string Manual = "manual";

    public static string TitleOf(IncidentCause cause, string agent) => cause.Trigger switch
    {
        CriticalDeny => $"A critical call of {agent} was denied",
        RepeatedDeny => $"{agent} is denied again and again",
        ThreatIntel => $"{agent} would reach a destination on a threat list",
        EphemeralScope => $"{agent} used an ephemeral key beyond its scope",
        ReadThenWrite => $"{agent} would send out what it read minutes ago",
        TrustCollapse => $"The trust in {agent} has collapsed",
        PolicyRule => $"{agent} met the rule {cause.Subject}",
        _ => agent,
    };
}
