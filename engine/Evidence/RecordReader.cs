using System.Globalization;
using Interven.Contracts;
using Interven.Engine.Reading;
using Interven.Engine.Risk;

namespace Interven.Engine.Evidence;

/// <summary>Reads what <see cref="RecordBytes"/> wrote, of any version: exports, the console and replay go through here.</summary>
public static class RecordReader
{
    /// <summary>Null where the bytes are no record of a known version.</summary>
    public static DecisionRecord? Read(ReadOnlyMemory<byte> canonical)
    {
        using var tree = JsonTree.Parse(canonical, out _);
        if (tree is null || tree.Nodes[0].Kind != JsonKind.Object)
            return null;
        var from = new RecordFields(tree, 0);
        if (from.Whole("v") != 1 || from.Guid("trace_id") is not { } trace || from.Guid("tenant_id") is not { } tenant || from.Time("time") is not { } time)
            return null;
        return new()
        {
            Trace = new(trace),
            Parent = from.Guid("parent_trace_id") is { } parent ? new TraceId(parent) : null,
            Kind = from.Text("kind"),
            Tenant = new(tenant),
            Time = time,
            Environment = from.Text("environment"),
            Decision = Words.TryParseDecision(from.Text("decision"), out var decision) ? decision : Decision.Deny,
            RiskScore = from.Figure("risk_score"),
            Band = Words.TryParseBand(from.Text("risk_band"), out var band) ? band : RiskBand.Critical,
            Reasons = from.Texts("reason_codes"),
            Tool = from.Text("tool_name"),
            Operation = from.Text("operation"),
            Verb = from.Verb("verb"),
            Method = from.Text("method"),
            Url = from.Text("url"),
            AgentId = from.Text("agent_id"),
            AgentName = from.Text("agent_name"),
            RuntimeType = from.Text("runtime_type"),
            KeyId = from.Text("key_id"),
            KeyPrefix = from.Text("key_prefix"),
            ClientIp = from.Text("client_ip"),
            Classes = Classes(from.Texts("classifications")),
            Findings = [.. from.Items("findings").Select(Found)],
            Rule = Rule(from),
            WouldHave = [.. from.Items("would_have").Select(Rule).OfType<RecordedRule>()],
            Approval = from.Guid("approval_id") is { } approval ? new ApprovalId(approval) : null,
            Signals = [.. from.Items("signals").Select(SignalOf)],
            Violations = from.Texts("violations"),
            BodySha256 = from.Text("body_sha256"),
            BodyBytes = (int)from.Whole("body_bytes"),
            ContextFacts = from.Raw("context_facts"),
            DurationUs = from.Whole("duration_us"),
            EngineVersion = from.Text("engine_version"),
        };
    }

    static DataClasses Classes(IReadOnlyList<string> words) =>
        words.Aggregate(DataClasses.None, (all, word) => Words.TryParseDataClass(word, out var one) ? all | one : all);

    static FoundValue Found(RecordFields from)
    {
        var print = from.Text("fingerprint").PadLeft(32, '0');
        return new(
            from.Text("kind"), Classes(from.Texts("classes")), from.Text("path"),
            Words.TryParseConfidence(from.Text("confidence"), out var confidence) ? confidence : Confidence.High,
            (int)from.Whole("count"), new(Hex(print.AsSpan(0, 16)), Hex(print.AsSpan(16, 16))));
    }

    static ulong Hex(ReadOnlySpan<char> digits) =>
        ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) ? value : 0;

    static RecordedRule? Rule(RecordFields from) => from.Guid("policy_id") is not { } id ? null : new(
        new(id), from.Text("policy_name"), (int)from.Whole("policy_version"), from.Has("rule_id") ? from.Text("rule_id") : null,
        Words.TryParseDecision(from.Text("action"), out var action) ? action : Decision.Deny);

    static Signal SignalOf(RecordFields from) => new(from.Text("engine"), from.Figure("score"), from.Details("details"));
}
