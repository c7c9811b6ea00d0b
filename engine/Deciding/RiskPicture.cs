using Interven.Contracts;
using Interven.Engine.Evidence;
using Interven.Engine.Risk;

namespace Interven.Engine.Deciding;

/// <summary>All engines asked, and the one figure.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Signals">One per engine, and <c>decode_limit</c> where it was reached.</param>
/// <param name="Reasons">Codes that the engines give, gravest first.</param>
/// <param name="Found">The findings as values that may be kept.</param>
sealed record RiskPicture(double Score, IReadOnlyList<Signal> Signals, IReadOnlyList<string> Reasons, IReadOnlyList<FoundValue> Found)
{
    public static RiskPicture Of(PreparedScan scan, AgentFacts? agent)
    {
        var (tenant, call, text) = (scan.Tenant, scan.Call, scan.Text);
        var found = FoundValues.Of(scan.Scan.Tree, scan.Scan.Body, text, scan.Findings, tenant.Key);
        var prints = scan.Findings.Count == 0 ? [] : FoundValues.Severities(text, scan.Findings, tenant.Key);
        var credentials = found.Count == 0 ? 0
            : found.Where(value => value.Classes.HasFlag(DataClasses.Secrets) && value.Confidence >= Confidence.Medium).DistinctBy(value => value.Fingerprint).Count();
        ReadOnlySpan<Assessment> all =
        [
            ThreatEngine.Judge(call, text, tenant.Threats),
            ClassifierEngine.Judge(scan.Findings, call.IsExternal),
            CorrelationEngine.Judge(call, agent, prints, credentials),
            IntentEngine.Judge(call, text),
            BaselineEngine.Judge(agent),
            DecodeEngine.Judge(text),
        ];
        return new(
            RiskScore.Of(all, agent?.Trust, tenant.Settings.Risk),
            SignalsOf(all),
            ReasonsOf(all) ?? (IReadOnlyList<string>)[],
            found);
    }

    static Signal[] SignalsOf(ReadOnlySpan<Assessment> all)
    {
        // The last one is the decoder's, which is silent unless its limit was reached.
        var signals = new Signal[all[^1].Signal.Score > 0 ? all.Length : all.Length - 1];
        for (var i = 0; i < signals.Length; i++)
            signals[i] = all[i].Signal;
        return signals;
    }

    static List<string>? ReasonsOf(ReadOnlySpan<Assessment> all)
    {
        List<string>? reasons = null;
        foreach (ref readonly var one in all)
            if (one.Reasons.Count > 0)
                (reasons ??= []).AddRange(one.Reasons);
        return reasons;
    }
}
