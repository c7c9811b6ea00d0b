using Interven.Grains.Ports;
using Interven.Storage;

namespace Interven.Silo.Hosting;

/// <summary>Brings the databases to this build's shape. To be awaited before the host starts: everything else expects its tables.</summary>
public static class StorageStart
{
    public static async Task PrepareStorage(this IHost host) => await host.Services.GetRequiredService<StorageInstaller>().Install();

    /// <summary>Wraps every data key anew with the current operator's key; for when every silo knows that key.</summary>
    public static async Task Rewrap(this IHost host)
    {
        await host.PrepareStorage();
        Console.Out.WriteLine($"{await host.Services.GetRequiredService<IVault>().Rewrap()} data keys were wrapped anew.");
    }
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
