using Interven.Contracts;
using Interven.Engine.Policies.Conditions;
using Interven.Engine.Policies.Matching;

namespace Interven.Engine.Policies.Compiling;

/// <summary>A rule ready to be asked, and its place in the order of its set.</summary>
sealed class CompiledRule
{
    readonly MatchClause[] clauses;
    readonly Condition[] conditions;

    /// <param name="policy">Where it stands.</param>
    /// <param name="rule">The rule itself.</param>
    /// <param name="substrings">The set's table.</param>
    /// <param name="isIndexed">Clauses that hold already whenever the index gives the rule out.</param>
    public CompiledRule(StoredPolicy policy, PolicyRule rule, SubstringTable substrings, Func<MatchClause, bool> isIndexed)
    {
        (Policy, Rule) = (policy, rule);
        clauses = [.. rule.Match.Where(clause => !isIndexed(clause))];
        conditions = ConditionList.InOrder([.. rule.Condition.Select(condition => condition.Bind(substrings))]);
        ReasonCodes = [rule.Modifiers.ReasonCode ?? Contracts.ReasonCodes.PolicyMatch, .. conditions.Select(one => one.ReasonCode).OfType<string>().Distinct()];
        RestrictedClasses = conditions.Aggregate(DataClasses.None, (classes, one) => classes | one.RestrictedClasses);
        RestrictedKinds = [.. conditions.SelectMany(one => one.RestrictedKinds).Distinct()];
    }

    public StoredPolicy Policy { get; }

    public PolicyRule Rule { get; }

    /// <summary>Number of the policy in its set, so that one rule of each decides.</summary>
    public required int PolicyPlace { get; init; }

    public IReadOnlyList<string> ReasonCodes { get; }

    public DataClasses RestrictedClasses { get; }

    public IReadOnlyList<string> RestrictedKinds { get; }

    /// <summary>Whether the rule takes the call. Unknown never comes of an ALLOW rule: what is not certain allows nothing.</summary>
    public Truth Judge(ref Inquiry inquiry, string operation)
    {
        var truth = ClausesHold(clauses, inquiry.Facts, operation, out _);
        if (truth != Truth.False)
            truth = truth.And(ConditionList.JudgeAll(conditions, ref inquiry, out _));
        return Settled(truth);
    }

    /// <summary>The same judgement, and the key that it failed on.</summary>
    public Truth Explain(ref Inquiry inquiry, string operation, out string? failedOn)
    {
        var truth = ClausesHold(clauses, inquiry.Facts, operation, out var clause);
        if (clause is not null)
        {
            failedOn = $"match.{clause.Key.Name}";
            return Truth.False;
        }
        truth = Settled(truth.And(ConditionList.JudgeAll(conditions, ref inquiry, out var failed)));
        failedOn = failed >= 0 ? $"condition.{conditions[failed].Key}" : truth == Truth.False ? FirstUnknown(ref inquiry) : null;
        return truth;
    }

    Truth Settled(Truth truth) => truth == Truth.Unknown && Rule.Action == RuleAction.Allow ? Truth.False : truth;

    /// <summary>The key that leaves an ALLOW rule uncertain.</summary>
    string FirstUnknown(ref Inquiry inquiry)
    {
        foreach (var condition in conditions)
            if (ConditionList.JudgeAll([condition], ref inquiry, out _) == Truth.Unknown)
                return $"condition.{condition.Key}";
        return "match";
    }

    static Truth ClausesHold(MatchClause[] clauses, PolicyFacts facts, string operation, out MatchClause? failed)
    {
        failed = null;
        var truth = Truth.True;
        foreach (var clause in clauses)
        {
            var holds = Holds(clause, facts, operation);
            truth = truth.And(holds);
            if (holds != Truth.False)
                continue;
            failed = clause;
            break;
        }
        return truth;
    }

    static Truth Holds(MatchClause clause, PolicyFacts facts, string operation)
    {
        try
        {
            return Truths.Of(clause.Holds(facts, operation));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Truth.Unknown;
        }
    }
}
