using Interven.Contracts.Incidents;
using Interven.Engine.Incidents;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Incidents;

/// <summary>
/// Makes incidents of flagged records, after the records are durable and apart from the scans. A flag is taken in the transaction that opens or joins
/// what it causes: a silo that dies in between leaves it to the next look, and two silos that look at once handle it once.
/// </summary>
sealed partial class IncidentWatch(IIncidentStore incidents, TenantCache tenants, IncidentAlerts alerts, TimeProvider clock, ILogger<IncidentWatch> log) : BackgroundService
{
    const int Batch = 200;
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Kept = TimeSpan.FromHours(25);
    static readonly TimeSpan BetweenTidying = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        var tidiedAt = clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                while (await Look(stoppingToken) == Batch)
                    await Task.Yield();
                if (clock.GetElapsedTime(tidiedAt) < BetweenTidying)
                    continue;
                tidiedAt = clock.GetTimestamp();
                while (await incidents.Forget(Kept, Batch, stoppingToken) >= Batch)
                    await Task.Yield();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
            }
    }

    /// <summary>How many flags were handled.</summary>
    async Task<int> Look(CancellationToken cancel)
    {
        var flags = await incidents.Waiting(Batch, cancel);
        var handled = new List<HandledFlag>(flags.Count);
        foreach (var flag in flags)
            handled.Add(new(flag, await Openings(flag, cancel)));
        await incidents.Handle(handled, cancel);
        return flags.Count;
    }

    async ValueTask<IReadOnlyList<IncidentOpening>> Openings(StoredFlag stored, CancellationToken cancel)
    {
        // A tenant that is gone has no incidents.
        if (await SettingsOf(stored.Tenant) is not { } settings)
            return [];
        var flag = new IncidentFlag(stored.Flag.IsDenial, IncidentFlag.ReadCauses(stored.Flag.CausesJson), stored.Flag.TrustBefore, stored.Flag.TrustAfter);
        var denials = TimeSpan.FromMinutes(settings.RepeatedDenyMinutes);
        var (denied, highest) = flag.IsDenial || flag.TrustAfter is not null
            ? await incidents.History(stored, denials, TimeSpan.FromMinutes(settings.TrustCollapseMinutes), cancel)
            : (0, null);
        return [.. IncidentRules.Judge(flag, new(denied, highest), settings).Select(cause => Opening(stored, cause, settings, denials))];
    }

    async ValueTask<IncidentSettings?> SettingsOf(TenantId tenant)
    {
        try
        {
            return (await tenants.Find(tenant))?.Settings.Incidents;
        }
        catch (InvalidOperationException)
        {
            // A tenant whose policies cannot be read is not decided for, but it must not hold up the incidents of the others.
            return new();
        }
    }

    IncidentOpening Opening(StoredFlag flag, IncidentCause cause, IncidentSettings settings, TimeSpan denials)
    {
        var agent = flag.AgentId.Length > 0 ? flag.AgentId : "an agent without a name";
        var incident = new NewIncident(
            flag.Tenant, Guid.CreateVersion7(clock.GetUtcNow()), cause.Trigger, cause.Severity, IncidentTriggers.TitleOf(cause, agent), flag.AgentId, flag.KeyId);
        return new(incident, cause.SlotOf(flag.AgentId), TimeSpan.FromMinutes(settings.JoinMinutes),
            cause.Trigger == IncidentTriggers.RepeatedDeny ? denials : null, alerts.Of(incident, flag.Trace));
    }

    [LoggerMessage(4201, LogLevel.Warning, "Making incidents of flagged records failed with {Exception}; the next look tries again")]
    static partial void Failed(ILogger logger, string exception);
}
