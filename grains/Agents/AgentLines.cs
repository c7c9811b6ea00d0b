using System.Collections.Concurrent;
using Interven.GrainInterfaces;
using Interven.Grains.Keys;
using Microsoft.Extensions.Hosting;

namespace Interven.Grains.Agents;

/// <summary>This silo's lines to agents' memories. Callers name their agents themselves, so lines that fall silent are forgotten.</summary>
sealed class AgentLines(IGrainFactory grains, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<(TenantId Tenant, string KeyId, ulong Agent), AgentLine> lines = new();

    /// <param name="key">The calling key.</param>
    /// <param name="agent">Keyed hash of the agent's id.</param>
    public AgentLine Of(KeySnapshot key, ulong agent)
    {
        var name = (key.Tenant, key.CountedKeyId, agent);
        return lines.TryGetValue(name, out var line)
            ? line
            : lines.GetOrAdd(name, static (name, grains) => new(grains.GetGrain<IAgentGrain>(GrainKeys.Agent(name.Tenant.Value, name.KeyId, name.Agent))), grains);
    }

    /// <summary>Clean endings that found no company are sent, by the second.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var (name, line) in lines)
            {
                var wasIdle = line.IsIdle;
                line.Sweep();
                if (wasIdle && line.IsIdle)
                    lines.TryRemove(new(name, line));
            }
    }
}
