using System.Globalization;
using Interven.Storage.Tests.Harness;

namespace Interven.Cluster.Tests.Running;

/// <summary>The write-ahead log of a Postgres on a file system of its own that a test can fill. Needs root.</summary>
sealed class SmallDisk : IAsyncDisposable
{
    readonly PostgresServer postgres;
    readonly string wal;

    SmallDisk(PostgresServer postgres) => (this.postgres, wal) = (postgres, Path.Combine(postgres.Data, "pg_wal"));

    string Filler => Path.Combine(wal, "filler");

    /// <summary>Moves the log there while the server is down.</summary>
    public static async Task<SmallDisk> Under(PostgresServer postgres, int megabytes)
    {
        var disk = new SmallDisk(postgres);
        await postgres.Kill();
        var aside = disk.wal + ".aside";
        await Command.Run("mv", [disk.wal, aside]);
        Directory.CreateDirectory(disk.wal);
        await Command.Run("mount", ["-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "interven-small", disk.wal]);
        await Command.Run("sh", ["-c", $"cp -a {aside}/. {disk.wal}/ && chown -R postgres {disk.wal} && chmod 700 {disk.wal}"]);
        await postgres.Boot();
        return disk;
    }

    /// <summary>Leaves no byte, as a log that nobody watches does.</summary>
    public async Task Fill() => await Command.Run("sh", ["-c", $"dd if=/dev/zero of={Filler} bs=64k 2> /dev/null || true"]);

    /// <summary>Space is there again; a server that has given up is started, as whoever runs it would.</summary>
    public async Task Clear()
    {
        File.Delete(Filler);
        if (postgres.IsRunning)
            return;
        File.Delete(Path.Combine(postgres.Data, "postmaster.pid"));
        await postgres.Boot();
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres.IsRunning)
            await postgres.Kill();
        await Command.Run("umount", ["-l", wal]);
    }
}
