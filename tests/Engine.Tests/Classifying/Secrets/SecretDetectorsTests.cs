using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Classifying.Secrets;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Classifying.Secrets;

public class SecretDetectorsTests
{
    static readonly Classifier Classifier = new(SecretDetectors.All);

    public static TheoryData<string, int> Cases()
    {
        var rows = new TheoryData<string, int>();
        foreach (var file in SecretCase.Files)
            for (var row = 0; row < SecretCase.Read(file).Count; row++)
                rows.Add(file, row);
        return rows;
    }

    internal static Finding[] Find(string text, string? field = null)
    {
        using var document = new ScanText();
        var fieldStart = field is null ? -1 : document.Write(field);
        document.Add(new(document.Write(text), text.Length, TextOrigin.BodyValue, 0, TextLayer.Plain, -1, 0, 0, fieldStart, field?.Length ?? 0));
        var findings = new FindingList();
        Classifier.Classify(document, findings);
        return [.. findings.Items.ToArray().Where(finding => finding.Confidence >= Confidence.Medium)];
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_is_found_as_what_it_is(string file, int row)
    {
        var wanted = SecretCase.Read(file)[row];
        var found = Find(wanted.Text, wanted.Field);
        if (wanted.Kind == "none")
            Assert.True(found.Length == 0, $"{wanted} was taken for {string.Join(", ", found.Select(f => f.Kind.Name))}");
        else
            Assert.True(found.Any(f => f.Kind.Name == wanted.Kind && (wanted.Confidence ?? f.Confidence.Word()) == f.Confidence.Word()),
                $"{wanted} was found as [{string.Join(", ", found.Select(f => $"{f.Kind.Name} {f.Confidence}"))}]");
    }

    [Fact]
    public void Every_case_file_has_a_dozen_of_each_sort() =>
        Assert.All(SecretCase.Files, file =>
        {
            var none = SecretCase.Read(file).Count(row => row.Kind == "none");
            Assert.InRange(none, 12, 100);
            Assert.InRange(SecretCase.Read(file).Count - none, 12, 100);
        });

    [Fact]
    public void A_private_key_is_one_finding_from_first_to_last_dash()
    {
        var block = $"-----BEGIN {"RSA PRIVATE"} KEY-----\n{new string('q', 30)}B7/k\n-----END {"RSA PRIVATE"} KEY-----";
        var finding = Assert.Single(Find($"a {block} b"));
        Assert.Equal((2, block.Length), (finding.Start, finding.Length));
    }

    [Fact]
    public void The_finding_of_an_assignment_is_the_value_alone()
    {
        var finding = Assert.Single(Find("""password = "Winter2026!x" # old"""));
        Assert.Equal((12, 12), (finding.Start, finding.Length));
    }

    [Fact]
    public void A_token_beats_the_assignment_around_it() =>
        Assert.Equal("pulumi_token", Assert.Single(Find($"api_key = \"pul-{"0af3c2d9e1"}{"0af3c2d9e1"}{"0af3c2d9e1"}{"0af3c2d9e1"}\"")).Kind.Name);

    [Fact]
    public void Kinds_have_names_that_policies_can_write_and_one_row_each()
    {
        Assert.All(Kinds.Secrets, kind => Assert.Matches("^[a-z][a-z0-9_]*$", kind.Name));
        Assert.All(Kinds.Secrets, kind => Assert.InRange(kind.Severity, .1, 1));
        Assert.Equal(Kinds.Secrets.Count, Kinds.Secrets.Select(kind => kind.Name).Distinct().Count());
    }
}
