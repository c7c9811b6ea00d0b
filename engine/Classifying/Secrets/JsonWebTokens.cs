using System.Buffers.Text;
using Interven.Contracts;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>JSON web tokens (RFC 7519): three base64url parts whose first decodes to a JOSE header.</summary>
static class JsonWebTokens
{
    const int LongestPart = 8192;

    public static IEnumerable<Detector> Detectors { get; } = [new("jwt", new Trigger.Keywords("eyJ"), Inspect)];

    static void Inspect(in Probe probe)
    {
        var text = probe.Text;
        if (probe.At > 0 && CharSet.Base64Url.Has(text[probe.At - 1]) && !Boundaries.StartsAt(text, probe.At))
            return;
        var header = CharSet.Base64Url.Run(text, probe.At, LongestPart);
        var dot = probe.At + header;
        if (dot >= text.Length || text[dot] != '.' || !IsHeader(text.Slice(probe.At, header)))
            return;
        var payload = CharSet.Base64Url.Run(text, dot + 1, LongestPart);
        var end = dot + 1 + payload;
        if (payload < 8)
            return;
        for (var more = 0; more < 3 && end < text.Length && text[end] == '.'; more++)
            end += 1 + CharSet.Base64Url.Run(text, end + 1, LongestPart);
        if (text[end - 1] == '.' && end > dot + 1 + payload + 1)
            end--;
        probe.Report(Kinds.JsonWebToken, Confidence.High, probe.At, end - probe.At);
    }

    /// <summary>Decodes the first part's beginning: JSON with an algorithm, type or key id in it.</summary>
    static bool IsHeader(ReadOnlySpan<char> part)
    {
        if (part.Length < 12)
            return false;
        part = part[..Math.Min(part.Length, 160)];
        part = part[..(part.Length - part.Length % 4)];
        Span<byte> json = stackalloc byte[128];
        if (Base64Url.DecodeFromChars(part, json, out _, out var written) is not System.Buffers.OperationStatus.Done)
            return false;
        json = json[..written];
        return json.IndexOf("\"alg\""u8) >= 0 || json.IndexOf("\"typ\""u8) >= 0 || json.IndexOf("\"kid\""u8) >= 0 || json.IndexOf("\"enc\""u8) >= 0;
    }
}
