using Interven.Contracts;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>Credentials behind an HTTP authentication scheme (RFC 6750, RFC 7617), and a user and password after <c>-u</c> on a command line.</summary>
static class Headers
{
    const int Longest = 2048;

    public static IEnumerable<Detector> Detectors { get; } =
    [
        new("bearer", new Trigger.Keywords("bearer ", "bearer: "), Bearer),
        new("basic", new Trigger.Keywords("basic "), Basic),
        new("user_flag", new Trigger.Keywords(" -u ", " --user "), UserFlag),
        new("password_flag", new Trigger.Keywords(" -p "), PasswordFlag),
    ];

    static readonly CharSet Token = CharSet.Of("A-Za-z0-9._~+/=:-");

    static void Bearer(in Probe probe)
    {
        var start = probe.At + probe.Length;
        var length = Token.Run(probe.Text, start, Longest);
        var value = probe.Text.Slice(start, length);
        if (length >= 16 && !Placeholders.IsPlaceholder(value) && Randomness.IsRandom(value))
            probe.Report(Kinds.AuthorizationHeader, Confidence.High, start, length);
    }

    static void Basic(in Probe probe)
    {
        var start = probe.At + probe.Length;
        var length = CharSet.Of("A-Za-z0-9+/=").Run(probe.Text, start, 200);
        if (length < 8 || length % 4 != 0)
            return;
        Span<byte> plain = stackalloc byte[160];
        if (!Convert.TryFromBase64Chars(probe.Text.Slice(start, length), plain, out var written))
            return;
        plain = plain[..written];
        var colon = plain.IndexOf((byte)':');
        if (colon > 0 && colon < written - 1 && !plain.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            probe.Report(Kinds.AuthorizationHeader, Confidence.High, start, length);
    }

    static void UserFlag(in Probe probe)
    {
        var start = probe.At + probe.Length;
        while (start < probe.Text.Length && probe.Text[start] is ' ' or '"' or '\'')
            start++;
        var rest = probe.Text[start..Math.Min(probe.Text.Length, start + 160)];
        var end = rest.IndexOfAny(Stops.Word);
        var value = end < 0 ? rest : rest[..end];
        var colon = value.IndexOf(':');
        if (colon <= 0 || value.Contains("://", StringComparison.Ordinal) || value.Length - colon - 1 < 4 || long.TryParse(value[(colon + 1)..], out _))
            return;
        if (!Placeholders.IsPlaceholder(value[(colon + 1)..]))
            probe.Report(Kinds.Password, Confidence.Medium, start, value.Length);
    }

    /// <summary><c>-p</c> is a password only where <c>-u</c> stands before it, and no number (a port).</summary>
    static void PasswordFlag(in Probe probe)
    {
        var before = probe.Text[Math.Max(0, probe.At - 120)..probe.At];
        if (!before.Contains(" -u", StringComparison.OrdinalIgnoreCase) && !before.Contains("--user", StringComparison.OrdinalIgnoreCase))
            return;
        var start = probe.At + probe.Length;
        var rest = probe.Text[start..Math.Min(probe.Text.Length, start + 160)];
        var end = rest.IndexOfAny(" \t\r\n");
        var value = (end < 0 ? rest : rest[..end]).Trim("\"'");
        if (value.Length >= 4 && value[0] != '-' && !long.TryParse(value, out _) && !Placeholders.IsPlaceholder(value))
            probe.Report(Kinds.Password, Confidence.Medium, start, end < 0 ? rest.Length : end);
    }
}
