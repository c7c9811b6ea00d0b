namespace Interven.Engine.Risk;

/// <summary>
/// An agent's memory: what it usually does, and how far it is trusted. Bounded: however many destinations an agent invents, the memory stays
/// within about 2 KB. Not safe for concurrent use; its grain takes one call at a time. Times are arguments.
/// </summary>
public sealed class AgentState
{
    /// <summary>Different hosts and operations remembered.</summary>
    public const int MostDestinations = 96, MostOperations = 64;

    public const int MostCredentials = 16, MostReads = 32;
    const long SessionMilliseconds = 30 * 60_000, ReadMilliseconds = 5 * 60_000, IamMilliseconds = 2 * 60_000;

    internal SeenSet Destinations { get; } = new(MostDestinations);
    internal SeenSet Operations { get; } = new(MostOperations);
    internal HourHabit Hours { get; } = new();
    internal SizeHabit Sizes { get; } = new();
    internal CallRate Rate { get; } = new();
    internal MutationRate Mutations { get; } = new();
    internal TimedSet Credentials { get; } = new(MostCredentials, SessionMilliseconds);
    internal TimedSet Reads { get; } = new(MostReads, ReadMilliseconds);
    internal Trust Trust { get; } = new();

    public long Scans { get; internal set; }

    public bool Suspended { get; internal set; }

    /// <summary>Ms since 1970; 0 for never.</summary>
    internal long IdentityCreatedAt { get; set; }

    /// <summary>Trust at <paramref name="now"/>, 0 to 1.</summary>
    public double TrustAt(DateTimeOffset now) => Trust.At(now.ToUnixTimeMilliseconds());

    /// <summary>Notes a call and says how it compares with the ones before.</summary>
    public AgentFacts Observe(in AgentObservation seen, DateTimeOffset now)
    {
        var at = Math.Max(0, now.ToUnixTimeMilliseconds());
        var sinceIdentity = IdentityCreatedAt > 0 && at - IdentityCreatedAt is var passed and >= 0 and <= IamMilliseconds ? passed / 1000d : (double?)null;
        if (seen.CreatesIdentity)
            IdentityCreatedAt = at;
        var burst = Rate.Note(at / 60_000);
        var facts = new AgentFacts
        {
            Trust = Trust.At(at),
            Suspended = Suspended,
            Scans = Scans,
            NewDestination = Destinations.Add(seen.Destination),
            NewOperation = Operations.Add(seen.Operation),
            UnusualHour = Hours.Note(now.UtcDateTime.Hour),
            UnusualSize = Sizes.Note(seen.Bytes),
            BurstFactor = burst,
            VolumeBurst = burst >= 5,
            MutationsLastMinute = Mutations.Note(seen.Tool, seen.IsMutation, at),
            SecondsSinceIamCreate = sinceIdentity,
            CredentialsInSession = Credentials.CountAt(at),
            RecentSensitiveReads = Reads.At(at),
        };
        Scans++;
        return facts;
    }

    /// <summary>Learns what came of a call, or what a person did.</summary>
    public void Apply(AgentEvent what, DateTimeOffset now)
    {
        var at = Math.Max(0, now.ToUnixTimeMilliseconds());
        Trust.At(at);
        switch (what)
        {
            case AgentEvent.Decided decided:
                Trust.Apply(decided);
                foreach (var credential in decided.Credentials.Take(MostCredentials))
                    Credentials.Add(credential, at);
                break;
            case AgentEvent.SensitiveRead read:
                foreach (var fingerprint in read.Fingerprints.Take(MostReads))
                    Reads.Add(fingerprint, at);
                break;
            case AgentEvent.DeniedByReviewer:
                Trust.Move(Risk.Trust.ReviewerDenied);
                break;
            case AgentEvent.Redeemed:
                Trust.Move(Risk.Trust.Credit);
                break;
            case AgentEvent.TrustReset:
                Trust.Reset(at);
                break;
            case AgentEvent.Suspended or AgentEvent.Reactivated:
                Suspended = what is AgentEvent.Suspended;
                break;
        }
    }
}
