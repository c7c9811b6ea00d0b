namespace Interven.Engine.Policies;

/// <summary>Why a rule did or did not take a call.</summary>
/// <param name="PolicyName">The policy.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="Matched">It took the call.</param>
/// <param name="FailedOn">The first key that did not hold, e.g. <c>match.tool_name</c>, <c>condition.body_path_gte</c>, <c>enabled</c> or <c>env_name</c>; null where it matched.</param>
/// <param name="IsCertain">False where something unknown counted against the call.</param>
/// <param name="Mode">Monitor: it would have no effect.</param>
public sealed record RuleExplanation(string PolicyName, string RuleId, bool Matched, string? FailedOn, bool IsCertain, PolicyMode Mode);
