using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Contracts;
using Interven.Engine.Deciding;
using Interven.Engine.Risk;

namespace Interven.Engine.Incidents;

/// <summary>What in one decision an incident may grow from. Written in the record's own transaction, so that it is there if and only if the record is.</summary>
/// <param name="IsDenial">Counts towards repeated denials.</param>
/// <param name="Causes">What may open an incident by itself.</param>
/// <param name="TrustBefore">The agent's trust as the call was decided, 0 to 1; null where it was not known.</param>
/// <param name="TrustAfter">With what this call costs.</param>
public sealed record IncidentFlag(bool IsDenial, IReadOnlyList<IncidentCause> Causes, double? TrustBefore, double? TrustAfter)
{
    /// <summary>Null for most: nothing to look at. Denials by outage, suspension or recent denial never count (ruling 7).</summary>
    public static IncidentFlag? Of(Outcome outcome)
    {
        var verdict = outcome.Verdict;
        if (!outcome.HeldAgainst || outcome.Decision == Decision.Allow && verdict.Reasons.Count == 0 && verdict.Band < RiskBand.Critical)
            return null;
        var denied = outcome.Decision == Decision.Deny;
        var causes = CausesOf(verdict, denied);
        var charge = Trust.ChargeOf((AgentEvent.Decided)outcome.ToAgentEvent());
        return denied || causes.Count > 0 || charge < 0
            ? new(denied, causes, verdict.Agent?.Trust, verdict.Agent is { } agent ? Math.Max(0, agent.Trust + charge) : null)
            : null;
    }

    public string WriteCauses() => JsonSerializer.Serialize(Causes, IncidentJson.Default.IReadOnlyListIncidentCause);

    public static IReadOnlyList<IncidentCause> ReadCauses(string json) => JsonSerializer.Deserialize(json, IncidentJson.Default.IReadOnlyListIncidentCause) ?? [];

    static List<IncidentCause> CausesOf(Verdict verdict, bool denied)
    {
        List<IncidentCause> causes = [];
        if (denied && verdict.Band == RiskBand.Critical)
            causes.Add(new(IncidentTriggers.CriticalDeny, RiskBand.Critical));
        if (verdict.Reasons.Contains(ReasonCodes.ThreatIntelMatch, StringComparer.Ordinal))
            causes.Add(new(IncidentTriggers.ThreatIntel, verdict.Band == RiskBand.Critical ? RiskBand.Critical : RiskBand.High));
        if (verdict.Violations.Count > 0)
            causes.Add(new(IncidentTriggers.EphemeralScope, RiskBand.Medium));
        if (verdict.Reasons.Contains(ReasonCodes.ReadThenWrite, StringComparer.Ordinal))
            causes.Add(new(IncidentTriggers.ReadThenWrite, denied ? RiskBand.High : RiskBand.Critical));
        foreach (var rule in verdict.Incidents)
            causes.Add(new(IncidentTriggers.PolicyRule, Words.TryParseBand(rule.IncidentSeverity, out var severity) ? severity : RiskBand.High,
                rule.RuleId is { } id ? $"{rule.PolicyName} / {id}" : rule.PolicyName));
        return causes;
    }
}

/// <summary>One reason for an incident.</summary>
/// <param name="Trigger">One of <see cref="IncidentTriggers"/>.</param>
/// <param name="Severity">How grave.</param>
/// <param name="Subject">What it is about beside the agent (the rule); null for nothing more.</param>
public sealed record IncidentCause(string Trigger, RiskBand Severity, string? Subject = null)
{
    /// <summary>What joins: the same trigger, about the same, of the same agent.</summary>
    public string SlotOf(string agent) => string.Join('\n', Trigger, Subject ?? "", agent);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<IncidentCause>))]
sealed partial class IncidentJson : JsonSerializerContext;
