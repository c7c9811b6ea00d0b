using System.Security.Cryptography;
using System.Text;

namespace Interven.Storage.Vault;

/// <summary>The embedded mode's generated key, beside the database, readable by its owner only.</summary>
static class VaultKeyFile
{
    public static string LoadOrCreate(string path)
    {
        try
        {
            return Create(path);
        }
        catch (IOException) when (File.Exists(path))
        {
            return File.ReadAllText(path, Encoding.ASCII).Trim();
        }
    }

    /// <summary>Written whole under another name first: a crash leaves no half a key, and of two processes one wins.</summary>
    static string Create(string path)
    {
        if (File.Exists(path))
            throw new IOException("It is there.");
        var hex = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes(hex));
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        finally
        {
            File.Delete(draft);
        }
        return hex;
    }
}
