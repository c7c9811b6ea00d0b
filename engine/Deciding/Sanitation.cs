using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Deciding;

/// <summary>Whether a call can be sent sanitised, and its body then.</summary>
static class Sanitation
{
    const DataClasses Everything = DataClasses.Secrets | DataClasses.Pii | DataClasses.Pci | DataClasses.Phi | DataClasses.Internal;

    /// <summary>A sanitising rule matched, or a milder one than DENY that names fields to redact.</summary>
    public static bool Sanitises(RuleVerdict rules) => rules.Winner is { } winner && (IsSanitising(winner) || rules.Others.Any(IsSanitising));

    static bool IsSanitising(RuleMatch rule) =>
        rule.Action == Decision.Sanitize || rule.Action == Decision.RequireApproval && rule.SanitizeFields.Count > 0;

    /// <summary>Null where something that must go stands where nothing can be redacted, or the sanitiser gave up.</summary>
    public static byte[]? Of(PreparedScan scan, RuleVerdict rules)
    {
        // What was not decoded was not looked at.
        if (scan.Text.DecodeLimitReached)
            return null;
        var restricted = Restricted(rules);
        foreach (ref readonly var finding in scan.Findings.Items)
            if (finding.Confidence >= Confidence.Medium && (finding.Kind.RuleClasses & restricted) != 0 && IsOutsideBody(scan.Text, finding))
                return null;
        if (scan.Scan.Body < 0)
            return "null"u8.ToArray();
        return scan.Tenant.Stages.Sanitise(scan.Scan.Tree, scan.Scan.Body, scan.Text, scan.Findings, Confidence.Medium, Fields(rules))?.Json;
    }

    /// <summary>The classes of the sanitising rules; all of them where the default or a threshold asks for it.</summary>
    static DataClasses Restricted(RuleVerdict rules)
    {
        var classes = DataClasses.None;
        foreach (var rule in rules.Others)
            if (rule.Action == Decision.Sanitize)
                classes |= rule.Restricts;
        if (rules.Winner is { Action: Decision.Sanitize } winner)
            classes |= winner.Restricts;
        return classes == DataClasses.None && !Sanitises(rules) ? Everything : classes;
    }

    static List<string> Fields(RuleVerdict rules)
    {
        List<string> fields = [.. rules.Winner?.SanitizeFields ?? []];
        foreach (var rule in rules.Others)
            fields.AddRange(rule.SanitizeFields);
        return [.. fields.Distinct(StringComparer.Ordinal)];
    }

    static bool IsOutsideBody(ScanText text, in Finding finding) =>
        text.Segments[FindingPaths.Carrier(text, finding.Segment)].Origin is TextOrigin.Url or TextOrigin.HeaderName or TextOrigin.HeaderValue;
}
