using System.Security.Cryptography;

namespace Interven.Engine.Evidence;

/// <summary>HMAC-SHA-256 under one key. Setting the native state up costs more than hashing a kilobyte, so one is kept at hand; more are made only in a crowd.</summary>
public sealed class KeyedHash(byte[] key)
{
    IncrementalHash? spare;

    /// <param name="data">What is hashed.</param>
    /// <param name="destination32">Takes 32 bytes.</param>
    public void Of(ReadOnlySpan<byte> data, Span<byte> destination32)
    {
        var hash = Interlocked.Exchange(ref spare, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(data);
        hash.GetHashAndReset(destination32);
        Interlocked.Exchange(ref spare, hash)?.Dispose();
    }
}
