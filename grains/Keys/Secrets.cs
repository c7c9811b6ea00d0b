using System.Security.Cryptography;
using System.Text;
using Interven.Grains.Ports;

namespace Interven.Grains.Keys;

/// <summary>Makes keys and tokens, and the keyed hashes under which they are stored. The pepper is the vault's fingerprint key of the installation itself.</summary>
public sealed class Secrets(IVault vault)
{
    /// <summary>No customer: what belongs to the installation.</summary>
    public static readonly TenantId Installation = new(Guid.Empty);

    /// <summary>A new key of a kind, e.g. <see cref="KeyKind.Live"/>.</summary>
    public static string New(KeyKind kind) =>
        KeyFormat.Compose(kind, RandomNumberGenerator.GetString(KeyFormat.Alphabet, KeyFormat.IdLength), RandomNumberGenerator.GetString(KeyFormat.Alphabet, KeyFormat.SecretLength));

    /// <summary>Id of a key that <see cref="New"/> made.</summary>
    public static string IdOf(string token) => KeyFormat.TryParse(token, out var parsed) ? parsed.Id : throw new ArgumentException("This is no key.", nameof(token));

    public async ValueTask<byte[]> Hash(string token)
    {
        var pepper = await vault.For(Installation);
        var hash = new byte[32];
        pepper.Fingerprint(Encoding.UTF8.GetBytes(token), hash);
        return hash;
    }

    /// <summary>Compares in constant time.</summary>
    public async ValueTask<bool> Matches(string token, byte[] storedHash) => CryptographicOperations.FixedTimeEquals(await Hash(token), storedHash);
}
