using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Interven.Grains.People;

/// <summary>Time-based one-time passwords (RFC 6238 over RFC 4226): HMAC-SHA-1, six digits, steps of thirty seconds, which is what every authenticator speaks.</summary>
static class Totp
{
    public const int SecretBytes = 20, Digits = 6, StepSeconds = 30;

    /// <summary>Steps that a clock may be off, before and after.</summary>
    const int Tolerance = 1;

    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The step that the code belongs to, newer than the newest used one; null where it is none.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long lastStep)
    {
        if (code.Length != Digits)
            return null;
        long? found = null;
        for (var step = StepAt(now) - Tolerance; step <= StepAt(now) + Tolerance; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), Encoding.UTF8.GetBytes(code)) && step > lastStep)
                found ??= step;
        return found;
    }

    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // The RFC's algorithm; a keyed hash does not rest on collisions being hard to find.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[19] & 0xF)..]) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static string Text(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var b in secret)
        {
            buffer = buffer << 8 | b;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Base32[buffer >> bits - 5 & 31]);
            buffer &= (1 << bits) - 1;
        }
        return bits > 0 ? text.Append(Base32[buffer << 5 - bits & 31]).ToString() : text.ToString();
    }

    public static string Uri(string secretText, string email, string tenant) =>
        $"otpauth://totp/{System.Uri.EscapeDataString($"Interven ({tenant})")}:{System.Uri.EscapeDataString(email)}?secret={secretText}&issuer={System.Uri.EscapeDataString($"Interven ({tenant})")}&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
}
