using System.Buffers.Binary;
using System.Security.Cryptography;
using Interven.Engine.Evidence;
using Interven.Grains.Ports;

namespace Interven.Storage.Vault;

/// <summary>A tenant's data keys, unwrapped. Sealed bytes are: format, number of the data key, nonce, tag, ciphertext.</summary>
sealed class TenantVault : ITenantVault
{
    const byte Format = 1;
    const int NonceAt = 5;
    const int TagAt = NonceAt + 12;
    const int TextAt = TagAt + 16;

    readonly Guid tenant;
    readonly int sealing;
    readonly Dictionary<int, DataKey> keys;
    readonly KeyedHash fingerprints;

    /// <param name="tenant">Whose keys these are.</param>
    /// <param name="keys">By number; number 1 is there for good, for fingerprints must outlive rotations.</param>
    /// <param name="sealing">The one that seals.</param>
    public TenantVault(TenantId tenant, IReadOnlyDictionary<int, byte[]> keys, int sealing)
    {
        this.tenant = tenant.Value;
        this.sealing = sealing;
        this.keys = keys.ToDictionary(one => one.Key, one => new DataKey(one.Value));
        fingerprints = new(HKDF.DeriveKey(HashAlgorithmName.SHA256, keys[1], 32, info: "interven fingerprint"u8.ToArray()));
    }

    public byte[] Seal(ReadOnlySpan<byte> plain, string record, string field)
    {
        var output = new byte[TextAt + plain.Length];
        output[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(output.AsSpan(1), sealing);
        var nonce = output.AsSpan(NonceAt, 12);
        Nonces.Fill(nonce);
        var key = keys[sealing];
        var aes = key.Rent();
        aes.Encrypt(nonce, plain, output.AsSpan(TextAt), output.AsSpan(TagAt, 16), AssociatedData.Of(tenant, record, field, sealing));
        key.Return(aes);
        return output;
    }

    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string record, string field)
    {
        if (sealedBytes.Length < TextAt || sealedBytes[0] != Format)
            throw new CryptographicException("Sealed bytes have an unknown format.");
        var number = BinaryPrimitives.ReadInt32BigEndian(sealedBytes[1..]);
        if (!keys.TryGetValue(number, out var key))
            throw new CryptographicException("The tenant has no such data key.");
        var plain = new byte[sealedBytes.Length - TextAt];
        var aes = key.Rent();
        aes.Decrypt(
            sealedBytes.Slice(NonceAt, 12), sealedBytes[TextAt..], sealedBytes.Slice(TagAt, 16), plain, AssociatedData.Of(tenant, record, field, number));
        key.Return(aes);
        return plain;
    }

    public void Fingerprint(ReadOnlySpan<byte> value, Span<byte> destination32) => fingerprints.Of(value, destination32);

    /// <summary>An <see cref="AesGcm"/> serves one thread at a time; one is kept at hand, and more are made only in a crowd.</summary>
    sealed class DataKey(byte[] key)
    {
        AesGcm? spare;

        public AesGcm Rent() => Interlocked.Exchange(ref spare, null) ?? new AesGcm(key, 16);

        public void Return(AesGcm aes) => Interlocked.Exchange(ref spare, aes)?.Dispose();
    }
}
