using System.Security.Cryptography;

namespace Interven.Storage.Vault;

/// <summary>The operator's keys: one that wraps, and older ones that still unwrap. A key is known by eight bytes of its hash.</summary>
public sealed class VaultKeys
{
    const int NonceBytes = 12;
    const int TagBytes = 16;
    const int IdBytes = 8;
    const byte Format = 1;

    readonly byte[] current;
    readonly byte[] currentId;
    readonly Dictionary<string, byte[]> all = new(StringComparer.Ordinal);

    /// <param name="current">64 hex digits.</param>
    /// <param name="old">64 hex digits each, from before a rotation.</param>
    /// <exception cref="ArgumentException">Not 64 hex digits; the message names the setting, never the value.</exception>
    public VaultKeys(string current, IReadOnlyList<string> old)
    {
        this.current = Parse(current, "INTERVEN_CREDENTIAL_ENCRYPTION_KEY");
        currentId = Id(this.current);
        foreach (var key in old.Select(hex => Parse(hex, "INTERVEN_CREDENTIAL_ENCRYPTION_KEYS_OLD")).Append(this.current))
            all[Convert.ToHexString(Id(key))] = key;
    }

    /// <summary>Format, key id, nonce, tag, ciphertext.</summary>
    internal byte[] Wrap(ReadOnlySpan<byte> dataKey, Guid tenant, int number)
    {
        var wrapped = new byte[1 + IdBytes + NonceBytes + TagBytes + dataKey.Length];
        wrapped[0] = Format;
        currentId.CopyTo(wrapped, 1);
        var nonce = wrapped.AsSpan(1 + IdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(current, TagBytes);
        aes.Encrypt(nonce, dataKey, wrapped.AsSpan(1 + IdBytes + NonceBytes + TagBytes), wrapped.AsSpan(1 + IdBytes + NonceBytes, TagBytes), Bound(tenant, number));
        return wrapped;
    }

    /// <exception cref="CryptographicException">Altered, of another tenant, or under a key that is not configured.</exception>
    internal byte[] Unwrap(ReadOnlySpan<byte> wrapped, Guid tenant, int number)
    {
        if (wrapped.Length != 1 + IdBytes + NonceBytes + TagBytes + 32 || wrapped[0] != Format)
            throw new CryptographicException("A data key has an unknown format.");
        if (!all.TryGetValue(Convert.ToHexString(wrapped.Slice(1, IdBytes)), out var key))
            throw new CryptographicException("A data key was wrapped by a key that is not configured. Put the old one into INTERVEN_CREDENTIAL_ENCRYPTION_KEYS_OLD.");
        var dataKey = new byte[32];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(
            wrapped.Slice(1 + IdBytes, NonceBytes), wrapped[(1 + IdBytes + NonceBytes + TagBytes)..],
            wrapped.Slice(1 + IdBytes + NonceBytes, TagBytes), dataKey, Bound(tenant, number));
        return dataKey;
    }

    static byte[] Bound(Guid tenant, int number) => AssociatedData.Of(tenant, "data_key", "wrapped", number);

    static byte[] Id(byte[] key) => SHA256.HashData([.. "interven vault key id"u8, .. key])[..IdBytes];

    static byte[] Parse(string hex, string setting)
    {
        if (hex.Length != 64 || !hex.All(char.IsAsciiHexDigit))
            throw new ArgumentException($"{setting} must be 64 hexadecimal digits (32 bytes). Make one with: openssl rand -hex 32");
        return Convert.FromHexString(hex);
    }
}
