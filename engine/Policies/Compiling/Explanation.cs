namespace Interven.Engine.Policies.Compiling;

/// <summary>Asks every rule for itself, without the index, and says what it failed on.</summary>
static class Explanation
{
    public static IReadOnlyList<RuleExplanation> Of(IReadOnlyList<StoredPolicy> policies, PolicyFacts facts)
    {
        var substrings = new SubstringTable();
        var rules = policies.SelectMany(policy => policy.Document.Rules.OrderBy(rule => rule.Priority)
            .Select(rule => new CompiledRule(policy, rule, substrings, _ => false) { PolicyPlace = 0 })).ToList();
        substrings.Seal();
        var inquiry = new Inquiry(facts, substrings);
        var unclaimed = new Inquiry(facts with { Call = facts.Call.Unclaimed ?? facts.Call }, substrings);
        var explained = new List<RuleExplanation>(rules.Count);
        foreach (var rule in rules)
        {
            var explanation = One(rule, ref inquiry);
            explained.Add(explanation.Matched || facts.Call.Unclaimed is null ? explanation : One(rule, ref unclaimed));
        }
        return explained;
    }

    static RuleExplanation One(CompiledRule rule, ref Inquiry inquiry)
    {
        var (policy, call) = (rule.Policy, inquiry.Facts.Call);
        if (!policy.Enabled || !policy.AppliesTo(inquiry.Facts.Env))
            return new(policy.Name, rule.Rule.RuleId, false, policy.Enabled ? "env_name" : "enabled", true, policy.Mode);
        var truth = rule.Explain(ref inquiry, call.Operation, out var failedOn);
        if (truth == Truth.False && call.GivenOperation is { } given)
        {
            var byGiven = rule.Explain(ref inquiry, given, out var failedByGiven);
            if (byGiven != Truth.False)
                (truth, failedOn) = (byGiven, failedByGiven);
        }
        return new(policy.Name, rule.Rule.RuleId, truth != Truth.False, failedOn, truth != Truth.Unknown, policy.Mode);
    }
}
