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
        while (body < text.Length && text[body] is ' ' or '-' or 'B' or 'L' or 'O' or 'C' or 'K')
            body++;
        var (end, sure) = EndOfBlock(text, body);
        probe.Report(Kinds.PrivateKey, sure ? Confidence.High : Confidence.Medium, probe.At, end - probe.At);
    }

    /// <summary>Where the block ends, and whether it holds a key. The next dashes end it, whether they say END or begin another one: so hostile text is read once.</summary>
    static (int End, bool Sure) EndOfBlock(ReadOnlySpan<char> text, int body)
    {
        var rest = text[body..Math.Min(text.Length, body + LongestBlock)];
        var dashes = rest.IndexOf("----", StringComparison.Ordinal);
        if (dashes >= 0 && rest[dashes..].TrimStart("- ").StartsWith("END", StringComparison.Ordinal))
            return (EndOf(text, body + rest.Length - rest[dashes..].TrimStart("- ").Length), CountBase64(rest[..dashes]) >= 16);
        var lead = rest.Length - rest.TrimStart(" \t\r\n\\\"'+").Length;
        var run = CharSet.Base64.Run(rest, lead, LongestBlock);
        var lines = rest.IndexOfAnyExcept(Stops.Armour);
        return run < 24 ? (body, false) : (body + (lines < 0 ? rest.Length : Math.Max(lines, lead + run)), true);
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
        var next = rest[1..].IndexOf("PuTTY-User-Key-File-", StringComparison.Ordinal);
        if (next >= 0)
            rest = rest[..(next + 1)];
        var lines = rest.IndexOf("Private-Lines:", StringComparison.Ordinal);
        if (lines < 0)
            return;
        var mac = rest[lines..].IndexOf("Private-MAC:", StringComparison.Ordinal);
        probe.Report(Kinds.PrivateKey, Confidence.High, probe.At, mac < 0 ? rest.Length : Math.Min(rest.Length, lines + mac + 80));
    }
}
