using Interven.Contracts;

namespace Interven.Engine.Risk;

/// <summary>Something that an agent's memory learns after the fact.</summary>
public abstract record AgentEvent
{
    AgentEvent() { }

    /// <summary>A scan has been decided.</summary>
    /// <param name="Decision">What was answered.</param>
    /// <param name="Band">Its risk band.</param>
    /// <param name="ThreatMatch">A threat list named the destination or a link.</param>
    /// <param name="Clean">Allowed, LOW, nothing found.</param>
    /// <param name="HeldAgainst">False for denials by outage, suspension and recent denial: they change no trust (ruling 7).</param>
    /// <param name="Credentials">Fingerprints of the credentials found.</param>
    public sealed record Decided(
        Decision Decision, RiskBand Band, bool ThreatMatch, bool Clean, bool HeldAgainst, IReadOnlyList<ulong> Credentials) : AgentEvent;

    /// <summary>A response was scanned, and sensitive values stood in it.</summary>
    public sealed record SensitiveRead(IReadOnlyList<ulong> Fingerprints) : AgentEvent;

    public sealed record DeniedByReviewer : AgentEvent;

    /// <summary>An approved call was carried out.</summary>
    public sealed record Redeemed : AgentEvent;

    public sealed record Suspended : AgentEvent;

    public sealed record Reactivated : AgentEvent;

    public sealed record TrustReset : AgentEvent;
}
