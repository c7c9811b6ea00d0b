using Interven.Engine.Policies;

namespace Interven.Engine.Tests.Policies;

public sealed class WinnerCase
{
    public string Name { get; set; } = "";
    public Dictionary<string, string> Policies { get; set; } = [];
    public string Winner { get; set; } = "";
    public List<string> Others { get; set; } = [];
}

public class WinnerTests
{
    static readonly IReadOnlyList<WinnerCase> Table = Cases.Load<WinnerCase>("winners.yaml");

    public static TheoryData<string> Rows => Cases.Names(Table, row => row.Name);

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_answer_names_the_strictest_then_the_lower_number_then_the_name(string name)
    {
        var row = Table.Single(one => one.Name == name);
        var verdict = PolicySet.Compile(row.Policies.Select(policy => Stored(policy.Key, policy.Value))).Evaluate(RuleCase.Build("{}", new()));
        Assert.Equal(row.Others.Prepend(row.Winner), verdict.Matches.Select(match => $"{match.Policy.Name}/{match.Rule.RuleId}"));
    }

    [Fact]
    public void The_order_is_total_over_every_pair()
    {
        MatchedRule[] all = [.. "ALLOW 1|ALLOW 2|SANITIZE 1|REQUIRE_APPROVAL 5|DENY 1|DENY 2|OPEN_INCIDENT 1".Split('|')
            .SelectMany(rule => new[] { "a", "b" }.Select(name => PolicySet.Compile([Stored(name, rule)]).Evaluate(RuleCase.Build("{}", new())).Winner!.Value))];
        foreach (var one in all)
            foreach (var other in all)
            {
                var order = WinnerSelection.Order.Compare(one, other);
                Assert.Equal(-Math.Sign(order), Math.Sign(WinnerSelection.Order.Compare(other, one)));
                if (order < 0)
                    Assert.True(one.Decision >= other.Decision);
            }
    }

    static StoredPolicy Stored(string name, string rules)
    {
        var list = rules.Split(", ").Select(rule => rule.Split(' ')).Select(rule => $"{{action: {rule[0]}, priority: {(rule.Length > 1 ? rule[1] : "100")}}}");
        return StoredPolicy.Of(Guid.Empty, 1, PolicyReader.Read($"name: {name}\nrules: [{string.Join(", ", list)}]").Document!);
    }
}
