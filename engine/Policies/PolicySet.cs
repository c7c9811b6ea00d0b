using Interven.Engine.Policies.Compiling;

namespace Interven.Engine.Policies;

/// <summary>All policies of a tenant, compiled once and asked for every call. Immutable; any number of threads may ask.</summary>
public sealed class PolicySet
{
    /// <summary>No policies.</summary>
    public static readonly PolicySet Empty = Compile([]);

    readonly CompiledRule[] rules;
    readonly RuleIndex index;
    readonly SubstringTable substrings;
    readonly IReadOnlyList<StoredPolicy> all;

    PolicySet(IReadOnlyList<StoredPolicy> all, CompiledRule[] rules, RuleIndex index, SubstringTable substrings) =>
        (this.all, this.rules, this.index, this.substrings) = (all, rules, index, substrings);

    /// <summary>Rules of enabled policies.</summary>
    public int RuleCount => rules.Length;

    /// <summary>Compiles; the order of <paramref name="policies"/> makes no difference.</summary>
    public static PolicySet Compile(IEnumerable<StoredPolicy> policies)
    {
        IReadOnlyList<StoredPolicy> all = [.. policies.OrderBy(policy => policy.Name, StringComparer.Ordinal).ThenBy(policy => policy.PolicyId)];
        var substrings = new SubstringTable();
        var rules = Rules([.. all.Where(policy => policy.Enabled)], substrings);
        substrings.Seal();
        return new(all, rules, RuleIndex.Over([.. rules.Select(rule => rule.Rule)]), substrings);
    }

    /// <summary>What the policies say to the call. Never throws for any facts.</summary>
    public PolicyVerdict Evaluate(PolicyFacts facts)
    {
        var found = new MatchCollector();
        if (facts.Call.Unclaimed is { } unclaimed)
            Ask(facts with { Call = unclaimed }, isClaimed: false, ref found);
        Ask(facts, isClaimed: facts.Call.Unclaimed is not null, ref found);
        return found.ToVerdict();
    }

    /// <summary>Every rule of every policy with the key that it failed on, for simulation. Not for the hot path.</summary>
    public IReadOnlyList<RuleExplanation> Explain(PolicyFacts facts) => Explanation.Of(all, facts);

    void Ask(PolicyFacts facts, bool isClaimed, ref MatchCollector found)
    {
        var inquiry = new Inquiry(facts, substrings);
        Ask(ref inquiry, facts.Call.Operation, isClaimed, ref found);
        if (facts.Call.GivenOperation is { } given && !given.Equals(facts.Call.Operation, StringComparison.OrdinalIgnoreCase))
            Ask(ref inquiry, given, isGiven: true, ref found);
    }

    /// <summary>Per policy the first rule that takes the call; behind one that is not certain the next is asked too, and the strictest counts.</summary>
    void Ask(ref Inquiry inquiry, string operation, bool isGiven, ref MatchCollector found)
    {
        var candidates = index.For(inquiry.Facts.Call.Tool, operation);
        var settled = -1;
        for (var place = candidates.Next(); place >= 0; place = candidates.Next())
        {
            var rule = rules[place];
            if (rule.PolicyPlace == settled || !rule.Policy.AppliesTo(inquiry.Facts.Env))
                continue;
            var truth = rule.Judge(ref inquiry, operation);
            if (truth == Truth.False)
                continue;
            found.Add(new(rule, truth == Truth.True, isGiven));
            if (truth == Truth.True)
                settled = rule.PolicyPlace;
        }
    }

    static CompiledRule[] Rules(IReadOnlyList<StoredPolicy> enabled, SubstringTable substrings) =>
    [
        .. enabled.SelectMany((policy, place) => policy.Document.Rules.OrderBy(rule => rule.Priority).Select(rule =>
            new CompiledRule(policy, rule, substrings, clause => RuleIndex.IsIndexed(rule, clause)) { PolicyPlace = place })),
    ];
}
