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
    /// <summary>Takes one call into account and says what the history makes of it.</summary>
    [Alias("observe")]
    ValueTask<AgentFacts> Observe(AgentObservation seen);

    /// <summary>Learns how a call ended.</summary>
    [Alias("decided"), OneWay]
    Task Decided(AgentEvent.Decided outcome);

    /// <summary>Learns that sensitive values came back to the agent.</summary>
    [Alias("read"), OneWay]
    Task SensitiveRead(ulong[] fingerprints);
}
