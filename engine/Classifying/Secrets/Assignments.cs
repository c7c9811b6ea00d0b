using Interven.Contracts;
using Interven.Engine.Reading;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>Secrets that no prefix gives away: a name that promises one, and a value that keeps the promise.</summary>
static class Assignments
{
    public static IEnumerable<Detector> Detectors { get; } =
    [
        new("assignment", new Trigger.Keywords(SecretWords.Triggers), InText),
        new("field", new Trigger.FieldWord(SecretWords.Triggers), InField),
    ];

    static void InText(in Probe probe)
    {
        var promise = SecretWords.Judge(probe.Text, probe.At, probe.Length, out var end);
        if (promise == Promise.None || !ValueAfter.TryRead(probe.Text, probe.At, end, out var place) && !ValueAfter.TryReadBefore(probe.Text, probe.At, out place))
            return;
        var value = Trim(probe.Text.Slice(place.Start, place.Length));
        if (promise > Promise.Weak && place.Joint > Joint.Loose && Tangle(probe.Text[place.Start..]) is var tangle and > 0)
        {
            probe.Report(KindOf(promise), Confidence.Medium, place.Start, tangle);
            return;
        }
        if (ValueJudge.Judge(promise, place.Joint, place.Quoted, value) is { } confidence)
            probe.Report(KindOf(promise, probe.Text, probe.At, value, ref confidence), confidence, place.Start, value.Length);
    }

    static void InField(in Probe probe)
    {
        var promise = SecretWords.Judge(probe.Field, probe.At, probe.Length, out var end);
        var origin = probe.Document.Segments[probe.Segment].Origin;
        if (promise == Promise.None || end != probe.Field.Length || origin is TextOrigin.BodyKey or TextOrigin.HeaderName || probe.Text.Length > 4096)
            return;
        var value = probe.Text;
        var start = 0;
        foreach (var scheme in (ReadOnlySpan<string>)["Bearer ", "Basic ", "Token "])
            if (start == 0 && value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                value = value[scheme.Length..];
                start = scheme.Length;
            }
        if (ValueJudge.Judge(promise, Joint.Assigned, true, value) is { } confidence)
            probe.Report(KindOf(promise, probe.Field, probe.At, value, ref confidence), confidence, start, value.Length);
    }

    /// <summary>
    /// AWS writes no mark into its secret keys: forty characters of base64 under a name of AWS's own ("AWS security credentials", IAM User Guide).
    /// Under the very name of that key, anything else is none that works.
    /// </summary>
    static DataKind KindOf(Promise promise, ReadOnlySpan<char> text, int at, ReadOnlySpan<char> value, ref Confidence confidence)
    {
        Span<char> name = stackalloc char[48];
        var length = 0;
        foreach (var c in text[Math.Max(0, at - 24)..Math.Min(text.Length, at + 16)])
            if (char.IsAsciiLetterOrDigit(c))
                name[length++] = (char)(c | 0x20);
        name = name[..length];
        var own = name.Contains("awssecretaccesskey", StringComparison.Ordinal) || name.Contains("awssecretkey", StringComparison.Ordinal);
        if (value.Length == 40 && CharSet.Base64.Run(value, 0, 40) == 40)
            return own || name.Contains("aws", StringComparison.Ordinal) || name.Contains("secretaccesskey", StringComparison.Ordinal) ? Kinds.AwsSecretKey : KindOf(promise);
        if (own)
            confidence = Confidence.Low;
        return KindOf(promise);
    }

    static int Tangle(ReadOnlySpan<char> rest)
    {
        rest = rest[..Math.Min(rest.Length, 128)];
        var end = rest.IndexOfAny(Stops.Word);
        return ValueJudge.IsTangle(end < 0 ? rest : rest[..end]) ? (end < 0 ? rest : rest[..end]).Length : 0;
    }

    static DataKind KindOf(Promise promise) => promise == Promise.Password ? Kinds.Password : Kinds.ApiKey;

    static ReadOnlySpan<char> Trim(ReadOnlySpan<char> value) => value.TrimEnd(".:!?*\\");
}
