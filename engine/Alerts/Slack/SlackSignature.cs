using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Interven.Engine.Alerts.Slack;

/// <summary>Slack's request signature, version 0: HMAC-SHA-256 over <c>v0:{timestamp}:{raw body}</c>.</summary>
public static class SlackSignature
{
    public const int Length = 32;
    const string Prefix = "v0=";
    const long MostSkewSeconds = 300;

    /// <summary>Digits only, and within five minutes of now, before and after.</summary>
    public static bool IsFresh(string timestamp, DateTimeOffset now) =>
        timestamp.Length is > 0 and <= 12 && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= MostSkewSeconds;

    /// <summary>Null where it has not the form of a signature.</summary>
    public static byte[]? Read(string header)
    {
        if (header.Length != Prefix.Length + Length * 2 || !header.StartsWith(Prefix, StringComparison.Ordinal) || !header.Skip(Prefix.Length).All(char.IsAsciiHexDigitLower))
            return null;
        return Convert.FromHexString(header.AsSpan(Prefix.Length));
    }

    /// <summary>Takes as long whether it matches or not, and whether there is a secret or not. Without a secret nothing matches.</summary>
    public static bool Matches(string? secret, string timestamp, ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature)
    {
        var start = Encoding.ASCII.GetBytes($"v0:{timestamp}:");
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(string.IsNullOrEmpty(secret) ? "there is no such channel" : secret));
        hash.AppendData(start);
        hash.AppendData(body);
        return CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), signature) && !string.IsNullOrEmpty(secret);
    }
}
