using Interven.Contracts;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>Private keys in armour: PEM (RFC 7468), OpenSSH, PGP (RFC 9580), PuTTY. The whole block is the finding.</summary>
static class PrivateKeys
{
    /// <summary>A 16,384-bit RSA key in PEM is shorter.</summary>
    const int LongestBlock = 16 * 1024;

    const int LongestLabel = 48;

    public static IEnumerable<Detector> Detectors { get; } =
    [
        new("private_key_block", new Trigger.Keywords("---- begin", "-----begin"), Block),
        new("putty_key", new Trigger.Keywords("PuTTY-User-Key-File-"), Putty),
    ];

    static void Block(in Probe probe)
    {
        var text = probe.Text;
        if (probe.At > 0 && text[probe.At - 1] == '-' && probe.Text[probe.At + 4] == ' ')
            return;
        var label = text.Slice(probe.At + probe.Length, Math.Min(LongestLabel, text.Length - probe.At - probe.Length));
        var key = label.IndexOf("PRIVATE KEY", StringComparison.Ordinal);
        if (key < 0 || label[..key].IndexOfAny("\n\r") >= 0)
            return;
        var body = probe.At + probe.Length + key + "PRIVATE KEY".Length;
        var rest = text[body..Math.Min(text.Length, body + LongestBlock)];
        var close = rest.IndexOf("-END", StringComparison.Ordinal);
        var content = close >= 0 ? rest[..close] : rest;
        var characters = CountBase64(content);
        var end = close < 0 ? body + content.Length : EndOf(text, body + close + 4);
        var sure = close >= 0 ? characters >= 16 : characters >= 24;
        probe.Report(Kinds.PrivateKey, sure ? Confidence.High : Confidence.Medium, probe.At, end - probe.At);
    }

    static int EndOf(ReadOnlySpan<char> text, int at)
    {
        var line = text[at..Math.Min(text.Length, at + LongestLabel + 10)];
        var dashes = line.IndexOf("----", StringComparison.Ordinal);
        return dashes < 0 ? at : at + dashes + (line[dashes..].StartsWith("-----", StringComparison.Ordinal) ? 5 : 4);
    }

    static int CountBase64(ReadOnlySpan<char> content)
    {
        var count = 0;
        foreach (var c in content[..Math.Min(content.Length, 512)])
            count += CharSet.Base64.Has(c) ? 1 : 0;
        return count;
    }

    static void Putty(in Probe probe)
    {
        var rest = probe.Text[probe.At..Math.Min(probe.Text.Length, probe.At + LongestBlock)];
        var lines = rest.IndexOf("Private-Lines:", StringComparison.Ordinal);
        if (lines < 0)
            return;
        var mac = rest[lines..].IndexOf("Private-MAC:", StringComparison.Ordinal);
        probe.Report(Kinds.PrivateKey, Confidence.High, probe.At, mac < 0 ? rest.Length : Math.Min(rest.Length, lines + mac + 80));
    }
}
