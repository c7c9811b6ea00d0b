using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Interven.Engine.Evidence;

/// <summary>A tenant's key for everything that must be recognised again without being kept: found values, bodies, headers, destinations.</summary>
public sealed class FingerprintKey
{
    /// <summary>Length of the key in bytes.</summary>
    public const int Length = 32;

    readonly KeyedHash values;
    readonly SipHash labels;

    /// <param name="key">32 random bytes of this tenant.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public FingerprintKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
            throw new ArgumentException($"A fingerprint key has {Length} bytes, not {key.Length}.", nameof(key));
        values = new(key.ToArray());
        var derived = HMACSHA256.HashData(key, "interven labels"u8);
        labels = new(BinaryPrimitives.ReadUInt64LittleEndian(derived), BinaryPrimitives.ReadUInt64LittleEndian(derived.AsSpan(8)));
    }

    /// <summary>A short hash of a label (host, operation) for sets of what an agent has done before. Never 0.</summary>
    public ulong OfLabel(ReadOnlySpan<char> label)
    {
        var hash = labels.Of(MemoryMarshal.AsBytes(label));
        return hash == 0 ? 1 : hash;
    }

    /// <summary>The fingerprint of a found value, however it was punctuated: <c>4111 1111…</c> and <c>4111-1111…</c> are one value.</summary>
    public Fingerprint OfValue(ReadOnlySpan<char> value)
    {
        Span<char> plain = value.Length <= 512 ? stackalloc char[value.Length] : new char[value.Length];
        var isAddress = value.Contains('@');
        var length = 0;
        foreach (var c in value)
            if (char.IsLetterOrDigit(c) || isAddress && c is '@' or '.' or '_' or '-' or '+')
                plain[length++] = char.ToUpperInvariant(c);
        return Hash(length == 0 ? value : plain[..length]);
    }

    /// <summary>HMAC-SHA-256 of a body as sent, in lower-case hex.</summary>
    public string OfBody(ReadOnlySpan<byte> body)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        values.Of(body, mac);
        return Convert.ToHexStringLower(mac);
    }

    Fingerprint Hash(ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = text.Length <= 256 ? stackalloc byte[text.Length * 3] : new byte[text.Length * 3];
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        values.Of(utf8[..Encoding.UTF8.GetBytes(text, utf8)], mac);
        return new(BinaryPrimitives.ReadUInt64BigEndian(mac), BinaryPrimitives.ReadUInt64BigEndian(mac[8..]));
    }
}

/// <summary>128 bits that stand for a found value within one tenant.</summary>
/// <param name="High">The first half, which correlation compares.</param>
/// <param name="Low">The second half.</param>
public readonly record struct Fingerprint(ulong High, ulong Low)
{
    public override string ToString() => $"{High:x16}{Low:x16}";
}
