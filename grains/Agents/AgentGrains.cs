using System.Collections.Concurrent;
using Interven.GrainInterfaces;
using Interven.Grains.Keys;

namespace Interven.Grains.Agents;

/// <summary>References to agents' memories. Orleans makes each one by reflection over its interface, which the hot path need not pay for twice.</summary>
sealed class AgentGrains(IGrainFactory grains)
{
    /// <summary>Callers name their agents themselves, so the table is emptied when it is full.</summary>
    const int Most = 20_000;

    readonly ConcurrentDictionary<(TenantId Tenant, string KeyId, ulong Agent), IAgentGrain> known = new();
    int count;

    /// <param name="key">The calling key.</param>
    /// <param name="agent">Keyed hash of the agent's id.</param>
    public IAgentGrain Of(KeySnapshot key, ulong agent)
    {
        var name = (key.Tenant, key.CountedKeyId, agent);
        return known.TryGetValue(name, out var grain) ? grain : Add(name);
    }

    IAgentGrain Add((TenantId Tenant, string KeyId, ulong Agent) name)
    {
        if (Interlocked.Increment(ref count) > Most)
        {
            known.Clear();
            Interlocked.Exchange(ref count, 1);
        }
        return known[name] = grains.GetGrain<IAgentGrain>(GrainKeys.Agent(name.Tenant.Value, name.KeyId, name.Agent));
    }
}
