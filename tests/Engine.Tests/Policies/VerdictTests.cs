using Interven.Contracts;
using Interven.Engine.Policies;

namespace Interven.Engine.Tests.Policies;

public class VerdictTests
{
    [Fact]
    public void An_amount_that_is_no_number_does_not_shield_the_rules_behind_it()
    {
        var verdict = Evaluate("""
            name: p
            rules:
              - {action: SANITIZE, body_path_gt: {path: $.amount, value: 5}}
              - {action: DENY, body_contains_any: hidden}
            """, """{"amount":"many","memo":"hidden"}""");
        Assert.Equal(Decision.Deny, verdict.Decision);
        Assert.Equal([true, false], verdict.Matches.Select(match => match.IsCertain));
    }

    [Fact]
    public void What_only_the_caller_says_leaves_the_default_in_force()
    {
        var verdict = Evaluate("{name: p, rules: [{action: ALLOW, operations: [get_weather]}]}", "{}", new CallCase { Given = "get_weather" });
        Assert.Equal(Decision.Allow, verdict.Decision);
        Assert.True(verdict.DefaultApplies);
        Assert.True(verdict.Winner!.Value.ByGivenOperation);
    }

    [Fact]
    public void Of_several_rules_that_ask_for_approval_the_strictest_terms_hold()
    {
        var verdict = Evaluate("{name: a, rules: [{action: REQUIRE_APPROVAL, priority: 1, grant_uses: 5, approval_ttl_seconds: 600}]}", "{}", null,
            "{name: b, rules: [{action: REQUIRE_APPROVAL, approvals_required: 2, approver_group: treasury, grant_uses: 2, approval_ttl_seconds: 300}]}");
        Assert.Equal("a", verdict.Winner!.Value.Policy.Name);
        Assert.Equal(new ApprovalTerms(2, "treasury", 300, 2), verdict.Approval);
    }

    [Fact]
    public void An_incident_is_opened_even_where_another_rule_is_named()
    {
        var verdict = Evaluate("{name: a, rules: [{action: DENY, priority: 1}]}", "{}", null, "{name: b, rules: [{action: OPEN_INCIDENT, incident_severity: CRITICAL}]}");
        Assert.Equal("a", verdict.Winner!.Value.Policy.Name);
        Assert.Equal((true, RiskBand.Critical), (verdict.OpensIncident, verdict.IncidentSeverity));
    }

    [Fact]
    public void A_call_that_needs_a_person_and_redaction_gets_both()
    {
        var verdict = Evaluate("{name: a, rules: [{action: REQUIRE_APPROVAL}]}", """{"a":{"ssn":"x"},"p":"{\"ssn\":\"y\"}"}""", null,
            "{name: b, rules: [{action: SANITIZE, has_kind: email, any_of: [{has_data_class: PII}], sanitize_fields: [$..ssn]}]}", ["email/PII/HIGH"]);
        Assert.Equal((Decision.RequireApproval, true), (verdict.Decision!.Value, verdict.Sanitizes));
        Assert.Equal((DataClasses.Pii, "email"), (verdict.RestrictedClasses, Assert.Single(verdict.RestrictedKinds)));
        Assert.Equal([-1, 0], verdict.FindSanitizeFields(RuleCase.Build("""{"a":{"ssn":"x"},"p":"{\"ssn\":\"y\"}"}""", new())).Select(place => place.Embedded));
    }

    [Fact]
    public void A_sanitising_rule_that_names_no_class_restricts_them_all() =>
        Assert.Equal("SECRETS PII PCI PHI INTERNAL", string.Join(' ', Evaluate("{name: a, rules: [{action: SANITIZE}]}", "{}").RestrictedClasses.EachWord()));

    [Fact]
    public void Reason_codes_are_the_rules_own_and_those_of_its_conditions()
    {
        Assert.Equal(["HIGH_VALUE", ReasonCodes.BodyPatternMatch],
            Evaluate("{name: a, rules: [{action: DENY, reason_code: HIGH_VALUE, body_contains_any: amount}]}", """{"amount":1}""").Winner!.Value.ReasonCodes);
        Assert.Equal([ReasonCodes.PolicyMatch], Evaluate("{name: a, rules: [{action: DENY}]}", "{}").Winner!.Value.ReasonCodes);
    }

    [Fact]
    public void A_fault_inside_a_condition_counts_against_the_call_and_allows_nothing()
    {
        foreach (var (action, wanted) in new[] { ("DENY", (Decision?)Decision.Deny), ("ALLOW", null) })
        {
            var set = PolicySet.Compile([Stored($"{{name: a, rules: [{{action: {action}, body_path_equals: {{path: $.a, value: x}}}}]}}")]);
            var facts = RuleCase.Build("""{"a":"y"}""", new());
            facts.Tree.Dispose();
            Assert.Equal(wanted, set.Evaluate(facts).Decision);
        }
    }

    [Fact]
    public void A_thousand_texts_are_found_in_one_pass_as_if_each_were_looked_for()
    {
        var words = Enumerable.Range(0, 1000).Select(i => $"w{i:x}").ToList();
        var set = PolicySet.Compile(words.Select(word => Stored($"{{name: {word}, rules: [{{action: DENY, body_contains_any: '{word}'}}]}}")));
        const string Body = "[\"xW1fw2a0w3\",\"w3e7\"]";
        Assert.Equal(words.Where(word => Body.Contains(word, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal),
            set.Evaluate(RuleCase.Build(Body, new())).Matches.Select(match => match.Policy.Name));
    }

    static PolicyVerdict Evaluate(string policy, string body, CallCase? call = null, string? other = null, string[]? findings = null) =>
        PolicySet.Compile(other is null ? [Stored(policy)] : [Stored(policy), Stored(other)]).Evaluate(RuleCase.Build(body, call ?? new(), findings));

    static StoredPolicy Stored(string policy)
    {
        var reading = PolicyReader.Read(policy);
        Assert.Empty(reading.Problems);
        return StoredPolicy.Of(Guid.Empty, 1, reading.Document!);
    }
}
