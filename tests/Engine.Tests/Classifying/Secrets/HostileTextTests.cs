using System.Text;
using CsCheck;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Classifying.Secrets;

public class HostileTextTests
{
    static readonly Classifier Classifier = new(Detectors.All);

    static readonly string[] Pieces =
    [
        "password", "=", ":", "\"", "'", " ", "\n", "\\", "token", "eyJ", ".", "-----BEGIN RSA PRIVATE KEY-----", "-----END", "://", "@", "ghp_", "key", "(", ")", "[", "}", "${", "|", "sk-ant-",
        "T3BlbkFJ", "AAAA", "aB3", "0123456789", "\u0000", "\uD800", "é", "𝟘", "basic ", "bearer ", "ConvertTo-SecureString", "NetworkCredential(", "PuTTY-User-Key-File-", "pwd=", ";", "-u ", " -p ", "==", "MII", "$6$", "Q~", "xox", "hooks.slack.com/services/",
    ];

    static ScanText Document(string text)
    {
        var document = new ScanText();
        document.Add(new(document.Write(text), text.Length, TextOrigin.BodyValue, 0, TextLayer.Plain, -1, 0, 0, -1, 0));
        return document;
    }

    [Fact]
    public void No_text_makes_a_detector_throw_or_report_outside_it() =>
        Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]), Gen.String[0, 12]).Array[0, 40].Sample(pieces =>
        {
            var text = string.Concat(pieces);
            using var document = Document(text);
            var findings = new FindingList();
            Classifier.Classify(document, findings);
            foreach (var finding in findings.Items)
                Assert.True(finding is { Start: >= 0, Length: > 0 } && finding.End <= text.Length, $"{finding} in {text.Length} characters");
        }, iter: 20_000);

    public static TheoryData<string> Worst() => [.. Pieces.Select(piece => piece + " "), "password=\"", "key=", "a:b@://", "-----BEGIN PRIVATE KEY-----\n", "eyJhbGciOiJIUzI1NiJ9.", "1 ", "token: token: ", "A", "AB3x", "confidential ", "internal only ", "4111 1111 1111 1111 ", "1/", "sk-ant-", "secret:"];

    [Theory]
    [MemberData(nameof(Worst))]
    public void Sixteen_times_the_text_is_nowhere_near_a_square_of_the_work(string piece)
    {
        // A quadratic detector would show 256 here, a linear one 16; small times are not exact.
        Cost(piece, 2);
        var (small, large) = (Cost(piece, 4), Cost(piece, 64));
        Assert.True(large < small * 64 + TimeSpan.FromMilliseconds(20), $"{small.TotalMilliseconds} ms for 4 KB, {large.TotalMilliseconds} ms for 64 KB");
    }

    static TimeSpan Cost(string piece, int kilobytes)
    {
        using var document = Document(new StringBuilder().Insert(0, piece, kilobytes * 1024 / piece.Length).ToString());
        var findings = new FindingList();
        return ThreadTime.Of(() =>
        {
            findings.Clear();
            Classifier.Classify(document, findings);
        });
    }

    [Fact]
    public void Clean_text_allocates_nothing()
    {
        using var document = Document(string.Concat(Enumerable.Repeat("Settlement of 1,204.50 EUR is due on 2026-11-24; the desk asked for a key figure per account and a token of thanks. ", 40)));
        var findings = new FindingList();
        for (var warm = 0; warm < 50; warm++)
            Classifier.Classify(document, findings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Classifier.Classify(document, findings);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, findings.Count);
    }
}
