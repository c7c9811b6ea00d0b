using Interven.Contracts;

namespace Interven.Engine.Risk;

/// <summary>An agent's credit, 0 to 1. It is lost at once and comes back slowly.</summary>
sealed class Trust
{
    public const double DriftPerDay = .02;
    public const double Denied = -.05;
    public const double Critical = -.10;
    public const double Threat = -.20;
    public const double ReviewerDenied = -.05;
    public const double Credit = .01;
    public const int CleanScansForCredit = 50;
    const long MillisecondsPerDay = 86_400_000;

    public double Level { get; private set; } = 1;

    /// <summary>Up to when the drift has been credited, ms since 1970.</summary>
    public long DriftedUntil { get; private set; }

    public int CleanScans { get; private set; }

    /// <summary>The level now: what was lost comes back by <see cref="DriftPerDay"/>. A clock that runs backwards gives nothing.</summary>
    public double At(long now)
    {
        if (now > DriftedUntil)
        {
            if (DriftedUntil > 0)
                Move(DriftPerDay * (now - DriftedUntil) / MillisecondsPerDay);
            DriftedUntil = now;
        }
        return Level;
    }

    /// <summary>One scan costs once: its worst offence.</summary>
    public void Apply(AgentEvent.Decided scan)
    {
        if (!scan.HeldAgainst)
            return;
        var charge = ChargeOf(scan);
        Move(charge);
        if (!scan.Clean || charge < 0 || ++CleanScans < CleanScansForCredit)
            return;
        CleanScans = 0;
        Move(Credit);
    }

    /// <summary>What one scan costs: 0 or less.</summary>
    public static double ChargeOf(AgentEvent.Decided scan) => !scan.HeldAgainst ? 0
        : scan.ThreatMatch ? Threat
        : scan.Band == RiskBand.Critical ? Critical
        : scan.Decision == Decision.Deny ? Denied
        : 0;

    public void Move(double by) => Level = Math.Clamp(Level + by, 0, 1);

    public void Reset(long now) => (Level, DriftedUntil, CleanScans) = (1, now, 0);

    /// <summary>Takes stored figures back; what is no sound figure counts as no trust at all.</summary>
    public void Restore(double level, long driftedUntil, int cleanScans) =>
        (Level, DriftedUntil, CleanScans) = (double.IsFinite(level) ? Math.Clamp(level, 0, 1) : 0, Math.Max(0, driftedUntil), Math.Clamp(cleanScans, 0, CleanScansForCredit - 1));
}
