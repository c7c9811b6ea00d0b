using System.Text;
using CsCheck;
using Interven.Contracts;
using Interven.Engine.Policies;

namespace Interven.Engine.Tests.Policies;

public class SetPropertyTests
{
    const int Rounds = 3000;

    [Fact]
    public void The_compiled_set_agrees_with_the_plainest_reading_of_the_rules() =>
        Gen.Select(Generated.Policies, Generated.Calls, Gen.Bool).Sample((policies, call, knows) =>
        {
            var facts = call.Facts(knows ? call.Agent : null, call.Call);
            var verdict = PolicySet.Compile(policies).Evaluate(facts);
            var answer = new NaiveEvaluator.Answer(verdict.Decision, verdict.DefaultApplies, verdict.WouldHave,
                verdict.Winner is { } winner ? NaiveEvaluator.Name(winner.Policy, winner.Rule.RuleId) : null,
                string.Join(' ', verdict.Matches.Select(match => NaiveEvaluator.Name(match.Policy, match.Rule.RuleId))));
            var plain = NaiveEvaluator.Evaluate(policies, facts);
            Assert.True(plain == answer, $"plain: {plain}\ncompiled: {answer}\n{Shown(policies, facts)}");
        }, iter: Rounds);

    [Fact]
    public void The_order_of_policies_never_matters() =>
        Gen.Select(Generated.Policies, Generated.Calls).Sample((policies, call) =>
        {
            var facts = call.Facts(null, call.Call);
            var one = PolicySet.Compile(policies).Evaluate(facts);
            var other = PolicySet.Compile(policies.Reverse()).Evaluate(facts);
            Assert.Equal(one.Matches.Select(Named), other.Matches.Select(Named));
            Assert.Equal(one.WouldHave, other.WouldHave);
        }, iter: Rounds);

    [Fact]
    public void Another_deny_rule_never_loosens() =>
        Gen.Select(Generated.Policies, Generated.Rule, Generated.Calls, Gen.Int[0, 3]).Sample((policies, rule, call, into) =>
        {
            var facts = call.Facts(null, call.Call);
            var deny = rule.Replace("\"action\":\"ALLOW\"", "\"action\":\"DENY\"", StringComparison.Ordinal)
                .Replace("\"action\":\"SANITIZE\"", "\"action\":\"DENY\"", StringComparison.Ordinal)
                .Replace("\"action\":\"REQUIRE_APPROVAL\"", "\"action\":\"DENY\"", StringComparison.Ordinal);
            var added = Generated.Stored("p9", "\"enabled\":true", deny);
            StricterOrSame(policies, [.. policies, added], facts, facts);
            if (into >= policies.Length)
                return;
            var rules = (IReadOnlyList<PolicyRule>)[.. policies[into].Document.Rules, added.Document.Rules[0] with { RuleId = "new" }];
            var grown = policies.ToArray();
            grown[into] = policies[into] with { Document = policies[into].Document with { Rules = rules } };
            StricterOrSame(policies, grown, facts, facts);
        }, iter: Rounds);

    [Fact]
    public void Monitor_mode_never_changes_the_decision() =>
        Gen.Select(Generated.Policies, Generated.Calls).Sample((policies, call) =>
        {
            var facts = call.Facts(null, call.Call);
            var without = PolicySet.Compile(policies.Where(policy => policy.Mode == PolicyMode.Enforce)).Evaluate(facts);
            var with = PolicySet.Compile(policies).Evaluate(facts);
            Assert.Equal((without.Decision, without.DefaultApplies, without.Sanitizes, without.OpensIncident, without.RestrictedClasses),
                (with.Decision, with.DefaultApplies, with.Sanitizes, with.OpensIncident, with.RestrictedClasses));
        }, iter: Rounds);

    [Fact]
    public void What_is_unknown_is_never_milder_than_any_knowledge() =>
        Gen.Select(Generated.Policies, Generated.Calls).Sample((policies, call) =>
            StricterOrSame(policies, policies, call.Facts(call.Agent, call.Call), call.Facts(null, call.Call)), iter: Rounds);

    [Fact]
    public void What_the_caller_gives_never_loosens() =>
        Gen.Select(Generated.Policies, Generated.Calls, Gen.OneOf("pay", "post", "get", "zzz")).Sample((policies, call, given) =>
            StricterOrSame(policies, policies, call.Facts(null, CallOf(call.Call, null)), call.Facts(null, CallOf(call.Call, given))), iter: Rounds);

    [Fact]
    public void An_explanation_says_of_every_rule_what_the_set_does() =>
        Gen.Select(Generated.Policies, Generated.Calls).Sample((policies, call) =>
        {
            var facts = call.Facts(call.Agent, call.Call);
            var set = PolicySet.Compile(policies);
            var explained = set.Explain(facts);
            Assert.Equal(policies.Sum(policy => policy.Document.Rules.Count), explained.Count);
            var verdict = set.Evaluate(facts);
            foreach (var match in verdict.Matches.Concat(verdict.Monitored))
                Assert.True(explained.Single(one => one.PolicyName == match.Policy.Name && one.RuleId == match.Rule.RuleId).Matched);
            if (verdict.Matches.Count + verdict.Monitored.Count == 0)
                Assert.DoesNotContain(explained, one => one.Matched);
        }, iter: Rounds);

    static string Shown(StoredPolicy[] policies, PolicyFacts facts) =>
        string.Join('\n', policies.Select(policy => Encoding.UTF8.GetString(policy.Document.ToCanonicalJson()))) + $"\nbody {Encoding.UTF8.GetString(facts.Tree.Raw.Span)}";

    static CallCase CallOf(CallCase call, string? given) => new()
    {
        Tool = call.Tool, Operation = call.Operation, Given = given, Category = call.Category, Method = call.Method, Verb = call.Verb,
    };

    static string Named(MatchedRule match) => $"{match.Policy.Name}/{match.Rule.RuleId}/{match.IsCertain}";

    static void StricterOrSame(StoredPolicy[] before, StoredPolicy[] after, PolicyFacts factsBefore, PolicyFacts factsAfter)
    {
        var (one, other) = (PolicySet.Compile(before).Evaluate(factsBefore), PolicySet.Compile(after).Evaluate(factsAfter));
        foreach (var fallback in Enum.GetValues<Decision>())
            Assert.True(Effective(other, fallback) >= Effective(one, fallback), $"{Effective(one, fallback)} became {Effective(other, fallback)}");
    }

    /// <summary>What a call gets in the end, where no rule matches for certain the default counts too.</summary>
    static Decision Effective(PolicyVerdict verdict, Decision fallback) =>
        verdict.Decision is not { } decision ? fallback
        : verdict.DefaultApplies && fallback > decision ? fallback : decision;
}
