using System.Collections.Concurrent;
using Interven.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Approvals;

/// <summary>
/// Wakes this silo's parked callers where their approval was ended past its grain: by another activation, another cluster, the sweep. One look a second for all
/// of them, however many are parked, and none while nobody is.
/// </summary>
sealed partial class EndedApprovals(IApprovalStore approvals, TimeProvider clock, ILogger<EndedApprovals> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A row is seen this late at most after the time that stands in it: its transaction may commit later.</summary>
    static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<(TenantId, ApprovalId), Action<ApprovalRow>> parked = new();

    public void Park(TenantId tenant, ApprovalId approval, Action<ApprovalRow> settle) => parked[(tenant, approval)] = settle;

    public void Leave(TenantId tenant, ApprovalId approval) => parked.TryRemove((tenant, approval), out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        var lookedAt = clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                var now = clock.GetTimestamp();
                if (!parked.IsEmpty)
                    await Look(clock.GetElapsedTime(lookedAt, now) + Overlap, stoppingToken);
                lookedAt = now;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The next look reaches back as far as the last one that came through.
                Failed(log, e.GetType().Name);
            }
    }

    async Task Look(TimeSpan back, CancellationToken cancel)
    {
        foreach (var (tenant, approval) in await approvals.EndedWithin(back, cancel))
            if (parked.TryGetValue((tenant, approval), out var settle) && await approvals.Find(tenant, approval, cancel) is { } row)
                settle(row);
    }

    [LoggerMessage(4202, LogLevel.Warning, "Looking for approvals that ended elsewhere failed with {Exception}; the next look makes up for it")]
    static partial void Failed(ILogger logger, string exception);
}
