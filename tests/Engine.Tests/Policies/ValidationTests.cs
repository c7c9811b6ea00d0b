using Interven.Engine.Policies;

namespace Interven.Engine.Tests.Policies;

public sealed class InvalidCase
{
    public string Name { get; set; } = "";
    public string Document { get; set; } = "";
    public List<string> Problems { get; set; } = [];
}

public class ValidationTests
{
    static readonly IReadOnlyList<InvalidCase> Table = Cases.Load<InvalidCase>("invalid.yaml");

    public static TheoryData<string> Rows => Cases.Names(Table, row => row.Name);

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_bad_document_is_refused_whole_with_every_problem(string name)
    {
        var row = Table.Single(one => one.Name == name);
        var reading = PolicyReader.Read(row.Document);
        Assert.Null(reading.Document);
        var got = string.Join('\n', reading.Problems.Select(problem => $"{problem.Path}: {problem.Message}"));
        Assert.True(row.Problems.Count == reading.Problems.Count, got);
        foreach (var wanted in row.Problems.Select(problem => problem.Split(": ", 2)))
            Assert.True(reading.Problems.Any(problem => problem.Path == wanted[0] && problem.Message.Contains(wanted[1], StringComparison.Ordinal)),
                $"{wanted[0]}: {wanted[1]}\nis not in\n{got}");
    }

    [Fact]
    public void A_thousand_rules_are_taken_and_one_more_is_not()
    {
        static PolicyReading Read(int count) =>
            PolicyReader.Read($$"""{"name":"n","rules":[{{string.Join(',', Enumerable.Repeat("""{"action":"DENY"}""", count))}}]}""");
        Assert.Equal(1000, Read(1000).Document!.Rules.Count);
        Assert.Equal("$.rules", Assert.Single(Read(1001).Problems).Path);
    }

    [Theory]
    [InlineData("name: n\nrules:\n- action: DENY\n  verbs: [NO]\n", 4, 11)]
    [InlineData("{\"name\":\"n\",\n\"rules\":[{\"action\":\"DENY\",\n  \"verbs\":[\"NO\"]}]}", 3, 12)]
    public void A_problem_names_line_and_column(string document, int line, int column)
    {
        var problem = Assert.Single(PolicyReader.Read(document).Problems);
        Assert.Equal((line, column), (problem.Line, problem.Column));
    }

    [Fact]
    public void Json_and_yaml_in_either_shape_are_the_same_content()
    {
        const string Yaml = """
            name: P
            rules:
              - tools: slack
                operations: post_message
                has_data_class: PII
                action: DENY
                body_path_gt: {path: $.a, value: 1e4}
            """;
        const string Json = """
            {"version": 3, "name": "P", "env_name": null, "enabled": true, "mode": "enforce", "description": "",
             "rules": [{"rule_id": "rule-1", "priority": 100, "match": {"operations": ["post_message"], "tool_name": ["slack"]},
                        "condition": {"body_path_gt": {"value": 10000.0, "path": "$.a"}, "has_data_class": ["PII"]}, "action": "DENY"}]}
            """;
        Assert.Equal(PolicyReader.Read(Json).Document!.ContentHash(), PolicyReader.Read(Yaml).Document!.ContentHash());
        Assert.NotEqual(PolicyReader.Read(Json).Document!.ContentHash(), PolicyReader.Read(Json.Replace("10000.0", "10000.1", StringComparison.Ordinal)).Document!.ContentHash());
    }

    [Fact]
    public void Rules_without_an_id_are_named_by_place_and_never_take_a_given_name()
    {
        var document = PolicyReader.Read("{name: n, rules: [{action: DENY}, {action: DENY, rule_id: rule-1}, {action: DENY}]}").Document!;
        Assert.Equal(["rule-1-x", "rule-1", "rule-3"], document.Rules.Select(rule => rule.RuleId));
    }

    [Theory]
    [InlineData("{name: n, rules: [{action: DENY}, {action: ALLOW, verbs: [READ]}]}", "$.rules[1]")]
    [InlineData("{name: n, rules: [{action: DENY, verbs: READ}, {action: ALLOW, match: {verbs: [READ]}}]}", "$.rules[1]")]
    [InlineData("{name: n, rules: [{action: DENY, verbs: READ, priority: 9}, {action: DENY, priority: 5}]}", "$.rules[0]")]
    [InlineData("{name: n, rules: [{action: DENY, none_of: [{}]}]}", "$.rules[0].condition.none_of")]
    [InlineData("{name: n, rules: [{action: DENY, approvals_required: 2}]}", "$.rules[0].approvals_required")]
    [InlineData("{name: n, rules: [{action: DENY, incident_severity: LOW}]}", "$.rules[0].incident_severity")]
    public void What_can_never_act_is_warned_of_but_taken(string document, string path)
    {
        var reading = PolicyReader.Read(document);
        Assert.True(reading.IsValid);
        Assert.Equal(path, Assert.Single(reading.Warnings).Path);
    }
}
