using System.Text;
using Interven.Contracts;
using Interven.Engine.Reading;
using Interven.Engine.Sanitising;
using Interven.Engine.Tests.Reading;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Interven.Engine.Tests.Sanitising;

/// <summary>One row of <c>tests/cases/sanitise/bodies.yaml</c>.</summary>
public sealed class SanitiseCase
{
    public string Name { get; set; } = "";
    public string Body { get; set; } = "";
    public string Becomes { get; set; } = "";
    public string[] Fields { get; set; } = [];
    public Confidence Minimum { get; set; } = Confidence.Medium;
}

public class SanitiserTests
{
    static readonly IReadOnlyList<SanitiseCase> Cases = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
        .Deserialize<List<SanitiseCase>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cases", "sanitise", "bodies.yaml")));

    public static TheoryData<string> Names() => [.. Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_body_becomes_what_its_case_says(string name)
    {
        var one = Cases.Single(row => row.Name == name);
        using var tree = Disguise.Parse(one.Body);
        using var text = new ScanText();
        CallText.ReadBody(tree, 0, text);
        var fields = one.Fields.Select(path => Enumerable.Range(0, tree.Nodes.Length).Single(node => JsonPaths.Of(tree, node) == path)).ToArray();

        var once = Sanitiser.Sanitise(tree, 0, text, Needle.Usual.In(text).Items, fields, one.Minimum);
        Assert.Equal(one.Becomes, Encoding.UTF8.GetString(once.Json.Span));

        var twice = SecondPass.Sanitise(tree, 0, text, Needle.Usual.In(text).Items, fields, one.Minimum, Needle.Usual.Classify);
        Assert.True(twice.IsClean);
        Assert.Equal(one.Becomes, Encoding.UTF8.GetString(twice.Json.Span));
    }

    [Fact]
    public void A_clean_body_is_given_back_as_it_was_sent()
    {
        using var tree = Disguise.Parse("""{"body": {"a" : [1.0, "x\u0041"]} }""");
        using var text = new ScanText();
        CallText.ReadBody(tree, 1, text);
        var result = Sanitiser.Sanitise(tree, 1, text, [], [], Confidence.Low);
        Assert.Equal("""{"a" : [1.0, "x\u0041"]}""", Encoding.UTF8.GetString(result.Json.Span));
        Assert.Equal(0, result.Redactions);
    }

    [Fact]
    public void Findings_in_url_and_headers_do_not_touch_the_body()
    {
        using var tree = Disguise.Parse($$"""{"headers": {"X-Card": "{{Needle.Card}}" }, "body": {"a": "b"} }""");
        using var text = new ScanText();
        CallText.Read(tree, tree.Child(0, "body"), $"https://x.example/{Needle.Card}", tree.Child(0, "headers"), [], text);
        var findings = Needle.Usual.In(text);
        Assert.Equal(2, findings.Count);
        Assert.Equal(0, Sanitiser.Sanitise(tree, tree.Child(0, "body"), text, findings.Items, [], Confidence.Low).Redactions);
    }
}
