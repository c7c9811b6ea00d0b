using System.Text.Json;
using Interven.Engine.Policies;
using Interven.Engine.Policies.Conditions;
using Interven.Engine.Policies.Documents;
using Interven.Engine.Policies.Matching;

namespace Interven.Engine.Tests.Policies;

public class DocsTests
{
    static readonly string Docs = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "policies.md"));

    [Fact]
    public void The_reference_names_every_key_with_its_meaning_and_example()
    {
        foreach (var key in MatchKeys.All)
            Assert.Contains($"| {Names(key.Name, key.Aliases)} | {key.Meaning} | `{key.Example}` |", Docs, StringComparison.Ordinal);
        foreach (var key in ConditionKeys.All)
            Assert.Contains($"| {Names(key.Name, key.Aliases)} | {key.Type} | {key.Meaning} | `{key.Example}` |", Docs, StringComparison.Ordinal);
        foreach (var key in DocumentReader.Keys.Concat(ModifierReader.Keys))
            Assert.Contains($"| `{key}` |", Docs, StringComparison.Ordinal);
        foreach (var action in RuleActions.All)
            Assert.Contains($"| `{action}` |", Docs, StringComparison.Ordinal);
        foreach (var family in ComplianceTags.Families)
            Assert.Contains($"| `{family.Name}` | {family.Title} | `{family.Example}` |", Docs, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_example_is_taken()
    {
        foreach (var (name, example) in MatchKeys.All.Select(key => (key.Name, key.Example)).Concat(ConditionKeys.All.Select(key => (key.Name, key.Example))))
        {
            using var parsed = JsonDocument.Parse(example);
            Assert.Empty(PolicyReader.Read($$"""{"name":"n","rules":[{"action":"DENY","{{name}}":{{example}}}]}""").Problems);
        }
        Assert.All(ComplianceTags.Families, family => Assert.Null(ComplianceTags.FaultOf(family.Example)));
    }

    [Fact]
    public void Every_policy_in_the_docs_is_taken_without_a_warning()
    {
        var blocks = Docs.Split("```").Where((_, i) => i % 2 == 1).Where(block => block.StartsWith("yaml", StringComparison.Ordinal) || block.StartsWith("json", StringComparison.Ordinal)).ToList();
        Assert.True(blocks.Count >= 4);
        foreach (var reading in blocks.Select(block => PolicyReader.Read(block[4..])))
            Assert.Empty(reading.Problems.Concat(reading.Warnings));
    }

    static string Names(string name, IReadOnlyList<string> aliases) => string.Join(", ", aliases.Prepend(name).Select(one => $"`{one}`"));
}
