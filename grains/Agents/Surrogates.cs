using Interven.Engine.Risk;

namespace Interven.Grains.Agents;

/// <summary>How the engine's values cross a silo border; the engine itself knows nothing of Orleans.</summary>
[GenerateSerializer, Immutable, Alias("agent-observation")]
public struct AgentObservationSurrogate
{
    [Id(0)] public ulong Destination;
    [Id(1)] public ulong Operation;
    [Id(2)] public ulong Tool;
    [Id(3)] public bool IsMutation;
    [Id(4)] public bool CreatesIdentity;
    [Id(5)] public int Bytes;
}

[RegisterConverter]
public sealed class AgentObservationConverter : IConverter<AgentObservation, AgentObservationSurrogate>
{
    public AgentObservation ConvertFromSurrogate(in AgentObservationSurrogate s) =>
        new(s.Destination, s.Operation, s.Tool, s.IsMutation, s.CreatesIdentity, s.Bytes);

    public AgentObservationSurrogate ConvertToSurrogate(in AgentObservation value) => new()
    {
        Destination = value.Destination,
        Operation = value.Operation,
        Tool = value.Tool,
        IsMutation = value.IsMutation,
        CreatesIdentity = value.CreatesIdentity,
        Bytes = value.Bytes,
    };
}

[GenerateSerializer, Immutable, Alias("agent-facts")]
public struct AgentFactsSurrogate
{
    [Id(0)] public double Trust;
    [Id(1)] public bool Suspended;
    [Id(2)] public long Scans;
    [Id(3)] public bool NewDestination;
    [Id(4)] public bool NewOperation;
    [Id(5)] public bool UnusualHour;
    [Id(6)] public bool UnusualSize;
    [Id(7)] public bool VolumeBurst;
    [Id(8)] public double BurstFactor;
    [Id(9)] public int MutationsLastMinute;
    [Id(10)] public double? SecondsSinceIamCreate;
    [Id(11)] public int CredentialsInSession;
    [Id(12)] public ulong[] RecentSensitiveReads;
}

[RegisterConverter]
public sealed class AgentFactsConverter : IConverter<AgentFacts, AgentFactsSurrogate>
{
    public AgentFacts ConvertFromSurrogate(in AgentFactsSurrogate s) => new()
    {
        Trust = s.Trust,
        Suspended = s.Suspended,
        Scans = s.Scans,
        NewDestination = s.NewDestination,
        NewOperation = s.NewOperation,
        UnusualHour = s.UnusualHour,
        UnusualSize = s.UnusualSize,
        VolumeBurst = s.VolumeBurst,
        BurstFactor = s.BurstFactor,
        MutationsLastMinute = s.MutationsLastMinute,
        SecondsSinceIamCreate = s.SecondsSinceIamCreate,
        CredentialsInSession = s.CredentialsInSession,
        RecentSensitiveReads = s.RecentSensitiveReads,
    };

    public AgentFactsSurrogate ConvertToSurrogate(in AgentFacts value) => new()
    {
        Trust = value.Trust,
        Suspended = value.Suspended,
        Scans = value.Scans,
        NewDestination = value.NewDestination,
        NewOperation = value.NewOperation,
        UnusualHour = value.UnusualHour,
        UnusualSize = value.UnusualSize,
        VolumeBurst = value.VolumeBurst,
        BurstFactor = value.BurstFactor,
        MutationsLastMinute = value.MutationsLastMinute,
        SecondsSinceIamCreate = value.SecondsSinceIamCreate,
        CredentialsInSession = value.CredentialsInSession,
        RecentSensitiveReads = [.. value.RecentSensitiveReads],
    };
}

[GenerateSerializer, Immutable, Alias("agent-decided")]
public struct DecidedSurrogate
{
    [Id(0)] public Decision Decision;
    [Id(1)] public RiskBand Band;
    [Id(2)] public bool ThreatMatch;
    [Id(3)] public bool Clean;
    [Id(4)] public bool HeldAgainst;
    [Id(5)] public ulong[] Credentials;
}

[RegisterConverter]
public sealed class DecidedConverter : IConverter<AgentEvent.Decided, DecidedSurrogate>
{
    public AgentEvent.Decided ConvertFromSurrogate(in DecidedSurrogate s) =>
        new(s.Decision, s.Band, s.ThreatMatch, s.Clean, s.HeldAgainst, s.Credentials);

    public DecidedSurrogate ConvertToSurrogate(in AgentEvent.Decided value) => new()
    {
        Decision = value.Decision,
        Band = value.Band,
        ThreatMatch = value.ThreatMatch,
        Clean = value.Clean,
        HeldAgainst = value.HeldAgainst,
        Credentials = [.. value.Credentials],
    };
}
