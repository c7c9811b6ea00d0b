using System.Text.Json;
using Interven.Contracts.Approvals;
using Interven.Contracts.Scanning;

namespace Interven.Contracts.Evidence;

/// <summary>A decision record as lists and the live view show it.</summary>
/// <param name="TraceId">Of the scan's answer.</param>
/// <param name="Seq">Number within the tenant, without gaps.</param>
/// <param name="Kind"><c>scan</c>, <c>released</c>, <c>waited</c>, <c>answer_amended</c> or <c>refused</c>.</param>
/// <param name="ParentTraceId">The scan whose pause this record ends, or whose answer it amends.</param>
/// <param name="RiskScore">0 to 1.</param>
/// <param name="Url">Without user information, query values and anything that was found.</param>
/// <param name="KeyPrefix">The calling key's public part.</param>
/// <param name="Classifications">Data classes found.</param>
/// <param name="DurationUs">From the request's first byte to the decision, in microseconds.</param>
public sealed record DecisionSummary(
    Guid TraceId, long Seq, string Kind, Guid? ParentTraceId, DateTimeOffset Time, string Environment, Decision Decision, double RiskScore, RiskBand RiskBand,
    IReadOnlyList<string> ReasonCodes, string ToolName, string Operation, Verb Verb, string Method, string Url, string AgentId, string AgentName,
    string RuntimeType, string KeyId, string KeyPrefix, string ClientIp, IReadOnlyList<string> Classifications, Guid? PolicyId, string? PolicyName,
    int? PolicyVersion, string? RuleId, Guid? ApprovalId, long DurationUs);

/// <summary>All that is kept of one decision.</summary>
/// <param name="Record">What lists show of it.</param>
/// <param name="Findings">What was found, and where; never the value.</param>
/// <param name="WouldHave">What policies in monitor mode would have done.</param>
/// <param name="Violations">What an ephemeral key's scope does not cover.</param>
/// <param name="BodyRedacted">The body without anything that was found; null where there was none, or it could not be redacted.</param>
/// <param name="BodySha256">Keyed hash (HMAC) of the body as sent; empty where there was none.</param>
/// <param name="BodyBytes">Length of the body as sent.</param>
/// <param name="ContextFacts">What conditions used, for replay.</param>
/// <param name="Responses">What came back to the agent, in order.</param>
/// <param name="Parent">The record that this one continues.</param>
/// <param name="Linked">Records that continue this one, or belong to the same approval.</param>
/// <param name="Approval">The approval that it opened, used or met.</param>
/// <param name="Hash">SHA-256 of the record's canonical bytes, lower-case hex.</param>
public sealed record DecisionDetail(
    DecisionSummary Record, IReadOnlyList<ScanFinding> Findings, IReadOnlyList<ScanSignal> Signals, IReadOnlyList<MatchedPolicy> WouldHave,
    IReadOnlyList<string> Violations, JsonElement? BodyRedacted, string BodySha256, int BodyBytes, JsonElement? ContextFacts,
    IReadOnlyList<ResponseSummary> Responses, DecisionSummary? Parent, IReadOnlyList<DecisionSummary> Linked, Approval? Approval,
    string Hash, string EngineVersion);

/// <summary>A rule as a record names it.</summary>
/// <param name="Action">What it asked for.</param>
public sealed record MatchedPolicy(Guid PolicyId, string PolicyName, int PolicyVersion, string? RuleId, Decision Action);

/// <summary>What a tool answered to the agent.</summary>
/// <param name="Status">The tool's HTTP status; 0 where it was not told.</param>
/// <param name="FieldsRedacted">Places that were redacted.</param>
/// <param name="ContentFingerprint">Keyed: alike for alike answers within the tenant.</param>
public sealed record ResponseSummary(DateTimeOffset Time, int Status, IReadOnlyList<string> DataClasses, int FieldsRedacted, string ContentFingerprint);

/// <summary>Counts over a stretch of time, for the dashboard.</summary>
/// <param name="BucketSeconds">Width of the buckets.</param>
/// <param name="Total">Records in the stretch.</param>
/// <param name="ByDecision">Every decision, with 0 where there was none.</param>
/// <param name="ByBand">Every risk band, with 0 where there was none.</param>
/// <param name="Buckets">In the order of time, without gaps.</param>
/// <param name="TopTools">At most 10, the most frequent first, as all lists here.</param>
/// <param name="PendingApprovals">As of now.</param>
public sealed record DecisionStats(
    DateTimeOffset Since, DateTimeOffset Until, int BucketSeconds, long Total, IReadOnlyList<NamedCount> ByDecision, IReadOnlyList<NamedCount> ByBand,
    IReadOnlyList<DecisionBucket> Buckets, IReadOnlyList<NamedCount> TopTools, IReadOnlyList<NamedCount> TopOperations, IReadOnlyList<NamedCount> TopReasons,
    IReadOnlyList<NamedCount> TopAgents, long PendingApprovals);

/// <summary>Records of one bucket of time, by decision.</summary>
public sealed record DecisionBucket(DateTimeOffset Start, long Allow, long Sanitize, long RequireApproval, long Deny);

/// <summary>How often something occurred.</summary>
public sealed record NamedCount(string Name, long Count);
