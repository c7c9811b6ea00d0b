using Interven.Storage;

namespace Interven.Silo.Hosting;

/// <summary>Brings the databases to this build's shape. To be awaited before the host starts: everything else expects its tables.</summary>
public static class StorageStart
{
    public static async Task PrepareStorage(this IHost host) => await host.Services.GetRequiredService<StorageInstaller>().Install();
}
