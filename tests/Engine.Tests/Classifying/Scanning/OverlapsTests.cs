using CsCheck;
using Interven.Contracts;
using Interven.Engine.Classifying;

namespace Interven.Engine.Tests.Classifying.Scanning;

public class OverlapsTests
{
    static readonly DataKind Token = new("vendor_token", DataClasses.Secrets, .9, "vendor");
    static readonly DataKind Generic = new("generic_secret", DataClasses.Secrets, .8);
    static readonly DataKind Card = new("credit_card", DataClasses.Pci | DataClasses.Pii, .9);
    static readonly DataKind Phone = new("phone", DataClasses.Pii, .3);
    static readonly DataKind Email = new("email", DataClasses.Pii, .3);

    static string Left(params Finding[] given)
    {
        var findings = new FindingList();
        foreach (var finding in given)
            findings.Add(finding);
        Overlaps.Resolve(findings);
        return string.Join(' ', findings.Items.ToArray().Select(f => $"{f.Kind.Name}@{f.Start}"));
    }

    [Fact]
    public void A_vendors_token_beats_the_assignment_that_holds_it() =>
        Assert.Equal("vendor_token@10", Left(new(Generic, Confidence.Medium, 0, 10, 40), new(Token, Confidence.High, 0, 10, 40)));

    [Fact]
    public void A_card_beats_the_phone_number_in_it() =>
        Assert.Equal("credit_card@0", Left(new(Phone, Confidence.Medium, 0, 5, 10), new(Card, Confidence.High, 0, 0, 19)));

    [Fact]
    public void Digits_inside_a_token_are_no_phone_number() =>
        Assert.Equal("vendor_token@0", Left(new(Token, Confidence.High, 0, 0, 40), new(Phone, Confidence.Medium, 0, 5, 10)));

    [Fact]
    public void A_sure_finding_of_another_class_inside_a_larger_one_stays() =>
        Assert.Equal("generic_secret@0 email@5", Left(new(Generic, Confidence.High, 0, 0, 40), new(Email, Confidence.High, 0, 5, 10)));

    [Fact]
    public void Of_two_that_cross_the_stronger_one_stays() =>
        Assert.Equal("generic_secret@0", Left(new(Generic, Confidence.High, 0, 0, 10), new(Email, Confidence.High, 0, 5, 20)));

    [Fact]
    public void Findings_apart_or_in_other_segments_all_stay() =>
        Assert.Equal("email@0 email@10 email@0", Left(new(Email, Confidence.High, 1, 0, 10), new(Email, Confidence.High, 0, 10, 10), new(Email, Confidence.High, 0, 0, 10)));

    [Fact]
    public void The_surest_finding_of_a_text_is_never_dropped() =>
        Gen.Select(Gen.OneOf(Gen.Const(Token), Gen.Const(Generic), Gen.Const(Card), Gen.Const(Phone)), Gen.Enum<Confidence>(), Gen.Int[0, 40], Gen.Int[1, 20])
            .Array[1, 30].Sample(rows =>
            {
                var findings = new FindingList();
                foreach (var (kind, confidence, start, length) in rows)
                    findings.Add(new(kind, confidence, 0, start, length));
                Overlaps.Resolve(findings);
                Assert.Equal(rows.Max(row => row.Item2), findings.Items.ToArray().Max(f => f.Confidence));
            });
}
