using System.Buffers;
using System.IO.Hashing;
using System.Text;

namespace Interven.Contracts;

/// <summary>
/// How Interven's own keys are written: prefix, 8 base62 characters of id, 32 of secret (190 bits), 6 of checksum. The checksum is the CRC-32 of
/// all before it, in base62, so that a mistyped key is refused without asking anyone and scanners recognise a leaked one.
/// </summary>
public static class KeyFormat
{
    public const string Live = "iv_live_";
    public const string Ephemeral = "iv_eph_";
    public const string ServiceAccount = "iv_svc_";

    public const int IdLength = 8;
    public const int SecretLength = 32;
    public const int ChecksumLength = 6;
    public const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    public static IReadOnlyList<string> Prefixes { get; } = [Live, Ephemeral, ServiceAccount];

    public static string Compose(string prefix, string id, string secret) => prefix + id + secret + Checksum(prefix + id + secret);

    /// <summary>What lists show: the fixed prefix and the id, never a character of the secret.</summary>
    public static string DisplayPrefix(string prefix, string id) => prefix + id;

    /// <summary>True for a well-formed key with a right checksum. Says nothing of whether it exists.</summary>
    public static bool TryParse(ReadOnlySpan<char> key, out ParsedKey parsed)
    {
        parsed = default;
        foreach (var prefix in Prefixes)
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                var rest = key[prefix.Length..];
                if (rest.Length != IdLength + SecretLength + ChecksumLength || rest.ContainsAnyExcept(Letters))
                    return false;
                if (!key[^ChecksumLength..].SequenceEqual(Checksum(key[..^ChecksumLength])))
                    return false;
                parsed = new(prefix, rest[..IdLength].ToString());
                return true;
            }
        return false;
    }

    /// <summary>The six characters that end a key which begins with <paramref name="body"/>.</summary>
    public static string Checksum(ReadOnlySpan<char> body)
    {
        Span<byte> utf8 = stackalloc byte[256];
        if (body.Length > 64)
            return "";
        var crc = Crc32.HashToUInt32(utf8[..Encoding.UTF8.GetBytes(body, utf8)]);
        Span<char> digits = stackalloc char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            digits[i] = Alphabet[(int)(crc % 62)];
            crc /= 62;
        }
        return digits.ToString();
    }
}

/// <summary>The public parts of a key.</summary>
/// <param name="Prefix">One of <see cref="KeyFormat.Prefixes"/>.</param>
/// <param name="Id">Routes to the key's grain.</param>
public readonly record struct ParsedKey(string Prefix, string Id);
