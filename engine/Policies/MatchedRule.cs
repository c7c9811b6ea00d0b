using Interven.Contracts;
using Interven.Engine.Policies.Compiling;

namespace Interven.Engine.Policies;

/// <summary>A rule that took the call.</summary>
public readonly struct MatchedRule
{
    readonly CompiledRule rule;

    internal MatchedRule(CompiledRule rule, bool isCertain, bool byGivenOperation) =>
        (this.rule, IsCertain, ByGivenOperation) = (rule, isCertain, byGivenOperation);

    public StoredPolicy Policy => rule.Policy;

    public PolicyRule Rule => rule.Rule;

    public Decision Decision => rule.Rule.Action.Decision();

    /// <summary>The rule's own code (or <c>POLICY_MATCH</c>), then those of its conditions.</summary>
    public IReadOnlyList<string> ReasonCodes => rule.ReasonCodes;

    /// <summary>False where something that the rule asks for was unknown and counted against the call.</summary>
    public bool IsCertain { get; }

    /// <summary>True where only the operation or the tool that the caller gave made it match.</summary>
    public bool ByGivenOperation { get; }

    internal CompiledRule Compiled => rule;
}
