using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interven.Api.Tests.Running;
using Interven.Console.Pieces;
using Interven.Console.Policies;
using Interven.Console.Tools;
using Interven.Contracts.Tools;
using Interven.Engine.Policies;

namespace Interven.Console.Tests;

/// <summary>What the pages reckon by themselves.</summary>
public sealed class PieceTests
{
    public static TheoryData<string> Library => [.. PolicyLibrary.Seeds.Concat(PolicyLibrary.Packs.SelectMany(PolicyLibrary.Pack)).Select(policy => policy.Name)];

    [Theory, MemberData(nameof(Library))]
    public void A_policy_means_the_same_in_JSON_in_YAML_and_in_the_form(string name)
    {
        var policy = PolicyLibrary.Seeds.Concat(PolicyLibrary.Packs.SelectMany(PolicyLibrary.Pack)).First(one => one.Name == name);
        var yaml = PolicyReader.Read(Encoding.UTF8.GetBytes(PolicyYaml.Write(JsonDocument.Parse(policy.ToCanonicalJson()).RootElement)), PolicyFormat.Yaml);
        Assert.Empty(yaml.Problems);
        Assert.Equal(policy.ContentHash(), yaml.Document!.ContentHash());
        var form = PolicyReader.Read(PolicyDraft.Of(policy).ToJson());
        Assert.Empty(form.Problems);
        Assert.Equal(policy.ContentHash(), form.Document!.ContentHash());
    }

    [Theory]
    [InlineData("a\nb\nc", "a\nc", " a-b c")]
    [InlineData("a", "b", "-a+b")]
    [InlineData("", "a\nb", "+a+b")]
    [InlineData("a\nb", "a\nx\nb", " a+x b")]
    public void A_comparison_shows_the_least_that_changed(string before, string after, string wanted) =>
        Assert.Equal(wanted, string.Concat(LineDiff.Of(before, after).Select(line => (line.Kind switch { LineKind.Added => "+", LineKind.Removed => "-", _ => " " }) + line.Text)));

    [Theory]
    [InlineData(59, "0:59")]
    [InlineData(600, "10:00")]
    [InlineData(3661, "1:01:01")]
    [InlineData(-5, "0:00")]
    public void A_countdown_reads_as_a_clock(int seconds, string wanted) => Assert.Equal(wanted, Moments.Countdown(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("payments", null, "createPayout")]
    [InlineData(null, "POST /payouts", "createPayout")]
    [InlineData("payments", "POST /payouts, PUT /payouts/{id}", null)]
    public void An_operation_that_is_not_edited_stays_what_it_is(string? category, string? routes, string? name)
    {
        ToolOperation before = new("create_payout", "WRITE", category, routes?.Split(", "), name is null ? null : [name]);
        var after = Assert.Single(OperationLines.Read(OperationLines.Write([before]), [before]));
        Assert.Equal(JsonSerializer.Serialize(before), JsonSerializer.Serialize(after));
    }

    [Fact]
    public void Whatever_destroys_something_asks_first()
    {
        var destroys = new Regex("HttpMethod\\.Delete|/revoke\"|/revoke-key|/suspend-agent|\"suspend\"|/retention/run|rotate-token|/reset\"");
        var methods = Directory.EnumerateFiles(Product.Place("Console"), "*.razor", SearchOption.AllDirectories).SelectMany(file => Regex.Split(File.ReadAllText(file), "\n    (?=async Task |Task |void )").Select(method => (file, method)))
            .Where(one => destroys.IsMatch(one.method)).ToList();
        Assert.True(methods.Count > 20, "they were found");
        Assert.Empty(methods.Where(one => !one.method.Contains("Confirm.Ask(", StringComparison.Ordinal)).Select(one => $"{Path.GetFileName(one.file)}: {one.method.Split('\n')[0]}"));
    }

    [Theory]
    [InlineData("slack, github", """["slack","github"]""")]
    [InlineData("10000", "10000")]
    [InlineData("""{"path":"$..amount","value":1}""", """{"path":"$..amount","value":1}""")]
    [InlineData("PII", "\"PII\"")]
    public void What_is_typed_into_a_rule_becomes_the_JSON_that_it_looks_like(string typed, string wanted) => Assert.Equal(wanted, KeyDraft.Literal(typed)!.ToJsonString());
}
