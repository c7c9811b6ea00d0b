using System.Globalization;

namespace Interven.Cluster.Tests.Running;

/// <summary>A small file system over a folder, in place while it lives. Needs root.</summary>
sealed class Tmpfs : IAsyncDisposable
{
    readonly string folder;

    Tmpfs(string folder) => this.folder = folder;

    public static async Task<Tmpfs> Over(string folder, int kilobytes)
    {
        await Command.Run("mount", ["-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={kilobytes}k"), "interven-small", folder]);
        return new(folder);
    }

    public async ValueTask DisposeAsync() => await Command.Run("umount", ["-l", folder]);
}
