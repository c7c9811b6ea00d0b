using Interven.Contracts;

namespace Interven.Engine.Deciding;

/// <summary>The reason codes of a decision: what settled it first, then what was seen, each once.</summary>
static class Reasons
{
    public static IReadOnlyList<string> Of(Ruling ruling, RuleVerdict rules, RiskPicture risk, IReadOnlyList<string> threshold)
    {
        if (ruling.Cause == Cause.NothingMatched && rules.Winner is null && risk.Reasons.Count == 0 && threshold.Count == 0)
            return [];
        List<string> codes = [];
        Settled(codes, ruling, rules, threshold);
        if (rules.Winner is { } winner && ruling.Cause != Cause.Rule && winner.Action > Decision.Allow)
            codes.Add(CodeOf(winner));
        codes.AddRange(risk.Reasons);
        codes.AddRange(threshold);
        return codes.Count == 0 ? [] : [.. codes.Distinct(StringComparer.Ordinal)];
    }

    static void Settled(List<string> codes, Ruling ruling, RuleVerdict rules, IReadOnlyList<string> threshold)
    {
        switch (ruling.Cause)
        {
            case Cause.Suspended:
                codes.Add(ReasonCodes.AgentSuspended);
                break;
            case Cause.Scope:
                codes.Add(ReasonCodes.EphemeralScopeViolation);
                break;
            case Cause.CannotSanitize:
                codes.Add(ReasonCodes.CannotSanitize);
                break;
            case Cause.Threshold:
                codes.AddRange(threshold);
                break;
            case Cause.DefaultAction:
                codes.Add(ReasonCodes.DefaultAction);
                break;
            case Cause.Rule:
                codes.Add(CodeOf(rules.Winner!));
                codes.AddRange(rules.Winner!.Conditions);
                break;
        }
    }

    static string CodeOf(RuleMatch rule) => rule.ReasonCode ?? ReasonCodes.PolicyMatch;
}
