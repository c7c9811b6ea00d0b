namespace Interven.Engine.Risk;

/// <summary>What the agent's history says of one call. A null <see cref="AgentFacts"/> means that it could not be learned in time: unknown, never "fine".</summary>
public sealed record AgentFacts
{
    /// <summary>0 to 1; 1 for an agent that nothing is held against.</summary>
    public double Trust { get; init; } = 1.0;

    public bool Suspended { get; init; }

    /// <summary>Scans of this agent so far; the baseline is silent below its warm-up, but for <see cref="NewDestination"/>.</summary>
    public long Scans { get; init; }

    public bool NewDestination { get; init; }
    public bool NewOperation { get; init; }
    public bool UnusualHour { get; init; }
    public bool UnusualSize { get; init; }

    /// <summary>Five times the agent's ten-minute normal, or more.</summary>
    public bool VolumeBurst { get; init; }

    /// <summary>Calls in the last ten minutes ÷ the normal for ten minutes; 0 during warm-up.</summary>
    public double BurstFactor { get; init; }

    /// <summary>Mutations of this call's tool within the last minute, this one included.</summary>
    public int MutationsLastMinute { get; init; }

    /// <summary>Seconds since this agent created an IAM principal or key; null when not within two minutes.</summary>
    public double? SecondsSinceIamCreate { get; init; }

    /// <summary>Different credentials that showed in this agent's traffic within its session window.</summary>
    public int CredentialsInSession { get; init; }

    /// <summary>Keyed fingerprints of sensitive values read within five minutes (by this agent or, where known, others of the tenant).</summary>
    public IReadOnlyCollection<ulong> RecentSensitiveReads { get; init; } = [];
}
