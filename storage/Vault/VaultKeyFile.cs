using System.Security.Cryptography;
using System.Text;

namespace Interven.Storage.Vault;

/// <summary>The embedded mode's generated key, beside the database, readable by its owner only.</summary>
static class VaultKeyFile
{
    const int Digits = 64;

    /// <exception cref="InvalidDataException">The file is there and holds no key.</exception>
    public static string LoadOrCreate(string path)
    {
        try
        {
            return Create(path);
        }
        catch (IOException) when (File.Exists(path))
        {
            var key = "";
            // Another process may be writing it this very moment.
            return SpinWait.SpinUntil(() => (key = Read(path)).Length == Digits, TimeSpan.FromSeconds(2))
                ? key
                : throw new InvalidDataException($"`{path}` holds no vault key. Restore it from your backup; without it nothing sealed can be opened.");
        }
    }

    static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.ASCII);
        return reader.ReadToEnd().Trim();
    }

    /// <summary>Fails where the file is there: of two processes one makes the key.</summary>
    static string Create(string path)
    {
        var hex = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Digits / 2));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(hex));
        file.Flush(flushToDisk: true);
        return hex;
    }
}
