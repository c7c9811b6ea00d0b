using Interven.Contracts;
using Interven.Engine.Evidence;

namespace Interven.Engine.Deciding;

/// <summary>Ids and times of one record: the engine has no clock and no source of ids of its own.</summary>
public readonly record struct RecordStamp()
{
    public required TraceId Trace { get; init; }
    public TraceId? Parent { get; init; }
    public string Kind { get; init; } = "scan";
    public required DateTimeOffset Time { get; init; }
    public long DurationUs { get; init; }
    public string EngineVersion { get; init; } = "";
}

/// <summary>What is stored of a decision: the record's canonical bytes with their hash, and the redacted body for sealing.</summary>
/// <param name="Record">The record.</param>
/// <param name="Canonical">Its one spelling.</param>
/// <param name="Hash">SHA-256 of it.</param>
/// <param name="RedactedBody">The body without any finding, LOW ones included; empty where there was none or it could not be redacted. It may stand in the request's own bytes.</param>
public sealed record StoredRecord(DecisionRecord Record, byte[] Canonical, byte[] Hash, ReadOnlyMemory<byte> RedactedBody);

/// <summary>A call's URL as whoever decides sees it.</summary>
/// <param name="Shown">Without anything that was found, and without what might be a secret.</param>
/// <param name="IsWhole">Nothing but what was found is missing, as with a redacted body.</param>
public readonly record struct UrlForReview(string Shown, bool IsWhole);

/// <summary>Makes the evidence of an outcome. Call it before the scan is disposed.</summary>
public static class RecordOf
{
    public static StoredRecord Outcome(PreparedScan scan, Outcome outcome, in RecordStamp stamp)
    {
        var verdict = outcome.Verdict;
        var clear = new ClearText(scan);
        var record = new DecisionRecord
        {
            Trace = stamp.Trace,
            Parent = stamp.Parent,
            Kind = stamp.Kind,
            Tenant = scan.Tenant.Tenant,
            Time = stamp.Time,
            Environment = scan.Env,
            Decision = outcome.Decision,
            RiskScore = verdict.RiskScore,
            Band = verdict.Band,
            Reasons = outcome.Reasons,
            Tool = scan.Call.Tool,
            Operation = clear.ShownOperation,
            Verb = scan.Call.Verb,
            Method = clear.Name(scan.Call.Method),
            Url = clear.Url,
            AgentId = clear.Name(scan.AgentId),
            AgentName = clear.Name(scan.AgentName),
            RuntimeType = clear.Name(scan.RuntimeType),
            KeyId = scan.Caller.KeyId,
            KeyPrefix = scan.Caller.KeyPrefix,
            ClientIp = scan.Caller.ClientIp,
            Classes = verdict.Classes,
            Findings = verdict.Findings,
            Rule = verdict.Rule is { } rule ? Rule(rule) : null,
            WouldHave = verdict.WouldHave.Count == 0 ? [] : [.. verdict.WouldHave.Select(Rule)],
            Approval = outcome.Approval,
            Signals = verdict.Signals,
            Violations = verdict.Violations,
            BodySha256 = scan.Scan.Body < 0 ? "" : scan.Tenant.Key.OfBody(scan.Scan.RawBody),
            BodyBytes = scan.Scan.RawBody.Length,
            ContextFacts = ContextFacts.Write(scan.Call, verdict.Agent, verdict.ConditionFacts, clear.IsClean),
            DurationUs = stamp.DurationUs,
            EngineVersion = stamp.EngineVersion,
        };
        var canonical = RecordBytes.Write(record);
        return new(record, canonical, RecordBytes.Hash(canonical), RedactedBody(scan));
    }

    static RecordedRule Rule(RuleMatch rule) => new(rule.PolicyId, rule.PolicyName, rule.PolicyVersion, rule.RuleId, rule.Action);

    /// <summary>The URL as whoever decides sees it, to be sealed with the approval: with the query values that the record leaves out, but nothing that was found.</summary>
    public static UrlForReview UrlForReview(PreparedScan scan) => ClearText.UrlForReview(scan);

    /// <summary>Nothing at all is kept rather than a body that could not be redacted.</summary>
    public static ReadOnlyMemory<byte> RedactedBody(PreparedScan scan)
    {
        if (scan.Scan.Body < 0 || scan.Text.DecodeLimitReached)
            return default;
        if (scan.Findings.Count == 0 && scan.AtHome.Count == 0)
            return scan.Scan.Tree.RawMemory(scan.Scan.Body);
        return scan.Tenant.Stages.Sanitise(scan.Scan.Tree, scan.Scan.Body, scan.Text, scan.Findings, Confidence.Low, [])?.Json ?? [];
    }
}
