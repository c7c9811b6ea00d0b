using System.Collections.Concurrent;
using Interven.GrainInterfaces;
using Interven.Grains.Keys;

namespace Interven.Grains.Agents;

/// <summary>References to agents' memories. Orleans makes each one by reflection over its interface, which the hot path need not pay for twice.</summary>
sealed class AgentGrains(IGrainFactory grains)
{
    /// <summary>Callers name their agents themselves, so the table is emptied when it is full.</summary>
    const int Most = 20_000;

    readonly ConcurrentDictionary<(TenantId Tenant, string KeyId, string AgentId), IAgentGrain> known = new();
    int count;

    public IAgentGrain Of(KeySnapshot key, string agentId)
    {
        var name = (key.Tenant, key.CountedKeyId, agentId);
        return known.TryGetValue(name, out var agent) ? agent : Add(name);
    }

    IAgentGrain Add((TenantId Tenant, string KeyId, string AgentId) name)
    {
        if (Interlocked.Increment(ref count) > Most)
        {
            known.Clear();
            Interlocked.Exchange(ref count, 1);
        }
        return known[name] = grains.GetGrain<IAgentGrain>(GrainKeys.Agent(name.Tenant.Value, name.KeyId, name.AgentId));
    }
}
