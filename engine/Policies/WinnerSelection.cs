namespace Interven.Engine.Policies;

/// <summary>Which of several matching rules is the answer's: the strictest, then the lower priority number, then the policy's name.</summary>
public sealed class WinnerSelection : IComparer<MatchedRule>
{
    public static readonly WinnerSelection Order = new();

    /// <summary>Negative where <paramref name="x"/> wins. The last steps only make the answer the same whatever order policies came in.</summary>
    public int Compare(MatchedRule x, MatchedRule y)
    {
        var order = y.Decision.CompareTo(x.Decision);
        if (order == 0)
            order = x.Rule.Priority.CompareTo(y.Rule.Priority);
        if (order == 0)
            order = string.CompareOrdinal(x.Policy.Name, y.Policy.Name);
        if (order == 0)
            order = x.Policy.PolicyId.CompareTo(y.Policy.PolicyId);
        if (order == 0)
            order = string.CompareOrdinal(x.Rule.RuleId, y.Rule.RuleId);
        return order == 0 ? y.IsCertain.CompareTo(x.IsCertain) : order;
    }
}
