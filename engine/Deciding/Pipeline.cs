using Interven.Contracts;
using Interven.Engine.Approvals;
using Interven.Engine.Policies;
using Interven.Engine.Risk;

namespace Interven.Engine.Deciding;

/// <summary>The decision: signals and risk, rules, thresholds, sanitising, in that order. Everything always runs, because the record needs it all.</summary>
public static class Pipeline
{
    /// <summary>Decides a scan that has been classified. Never throws: what goes wrong inside is a refusal.</summary>
    /// <param name="scan">Prepared and classified.</param>
    /// <param name="agent">The agent's history; null where it could not be learned in time.</param>
    /// <param name="now">Time of the decision.</param>
    public static Verdict Decide(PreparedScan scan, AgentFacts? agent, DateTimeOffset now) =>
        FailClosed.Decide(scan.Call, (scan, agent, now), static it => Judge(it.scan, it.agent, it.now));

    static Verdict Judge(PreparedScan scan, AgentFacts? agent, DateTimeOffset now)
    {
        var settings = scan.Tenant.Settings;
        var risk = RiskPicture.Of(scan, agent);
        var rules = scan.Tenant.Stages.Judge(FactsOf(scan, agent, risk.Score, now));
        var threshold = RiskBands.Threshold(risk.Score, agent?.Trust, settings.Risk);
        var violations = scan.Caller.Scope?.Violations(scan.Call) ?? [];
        var given = new Considerations(
            scan.IsSuspended || agent is { Suspended: true },
            violations.Count > 0,
            rules.Winner?.Action,
            rules.DefaultApplies ? settings.DefaultActions.For(scan.Call.Verb) : Decision.Allow,
            threshold.Least,
            Sanitation.Sanitises(rules) || threshold.Sanitises,
            true);
        var ruling = Precedence.Weigh(given);
        var sanitised = ruling.Sanitise ? Sanitation.Of(scan, rules) : null;
        if (ruling.Sanitise && sanitised is null)
            ruling = Precedence.Weigh(given with { CanSanitise = false });
        return new()
        {
            Decision = ruling.Decision,
            Cause = ruling.Cause,
            Call = scan.Call,
            RiskScore = risk.Score,
            Band = RiskBands.Of(risk.Score, settings.Risk),
            Reasons = Reasons.Of(ruling, rules, risk, threshold.Reasons),
            Signals = rules.Others.Count == 0 ? risk.Signals : [.. risk.Signals, .. rules.Others.Select(RuleSignal)],
            Classes = scan.Findings.Classes,
            Findings = risk.Found,
            Rule = rules.Winner,
            WouldHave = rules.WouldHave,
            Incidents = rules.Winner is null ? [] : [.. AllOf(rules).Where(rule => rule.OpensIncident)],
            Violations = violations,
            SanitisedBody = sanitised,
            Approval = ruling.Decision == Decision.RequireApproval ? Terms(scan, rules, settings) : null,
            Agent = agent,
            ConditionFacts = rules.Facts,
        };
    }

    static IEnumerable<RuleMatch> AllOf(RuleVerdict rules) => rules.Winner is { } winner ? rules.Others.Prepend(winner) : rules.Others;

    /// <summary>What rules may ask about a classified scan.</summary>
    public static PolicyFacts FactsOf(PreparedScan scan, AgentFacts? agent, double score, DateTimeOffset now) => new()
    {
        Call = scan.Call,
        Tree = scan.Scan.Tree,
        Body = scan.Scan.Body,
        Embedded = scan.Embedded,
        Text = scan.Text,
        Findings = scan.Findings,
        BodyBytes = scan.Scan.RawBody.Length,
        AgentId = scan.AgentId,
        RuntimeType = scan.RuntimeType,
        Env = scan.Env,
        Agent = agent,
        RiskScore = score,
        Now = now,
    };

    static Signal RuleSignal(RuleMatch rule) => new(Signal.Policy, 0,
    [
        new("policy_name", rule.PolicyName), new("rule_id", rule.RuleId ?? ""), new("action", rule.Action.Word()), new("policy_version", Figure: rule.PolicyVersion),
    ]);

    /// <summary>Where several rules ask for people, the strictest of each term counts: the most people, the fewest uses, the shortest wait, the first group that is named.</summary>
    static ApprovalTerms Terms(PreparedScan scan, RuleVerdict rules, TenantSettings settings)
    {
        var asking = AllOf(rules).Where(rule => rule.Action == Decision.RequireApproval).ToList();
        var signature = CallSignature.Of(
            new(scan.Tenant.Tenant, scan.Env, scan.AgentId), scan.Call, scan.Scan.Tree, scan.Scan.Body, scan.Scan.Headers, scan.Tenant.Key);
        return new(
            signature,
            asking.Select(rule => Math.Clamp(rule.ApprovalsRequired, 1, 5)).DefaultIfEmpty(1).Max(),
            asking.Select(rule => rule.ApproverGroup).FirstOrDefault(group => group is not null),
            asking.Min(rule => rule.ApprovalTtlSeconds) ?? settings.ApprovalTtlSeconds,
            asking.Select(rule => Math.Max(1, rule.GrantUses)).DefaultIfEmpty(1).Min(),
            settings.GrantWindowSeconds,
            settings.DenyWindowSeconds,
            asking.Select(rule => rule.EscalateTo).FirstOrDefault(whom => whom is not null));
    }
}
