using Interven.Contracts;
using Interven.Engine.Policies.Matching;

namespace Interven.Engine.Policies;

/// <summary>What a tenant's policies say to one call.</summary>
public sealed class PolicyVerdict
{
    /// <summary>No rule took the call.</summary>
    public static readonly PolicyVerdict None = new([], []);

    readonly MatchedRule[] enforced;
    readonly MatchedRule[] monitored;

    /// <param name="enforced">Ranked by <see cref="WinnerSelection"/>.</param>
    /// <param name="monitored">Ranked the same way.</param>
    internal PolicyVerdict(MatchedRule[] enforced, MatchedRule[] monitored) => (this.enforced, this.monitored) = (enforced, monitored);

    /// <summary>The winner's decision; null where no enforced rule took the call.</summary>
    public Decision? Decision => enforced.Length == 0 ? null : enforced[0].Decision;

    /// <summary>
    /// True where the tenant's default action counts too (the stricter of both holds): no rule took the call, or none did for certain and by
    /// the tool and the operation that Interven itself derived. What is unknown or claimed by the caller must not replace a stricter default.
    /// </summary>
    public bool DefaultApplies => !Array.Exists(enforced, match => match.IsCertain && !match.ByGivenOperation);

    /// <summary>The rule that the answer names.</summary>
    public MatchedRule? Winner => enforced.Length == 0 ? null : enforced[0];

    /// <summary>All enforced matches, the winner first.</summary>
    public IReadOnlyList<MatchedRule> Matches => enforced;

    /// <summary>Matches of monitor-mode policies, the strictest first. They change nothing.</summary>
    public IReadOnlyList<MatchedRule> Monitored => monitored;

    /// <summary>What the decision would have been, had the monitor-mode policies been enforced; null where none of them matched.</summary>
    public Decision? WouldHave => monitored.Length == 0 ? null
        : enforced.Length == 0 || monitored[0].Decision > enforced[0].Decision ? monitored[0].Decision : enforced[0].Decision;

    /// <summary>An enforced rule asked for an incident, whether or not it is the one that the answer names.</summary>
    public bool OpensIncident => Array.Exists(enforced, match => match.Rule.Action == RuleAction.OpenIncident);

    /// <summary>The highest severity that was asked for; HIGH where a rule names none, null where no incident is to be opened.</summary>
    public RiskBand? IncidentSeverity => OpensIncident
        ? enforced.Where(match => match.Rule.Action == RuleAction.OpenIncident).Max(match => match.Rule.Modifiers.IncidentSeverity ?? RiskBand.High)
        : null;

    /// <summary>If the call goes out at all, it goes out redacted: a SANITIZE rule matched, or one that names fields.</summary>
    public bool Sanitizes => Array.Exists(enforced, match => match.Decision == Contracts.Decision.Sanitize || match.Rule.Modifiers.SanitizeFields.Count > 0);

    /// <summary>Fields that are redacted whatever is in them, of all matches.</summary>
    public IReadOnlyList<JsonPath> SanitizeFields => [.. enforced.SelectMany(match => match.Rule.Modifiers.SanitizeFields).DistinctBy(path => path.Text)];

    /// <summary>
    /// Classes that the matching SANITIZE rules keep from going out; found where nothing can be redacted they make the call a DENY. All classes
    /// where such a rule names neither classes nor kinds.
    /// </summary>
    public DataClasses RestrictedClasses => enforced.Where(match => match.Decision == Contracts.Decision.Sanitize).Aggregate(DataClasses.None, (classes, match) =>
        classes | (match.Compiled is { RestrictedClasses: DataClasses.None, RestrictedKinds.Count: 0 } ? AllClasses : match.Compiled.RestrictedClasses));

    /// <summary>Kinds that the matching SANITIZE rules keep from going out.</summary>
    public IReadOnlyList<string> RestrictedKinds =>
        [.. enforced.Where(match => match.Decision == Contracts.Decision.Sanitize).SelectMany(match => match.Compiled.RestrictedKinds).Distinct()];

    /// <summary>Terms of the approval, from all matching rules that ask for one.</summary>
    public ApprovalTerms Approval => ApprovalTerms.Of(enforced.Where(match => match.Decision == Contracts.Decision.RequireApproval));

    const DataClasses AllClasses = DataClasses.Secrets | DataClasses.Pii | DataClasses.Pci | DataClasses.Phi | DataClasses.Internal;

    /// <summary>The places in the body of <paramref name="facts"/> that <see cref="SanitizeFields"/> mean.</summary>
    public IReadOnlyList<BodyPlace> FindSanitizeFields(PolicyFacts facts) =>
        Sanitizes ? [.. SanitizeFields.SelectMany(path => path.Select(facts)).Distinct()] : [];
}
