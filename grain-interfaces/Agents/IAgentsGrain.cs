using Interven.Contracts.Agents;
using Interven.Contracts.Tenants;

namespace Interven.GrainInterfaces.Agents;

/// <summary>A tenant's agents, for people. Key: <see cref="GrainKeys.Tenant"/>.</summary>
[Alias("agents"), GrainInterfaceType("agents")]
public interface IAgentsGrain : IGrainWithStringKey
{
    /// <param name="after">Only ids after this one; empty from the beginning.</param>
    /// <param name="limit">1 to 500.</param>
    [Alias("list")]
    Task<Page<AgentSummary>> List(string after, int limit);

    [Alias("find")]
    Task<Reply<AgentDetail>> Find(string agent);

    [Alias("patch")]
    Task<Reply<AgentSummary>> Patch(string agent, PatchAgentRequest change, Actor actor);

    /// <summary>Gives the agent its full trust back, below every key that used it lately, and those keys theirs.</summary>
    [Alias("reset-trust")]
    Task<Reply<Done>> ResetTrust(string agent, Actor actor);

    /// <summary>Forgets the agent; its records stay. Refused while it is suspended.</summary>
    [Alias("delete")]
    Task<Reply<Done>> Delete(string agent, Actor actor);
}
