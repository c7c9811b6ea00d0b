using System.Text.Json;
using Interven.Contracts.Evidence;
using Interven.Contracts.Scanning;
using Interven.Engine.Evidence;
using Interven.Engine.Risk;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>Records in the words of the API.</summary>
static class DecisionViews
{
    public static DecisionFilter ToFilter(this DecisionQuery query) => new()
    {
        Since = query.Since,
        Until = query.Until,
        AgentId = query.Agent,
        Tool = query.Tool,
        Operation = query.Operation,
        Decisions = query.Decisions,
        Bands = query.Bands,
        AnyClass = query.Classes,
        Env = query.Environment,
        KeyId = query.Key,
        Approval = query.Approval is { } approval ? new ApprovalId(approval) : null,
        Policy = query.Policy is { } policy ? new PolicyId(policy) : null,
        Text = query.Text,
    };

    /// <exception cref="InvalidOperationException">The record is of no version that this build knows.</exception>
    public static DecisionRecord Read(this StoredDecision stored) => RecordReader.Read(stored.Row.Canonical)
        ?? throw new InvalidOperationException($"Record {stored.Seq} of tenant {stored.Row.Tenant} cannot be read.");

    public static DecisionSummary ToSummary(this StoredDecision stored) => stored.Read().ToSummary(stored.Seq);

    public static DecisionSummary ToSummary(this DecisionRecord record, long seq) => new(
        record.Trace.Value, seq, record.Kind, record.Parent?.Value, record.Time, record.Environment, record.Decision, record.RiskScore, record.Band,
        record.Reasons, record.Tool, record.Operation, record.Verb, record.Method, record.Url, record.AgentId, record.AgentName, record.RuntimeType,
        record.KeyId, record.KeyPrefix, record.ClientIp, [.. record.Classes.EachWord()], record.Rule?.PolicyId.Value, record.Rule?.PolicyName,
        record.Rule?.PolicyVersion, record.Rule?.RuleId, record.Approval?.Value, record.DurationUs);

    public static MatchedPolicy ToMatch(this RecordedRule rule) => new(rule.PolicyId.Value, rule.PolicyName, rule.PolicyVersion, rule.RuleId, rule.Action);

    public static ScanFinding ToFinding(this FoundValue found) => new(found.DataClass, found.Kind, found.Path, found.Count, found.Confidence);

    public static ScanSignal ToSignal(this Signal signal) => new(signal.Engine, signal.Score, signal.Details
        .DistinctBy(detail => detail.Name).ToDictionary(detail => detail.Name, Value, StringComparer.Ordinal));

    public static ResponseSummary ToSummary(this ResponseRow row) => new(
        row.Time, row.Status, [.. row.Classes.EachWord()], row.Redacted, Convert.ToHexStringLower(row.Fingerprint));

    public static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
            return null;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
        return JsonElement.ParseValue(ref reader);
    }

    static JsonElement Value(Detail detail) => Parse(
        detail.Word is { } word ? System.Text.Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(word)}\"")
        : detail.Figure is { } figure ? System.Text.Encoding.UTF8.GetBytes(figure.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture))
        : "true"u8)!.Value;
}
