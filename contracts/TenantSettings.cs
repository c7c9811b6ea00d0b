namespace Interven.Contracts;

/// <summary>What a tenant may tune. Durations in seconds, weights and scores 0 to 1.</summary>
public sealed record TenantSettings
{
    public static readonly TenantSettings Default = new();

    /// <summary>Named scopes that policies and keys may be bound to.</summary>
    public IReadOnlyList<string> Environments { get; init; } = ["production"];

    /// <summary>30, 90 or 365 days; null keeps records for ever.</summary>
    public int? RetentionDays { get; init; } = 365;

    /// <summary>When the last retention run ended; noted by it, not set.</summary>
    public DateTimeOffset? RetentionLastPrunedAt { get; init; }

    /// <summary>How long an approval waits for a person: 60 to 86,400 s.</summary>
    public int ApprovalTtlSeconds { get; init; } = 600;

    /// <summary>How long an approval's grant may be used.</summary>
    public int GrantWindowSeconds { get; init; } = 600;

    /// <summary>How long a denial also denies the identical call.</summary>
    public int DenyWindowSeconds { get; init; } = 600;

    public RiskSettings Risk { get; init; } = new();

    /// <summary>What the upper bands do: the same as in <see cref="Risk"/>, where it is kept.</summary>
    public RiskThresholds Thresholds => new(Risk.OnHigh, Risk.OnCritical);

    /// <summary>What opens an incident by itself.</summary>
    public Incidents.IncidentSettings Incidents { get; init; } = new();

    public DefaultActions DefaultActions { get; init; } = new();

    /// <summary>Domains of the tenant itself; a sub-domain counts as inside.</summary>
    public IReadOnlyList<string> InternalDomains { get; init; } = [];

    /// <summary>More phrases that mark a text as INTERNAL.</summary>
    public IReadOnlyList<string> InternalMarkers { get; init; } = [];

    /// <summary>Whoever minted the calling key cannot approve its calls.</summary>
    public bool SeparationOfDuties { get; init; } = true;

    /// <summary>Most scans per minute for the whole tenant; null for no tenant-wide limit.</summary>
    public int? TenantScansPerMinute { get; init; }

    /// <summary>Most scans per minute for one key; bursts may take twice as many.</summary>
    public int KeyScansPerMinute { get; init; } = 6000;
}

/// <summary>What happens where no rule matches, by verb.</summary>
public sealed record DefaultActions
{
    public Decision Read { get; init; } = Decision.Allow;
    public Decision Write { get; init; } = Decision.Allow;
    public Decision Admin { get; init; } = Decision.Allow;

    public Decision For(Verb verb) => verb switch { Verb.Read => Read, Verb.Write => Write, _ => Admin };
}

/// <summary>What HIGH and CRITICAL raise a milder decision to; null leaves it.</summary>
public sealed record RiskThresholds(Decision? High = null, Decision? Critical = null);

/// <summary>Weights of the risk engines, band borders and what a band does.</summary>
public sealed record RiskSettings
{
    public double ClassifierWeight { get; init; } = .30;
    public double BaselineWeight { get; init; } = .20;
    public double CorrelationWeight { get; init; } = .20;
    public double ThreatIntelWeight { get; init; } = .20;
    public double IntentWeight { get; init; } = .10;

    public double MediumFrom { get; init; } = .25;
    public double HighFrom { get; init; } = .50;
    public double CriticalFrom { get; init; } = .75;

    /// <summary>What HIGH raises a milder decision to; null leaves it.</summary>
    public Decision? OnHigh { get; init; }

    /// <summary>What CRITICAL raises a milder decision to; null leaves it.</summary>
    public Decision? OnCritical { get; init; } = Decision.RequireApproval;
}
