using Interven.Contracts;
using Interven.Engine.Policies;
using Interven.Engine.Policies.Conditions;
using Interven.Engine.Policies.Matching;

namespace Interven.Engine.Tests.Policies;

public class RuleTests
{
    static readonly IReadOnlyList<RuleCase> Table = Cases.Load<RuleCase>("rules.yaml");

    public static TheoryData<string> Rows => Cases.Names(Table, row => row.Name);

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_rule_takes_the_calls_that_it_says(string name)
    {
        var row = Table.Single(one => one.Name == name);
        var set = PolicySet.Compile([StoredPolicy.Of(Guid.Empty, 1, row.Document())]);
        var facts = row.Facts();
        var verdict = set.Evaluate(facts);
        Assert.Equal(row.Want, verdict.Decision?.Word() ?? "none");
        Assert.Equal(row.WouldHave, verdict.WouldHave?.Word());
        var explained = Assert.Single(set.Explain(facts));
        Assert.Equal(row.Want != "none" || row.WouldHave is not null, explained.Matched);
        Assert.Equal(explained.Matched, explained.FailedOn is null);
        if (row.FailedOn is not null)
            Assert.Equal(row.FailedOn, explained.FailedOn);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_canonical_document_means_the_same_and_is_its_own_canonical_form(string name)
    {
        var document = Table.Single(one => one.Name == name).Document();
        var again = PolicyReader.Read(document.ToCanonicalJson());
        Assert.Empty(again.Problems);
        Assert.Equal(document.ToCanonicalJson(), again.Document!.ToCanonicalJson());
    }

    [Fact]
    public void Every_key_has_a_case_that_matches_and_one_that_does_not()
    {
        var keys = MatchKeys.All.SelectMany(key => key.Aliases.Prepend(key.Name))
            .Concat(ConditionKeys.All.SelectMany(key => key.Aliases.Prepend(key.Name)));
        foreach (var key in keys)
        {
            var rows = Table.Where(row => row.Rule.Contains($"{key}:", StringComparison.Ordinal)).ToList();
            Assert.True(rows.Exists(row => row.Want != "none"), $"{key} never matches in the table.");
            Assert.True(rows.Exists(row => row.Want == "none"), $"{key} always matches in the table.");
        }
    }
}
