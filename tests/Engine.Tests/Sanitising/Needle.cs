using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Sanitising;

/// <summary>A stub detector: finds fixed texts wherever they are readable.</summary>
sealed class Needle(params (string Text, DataKind Kind, Confidence Confidence)[] wanted)
{
    public const string Card = "4111111111111111";
    public const string Secret = "sk_live_9fQ2xLr7TbW4mKz8";

    public static readonly DataKind CardKind = new("credit_card", DataClasses.Pci | DataClasses.Pii, 0.8);
    public static readonly DataKind SecretKind = new("stripe_key", DataClasses.Secrets, 1);
    public static readonly DataKind EmailKind = new("email", DataClasses.Pii, 0.3);
    public static readonly DataKind MemoKind = new("internal_marker", DataClasses.Internal, 0.5);
    public static readonly DataKind IdKind = new("bare_id", DataClasses.Pii, 0.1);

    public static readonly Needle Usual = new(
        (Card, CardKind, Confidence.High),
        ("4111-1111-1111-1111", CardKind, Confidence.High),
        ("4111 1111 1111 1111", CardKind, Confidence.High),
        (Secret, SecretKind, Confidence.High),
        ("ann@bank.example", EmailKind, Confidence.Medium),
        ("bob@bank.example", EmailKind, Confidence.Medium),
        ("INTERNAL ONLY", MemoKind, Confidence.High),
        ("ID-77", IdKind, Confidence.Low));

    public void Classify(ScanText text, FindingList findings)
    {
        for (var segment = 0; segment < text.Segments.Length; segment++)
            foreach (var (needle, kind, confidence) in wanted)
                for (var from = 0; ;)
                {
                    var hit = text.TextOf(segment)[from..].IndexOf(needle, StringComparison.Ordinal);
                    if (hit < 0)
                        break;
                    findings.Add(new(kind, confidence, segment, from + hit, needle.Length));
                    from += hit + 1;
                }
    }

    public FindingList In(ScanText text)
    {
        var findings = new FindingList();
        Classify(text, findings);
        return findings;
    }
}
