using System.Collections.Concurrent;
using Interven.Engine.Evidence;
using Interven.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Agents;

/// <summary>Notes which agents were heard of, and writes that every few seconds. A list for people: it may lose the last seconds of a killed silo, records never do.</summary>
sealed partial class AgentSightings(IAgentStore agents, TimeProvider clock, ILogger<AgentSightings> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    /// <summary>Callers name their agents themselves; beyond so many new names at once the rest is noted when it comes again.</summary>
    const int Most = 5000;

    ConcurrentDictionary<(TenantId Tenant, string Agent), Sighting> seen = new();

    /// <param name="record">As it was recorded: names without what was found in them.</param>
    public void Saw(DecisionRecord record)
    {
        var names = seen;
        if (!names.TryGetValue((record.Tenant, record.AgentId), out var sighting))
        {
            if (names.Count >= Most)
                return;
            sighting = names.GetOrAdd((record.Tenant, record.AgentId), static _ => new());
        }
        Interlocked.Increment(ref sighting.Scans);
        sighting.Name = record.AgentName;
        sighting.Runtime = record.RuntimeType;
        sighting.LastSeenAt = record.Time;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Flush();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Flush();
    }

    async Task Flush()
    {
        if (seen.IsEmpty)
            return;
        var taken = Interlocked.Exchange(ref seen, new());
        try
        {
            await agents.Seen([.. taken.Select(one => new AgentSeen(one.Key.Tenant, one.Key.Agent, one.Value.Name, one.Value.Runtime, one.Value.Scans, one.Value.LastSeenAt))]);
        }
        catch (Exception e)
        {
            Lost(log, taken.Count, e.GetType().Name);
        }
    }

    [LoggerMessage(4807, LogLevel.Warning, "Sightings of {Agents} agents were not written: {Exception}")]
    static partial void Lost(ILogger logger, int agents, string exception);

    sealed class Sighting
    {
        public long Scans;
        public string Name = "";
        public string Runtime = "";
        public DateTimeOffset LastSeenAt;
    }
}
