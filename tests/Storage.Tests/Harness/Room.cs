using Interven.Grains.Ports;
using Interven.Storage.Recording;
using Interven.Storage.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Interven.Storage.Tests.Harness;

/// <summary>The storage room over one database, as a silo would have it.</summary>
public sealed class Room : IAsyncDisposable
{
    readonly ServiceProvider services;
    readonly string? folder;

    Room(StorageOptions options, string? folder)
    {
        services = new ServiceCollection().AddIntervenStorage(options).BuildServiceProvider();
        this.folder = folder;
    }

    public IDecisionLog Log => Get<IDecisionLog>();

    public IDecisionReads Reads => Get<IDecisionReads>();

    internal Database Database => Get<Database>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static async Task<Room> Postgres(string connectionString, CommitLimits? limits = null)
    {
        var room = Installed(connectionString, limits);
        await room.Get<StorageInstaller>().Install();
        return room;
    }

    /// <summary>Over a database that somebody else has migrated.</summary>
    public static Room Installed(string connectionString, CommitLimits? limits = null)
    {
        var folder = Directory.CreateTempSubdirectory("interven-room-").FullName;
        return new(new StorageOptions
        {
            Provider = StorageProvider.Postgres, ConnectionString = connectionString, DataFolder = folder, VaultKey = new string('a', 64), Commit = limits ?? new(),
        }, folder);
    }

    public static async Task<Room> Sqlite(string? existing = null, CommitLimits? limits = null)
    {
        var folder = existing ?? Directory.CreateTempSubdirectory("interven-room-").FullName;
        var room = new Room(new StorageOptions { DataFolder = folder, Commit = limits ?? new() }, existing is null ? folder : null);
        await room.Get<StorageInstaller>().Install();
        return room;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }
}
