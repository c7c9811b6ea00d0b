using Interven.Engine.Risk;
using Interven.GrainInterfaces;

namespace Interven.Grains.Agents;

/// <summary>
/// What an agent usually does, and how far it is trusted. Key: <see cref="GrainKeys.Agent"/>. It advises and may be rebuilt; what stops an agent is
/// its row. Only grains ask it, so its contract stands beside it and speaks the engine's words.
/// </summary>
[Alias("agent"), GrainInterfaceType("agent")]
public interface IAgentGrain : IGrainWithStringKey
{
    /// <summary>Takes what happened into account, in order, and says what the history makes of each call among it.</summary>
    /// <returns>One for each word with a <see cref="AgentWord.Seen"/>, in their order.</returns>
    [Alias("tell")]
    ValueTask<AgentFacts[]> Tell(AgentWord[] words);

    /// <summary>Learns that a person has denied a call of its.</summary>
    [Alias("denied-by-reviewer"), OneWay]
    Task DeniedByReviewer();

    /// <summary>Learns that an approved call was released to be carried out.</summary>
    [Alias("redeemed"), OneWay]
    Task Redeemed();

    /// <summary>Learns that sensitive values came back to the agent.</summary>
    [Alias("read"), OneWay]
    Task SensitiveRead(ulong[] fingerprints);

    /// <summary>For people.</summary>
    [Alias("standing")]
    Task<AgentStanding> Standing();

    /// <summary>Gives full trust back.</summary>
    [Alias("reset-trust")]
    Task ResetTrust();
}

/// <summary>One word to an agent's memory: a call that begins, or how one ended.</summary>
[GenerateSerializer, Immutable, Alias("agent-word")]
public readonly record struct AgentWord([property: Id(0)] AgentObservation? Seen, [property: Id(1)] AgentEvent.Decided? Outcome);

/// <param name="Trust">0 to 1.</param>
/// <param name="Scans">Calls that the habits rest on.</param>
[GenerateSerializer, Immutable, Alias("agent-standing")]
public readonly record struct AgentStanding([property: Id(0)] double Trust, [property: Id(1)] long Scans);
