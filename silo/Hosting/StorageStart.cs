using System.Data.Common;
using System.Net.Sockets;
using Interven.Grains.Ports;
using Interven.Storage;

namespace Interven.Silo.Hosting;

/// <summary>Brings the databases to this build's shape, or waits until somebody has. To be awaited before the host starts: everything else expects its tables.</summary>
public static partial class StorageStart
{
    /// <summary>Longer than any migration takes; a process that still waits then ends with an error, and whoever runs it sees that.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>insufficient_privilege, PostgreSQL's appendix A.</summary>
    const string NotAllowed = "42501";

    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>A database that starts beside its silos, or is just failing over, is waited for; then whoever runs the silo sees its error.</summary>
    static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(1);

    public static Task PrepareStorage(this IHost host) =>
        host.Services.GetRequiredService<SiloSettings>().WaitsForMigration ? host.AwaitMigration() : host.Install();

    /// <summary>The whole work of a migration job.</summary>
    public static async Task Migrate(this IHost host)
    {
        var run = await host.Services.GetRequiredService<StorageInstaller>().Install(host.Services.GetRequiredService<SiloSettings>().DatabaseRole);
        Console.Out.WriteLine(run.Count == 0 ? "The database has this build's shape already." : $"Migrated: {string.Join(", ", run)}");
    }

    /// <summary>Wraps every data key anew with the current operator's key; for when every silo knows that key.</summary>
    public static async Task Rewrap(this IHost host)
    {
        await host.PrepareStorage();
        Console.Out.WriteLine($"{await host.Services.GetRequiredService<IVault>().Rewrap()} data keys were wrapped anew.");
    }

    static async Task Install(this IHost host)
    {
        var clock = host.Services.GetRequiredService<TimeProvider>();
        var began = clock.GetTimestamp();
        while (true)
            try
            {
                await host.Services.GetRequiredService<StorageInstaller>().Install();
                return;
            }
            catch (DbException e) when (e.IsTransient && clock.GetElapsedTime(began) < LongestOutage)
            {
                Waiting(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StorageStart)), $"the database cannot be asked yet ({e.GetType().Name})");
                await Task.Delay(LookEvery, clock);
            }
    }

    static async Task AwaitMigration(this IHost host)
    {
        var installer = host.Services.GetRequiredService<StorageInstaller>();
        var clock = host.Services.GetRequiredService<TimeProvider>();
        var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StorageStart));
        var began = clock.GetTimestamp();
        for (var looks = 0; await Obstacle(installer) is { } obstacle; looks++)
        {
            if (looks % 10 == 0)
                Waiting(log, obstacle);
            if (clock.GetElapsedTime(began) > LongestWait)
                throw new InvalidOperationException($"The migration did not come within {LongestWait.TotalMinutes} minutes: {obstacle}. Run this build's `migrate` command.");
            await Task.Delay(LookEvery, clock);
        }
    }

    /// <summary>Null when the database has at least this build's shape.</summary>
    static async Task<string?> Obstacle(StorageInstaller installer)
    {
        try
        {
            return await installer.Pending() is { Count: > 0 } pending ? $"{pending.Count} migrations are to come, {pending[0]} first" : null;
        }
        catch (Exception e) when (e is DbException or SocketException or TimeoutException)
        {
            // Not there yet, or quite empty. The message may hold the connection's settings.
            return e is DbException { SqlState: NotAllowed } ? "the role may not read the tables; `migrate` gives it leave where `Interven:DatabaseRole` names it"
                : $"the database cannot be asked yet ({e.GetType().Name})";
        }
    }

    [LoggerMessage(5001, LogLevel.Information, "Waiting for the database: {Obstacle}")]
    static partial void Waiting(ILogger logger, string obstacle);
}

/// <summary>Makes the records' partitions ahead of time, twice a day.</summary>
sealed partial class StorageUpkeep(StorageInstaller installer, TimeProvider clock, ILogger<StorageUpkeep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(12), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await installer.Maintain(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
            }
    }

    // Months are made four ahead, and a default partition takes what none fits.
    [LoggerMessage(3001, LogLevel.Warning, "Making partitions failed with {Exception}; it is tried again in twelve hours")]
    static partial void Failed(ILogger logger, string exception);
}
