using System.Security.Cryptography;

namespace Interven.Engine.Classifying.Checksums;

/// <summary>Bitcoin's Base58Check: payload of 21 bytes and the first four bytes of its double SHA-256.</summary>
static class Base58Check
{
    const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    const int Bytes = 25;

    /// <summary>True for a pay-to-key-hash or pay-to-script-hash address of the main network.</summary>
    public static bool IsAddress(ReadOnlySpan<char> text)
    {
        Span<byte> number = stackalloc byte[Bytes];
        number.Clear();
        foreach (var symbol in text)
        {
            var carry = Alphabet.IndexOf(symbol, StringComparison.Ordinal);
            if (carry < 0)
                return false;
            for (var i = Bytes - 1; i >= 0; i--)
            {
                carry += number[i] * 58;
                number[i] = (byte)carry;
                carry >>= 8;
            }
            if (carry != 0)
                return false;
        }
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(number[..21], hash);
        SHA256.HashData(hash, hash);
        return number[0] is 0 or 5 && hash[..4].SequenceEqual(number[21..]);
    }
}
