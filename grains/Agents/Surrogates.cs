using Interven.Engine.Risk;

namespace Interven.Grains.Agents;

/// <summary>How the engine's values cross a silo border; the engine itself knows nothing of Orleans.</summary>
[GenerateSerializer, Immutable, Alias("agent-observation")]
public struct AgentObservationSurrogate
{
    [Id(0)] public ulong Destination { get; set; }
    [Id(1)] public ulong Operation { get; set; }
    [Id(2)] public ulong Tool { get; set; }
    [Id(3)] public bool IsMutation { get; set; }
    [Id(4)] public bool CreatesIdentity { get; set; }
    [Id(5)] public int Bytes { get; set; }
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
    [Id(0)] public double Trust { get; set; }
    [Id(1)] public bool Suspended { get; set; }
    [Id(2)] public long Scans { get; set; }
    [Id(3)] public bool NewDestination { get; set; }
    [Id(4)] public bool NewOperation { get; set; }
    [Id(5)] public bool UnusualHour { get; set; }
    [Id(6)] public bool UnusualSize { get; set; }
    [Id(7)] public bool VolumeBurst { get; set; }
    [Id(8)] public double BurstFactor { get; set; }
    [Id(9)] public int MutationsLastMinute { get; set; }
    [Id(10)] public double? SecondsSinceIamCreate { get; set; }
    [Id(11)] public int CredentialsInSession { get; set; }
    [Id(12)] public ulong[] RecentSensitiveReads { get; set; }
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
    [Id(0)] public Decision Decision { get; set; }
    [Id(1)] public RiskBand Band { get; set; }
    [Id(2)] public bool ThreatMatch { get; set; }
    [Id(3)] public bool Clean { get; set; }
    [Id(4)] public bool HeldAgainst { get; set; }
    [Id(5)] public ulong[] Credentials { get; set; }
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
