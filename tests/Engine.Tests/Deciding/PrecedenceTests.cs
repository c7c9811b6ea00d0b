using Interven.Contracts;
using Interven.Engine.Deciding;

namespace Interven.Engine.Tests.Deciding;

public class PrecedenceTests
{
    static readonly bool[] Both = [false, true];
    static readonly Decision[] Decisions = Enum.GetValues<Decision>();
    static readonly Decision?[] Rules = [null, .. Decisions.Select(decision => (Decision?)decision)];

    public static TheoryData<string> Table() => [.. CaseTable.Rows("risk/precedence.yaml", "cases").Select(row => row.Text("name"))];

    [Theory]
    [MemberData(nameof(Table))]
    public void The_order_is_the_spec_s(string name)
    {
        var row = CaseTable.Rows("risk/precedence.yaml", "cases").Single(one => one.Text("name") == name);
        var given = new Considerations(
            row.Flag("suspended"), row.Flag("out_of_scope"), row.Has("rule") ? Parse(row.Text("rule")) : null, Parse(row.Text("default", "ALLOW")),
            Parse(row.Text("threshold", "ALLOW")), row.Flag("sanitises") || row.Text("rule") == "SANITIZE", row.Text("can_sanitise", "true") == "true");
        var ruling = Precedence.Weigh(given);
        Assert.Equal(row.Text("decision"), ruling.Decision.Word());
        Assert.Equal(row.Text("cause"), ruling.Cause.ToString());
        Assert.Equal(row.Flag("answer_is_sanitised"), ruling.Sanitise);
    }

    [Fact]
    public void Nothing_stricter_ever_gives_something_milder()
    {
        foreach (var given in All())
        {
            var decision = Precedence.Weigh(given).Decision;
            Considerations[] stricter =
            [
                given with { Suspended = true }, given with { OutOfScope = true }, given with { CanSanitise = false },
                given with { Threshold = Next(given.Threshold), Sanitises = given.Sanitises || given.Threshold == Decision.Sanitize },
                given with { Default = Next(given.Default), Sanitises = given.Sanitises || given.Default == Decision.Sanitize },
                given with { Rule = given.Rule is { } rule ? Next(rule) : Decision.Allow, Sanitises = given.Sanitises || given.Rule == Decision.Sanitize },
            ];
            foreach (var more in stricter)
                Assert.True(Precedence.Weigh(more).Decision >= decision, $"{given} gave {decision}, but {more} gave {Precedence.Weigh(more).Decision}");
        }
    }

    [Fact]
    public void Suspension_and_scope_always_deny() =>
        Assert.All(All().Where(given => given.Suspended || given.OutOfScope), given => Assert.Equal(Decision.Deny, Precedence.Weigh(given).Decision));

    [Fact]
    public void A_rule_s_deny_is_final() =>
        Assert.All(All().Where(given => given.Rule == Decision.Deny), given => Assert.Equal(Decision.Deny, Precedence.Weigh(given).Decision));

    static Decision Next(Decision decision) => decision == Decision.Deny ? decision : decision + 1;

    static Decision Parse(string word) => Words.TryParseDecision(word, out var decision) ? decision : throw new ArgumentException(word);

    static IEnumerable<Considerations> All() =>
        from suspended in Both
        from scope in Both
        from rule in Rules
        from fallback in Decisions
        from threshold in Decisions
        from sanitises in Both
        from can in Both
        select new Considerations(suspended, scope, rule, fallback, threshold, sanitises || rule == Decision.Sanitize, can);
}
