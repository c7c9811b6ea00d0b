namespace Interven.Engine.Policies;

/// <summary>Under which terms a person may approve. Where several rules ask for approval, the strictest of each term.</summary>
/// <param name="Required">Different people who must approve.</param>
/// <param name="ApproverGroup">Whose members; null for anyone who may approve. The group of the rule that ranks first among those that name one.</param>
/// <param name="TtlSeconds">How long the approval waits; null for the tenant's setting.</param>
/// <param name="GrantUses">Executions that it grants.</param>
public sealed record ApprovalTerms(int Required, string? ApproverGroup, int? TtlSeconds, int GrantUses)
{
    public static readonly ApprovalTerms Default = new(1, null, null, 1);

    internal static ApprovalTerms Of(IEnumerable<MatchedRule> ranked)
    {
        var all = ranked.Select(match => match.Rule.Modifiers).ToList();
        return all.Count == 0 ? Default : new(
            all.Max(terms => terms.ApprovalsRequired ?? 1),
            all.Select(terms => terms.ApproverGroup).FirstOrDefault(group => group is not null),
            all.Min(terms => terms.ApprovalTtlSeconds),
            all.Min(terms => terms.GrantUses ?? 1));
    }
}
