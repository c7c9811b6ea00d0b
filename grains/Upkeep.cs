using Interven.Grains.Inbound;
using Interven.Grains.Keys;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;
using Interven.Grains.Vault;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Grains;

/// <summary>Once a minute: forgets what nobody has asked for, and removes idempotency keys and sessions that are over.</summary>
sealed partial class Upkeep(
    TenantCache tenants, KeyCache keys, CredentialCache credentials, RouteCache routes, IIdempotencyStore idempotency, ISessionStore sessions,
    TimeProvider clock, ILogger<Upkeep> log) : BackgroundService
{
    const int Batch = 1000;
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                tenants.ForgetUnused(Idle);
                keys.ForgetUnused(Idle);
                credentials.ForgetUnused(Idle);
                routes.ForgetUnused(Idle);
                while (await sessions.DeleteOver(Batch, stoppingToken) >= Batch)
                    await Task.Yield();
                while (await idempotency.DeleteExpired(Batch, stoppingToken) == Batch)
                    await Task.Yield();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
            }
    }

    [LoggerMessage(2401, LogLevel.Warning, "Upkeep failed with {Exception}; it is tried again in a minute")]
    static partial void Failed(ILogger logger, string exception);
}
