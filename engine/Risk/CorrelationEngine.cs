using Interven.Contracts;
using Interven.Engine.Normalising;

namespace Interven.Engine.Risk;

/// <summary>What this call means after the ones before it.</summary>
static class CorrelationEngine
{
    /// <param name="call">The call.</param>
    /// <param name="agent">Its agent's history; null is unknown.</param>
    /// <param name="fingerprints">Of the values found in the call, with the severity of what they are.</param>
    /// <param name="credentials">Different credentials in this call.</param>
    public static Assessment Judge(ToolCall call, AgentFacts? agent, IReadOnlyList<(ulong Fingerprint, double Severity)> fingerprints, int credentials)
    {
        if (agent is null)
            return Assessment.Quiet(Signal.Correlation, active: false);
        var (table, figures) = (RiskTable.Current, RiskTable.Current.Correlation);
        var (score, floor) = (0d, 0d);
        List<Detail>? details = null;
        List<string>? reasons = null;
        void Count(string name, double weight, double? figure = null)
        {
            score = Odds.Either(score, weight);
            (details ??= []).Add(new(name, Figure: figure));
        }
        if (call.IsExternal && call.Verb != Verb.Read && Carried(agent, fingerprints) is var (carried, severity) and not (0, _))
        {
            Count("read_then_write", Math.Max(figures.ReadThenWrite, severity), carried);
            (reasons ??= []).Add(ReasonCodes.ReadThenWrite);
            floor = severity >= table.Floors.LiveSecretSeverity ? table.Floors.ReadThenWrite : 0;
        }
        if (agent.SecondsSinceIamCreate <= figures.IamWindowSeconds && table.AttachesRights(call.Tool, call.Operation))
            Count("iam_create_then_attach", figures.IamCreateThenAttach, agent.SecondsSinceIamCreate);
        if (agent.MutationsLastMinute >= figures.MutationsPerMinute)
            Count("mutations_last_minute", figures.Mutations, agent.MutationsLastMinute);
        if (Math.Max(agent.CredentialsInSession, credentials) is var seen && seen >= figures.CredentialsInSession)
            Count("credentials_in_session", figures.SeveralCredentials, seen);
        return details is null ? Assessment.Quiet(Signal.Correlation) : new(new(Signal.Correlation, score, details), true, floor, reasons ?? []);
    }

    /// <summary>How many values of the call were read a moment ago, and the severity of the worst.</summary>
    static (int Count, double Severity) Carried(AgentFacts agent, IReadOnlyList<(ulong Fingerprint, double Severity)> fingerprints)
    {
        var (count, worst) = (0, 0d);
        if (agent.RecentSensitiveReads.Count > 0)
            foreach (var (fingerprint, severity) in fingerprints)
                if (agent.RecentSensitiveReads.Contains(fingerprint))
                    (count, worst) = (count + 1, Math.Max(worst, severity));
        return (count, worst);
    }
}
