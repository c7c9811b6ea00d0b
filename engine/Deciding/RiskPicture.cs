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
        Assessment[] all =
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
            [.. all.Where(one => one.Signal.Engine != Signal.DecodeLimit || one.Signal.Score > 0).Select(one => one.Signal)],
            [.. all.SelectMany(one => one.Reasons)],
            found);
    }
}
