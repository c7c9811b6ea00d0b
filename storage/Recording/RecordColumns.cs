using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Recording;

/// <summary>The columns of a record, in the order of every statement that writes or reads it.</summary>
static class RecordColumns
{
    public const string All = """
        tenant_id, seq, trace_id, parent_trace_id, kind, time, env, key_id, agent_id, agent_name, runtime, tool, operation, verb, decision, risk_band,
        risk_score, data_classes, policy_id, policy_version, rule_id, approval_id, canonical, hash, sealed_body, reasons
        """;

    public const int Count = 26;

    public static string[] Names(DecisionRow row) => [Env(row), Key(row), Agent(row), AgentName(row), Runtime(row), Tool(row), Operation(row)];

    // Together they must fit into one entry of an index, at three bytes a character; the canonical bytes keep the whole.
    public static string Env(DecisionRow row) => PlainText.Column(row.Env, 64);

    public static string Key(DecisionRow row) => PlainText.Column(row.KeyId, 16);

    public static string Agent(DecisionRow row) => PlainText.Column(row.AgentId, MostAgentId);

    public static string AgentName(DecisionRow row) => PlainText.Column(row.AgentName, 100);

    public static string Runtime(DecisionRow row) => PlainText.Column(row.Runtime, 64);

    public static string Tool(DecisionRow row) => PlainText.Column(row.Tool, 64);

    public static string Operation(DecisionRow row) => PlainText.Column(row.Operation, MostOperation);

    /// <summary>The longest that the API takes.</summary>
    public const int MostAgentId = 200;

    public const int MostOperation = 160;

    public static string? Rule(DecisionRow row) => row.RuleId is null ? null : PlainText.Column(row.RuleId, 64);

    public static string Reasons(DecisionRow row) => PlainText.Column(row.Reasons, 120);

    public static DateTimeOffset Time(DecisionRow row) => DateTimeOffset.FromUnixTimeMilliseconds(row.Time.ToUnixTimeMilliseconds());

    public static StoredDecision Read(Row row)
    {
        var tenant = new TenantId(row.Uuid());
        var seq = row.Long();
        return new StoredDecision(seq, new DecisionRow
        {
            Tenant = tenant,
            Trace = new(row.Uuid()),
            Parent = row.UuidOrNull() is { } parent ? new TraceId(parent) : null,
            Kind = row.Text(),
            Time = row.Time(),
            Env = row.Text(),
            KeyId = row.Text(),
            AgentId = row.Text(),
            AgentName = row.Text(),
            Runtime = row.Text(),
            Tool = row.Text(),
            Operation = row.Text(),
            Verb = (Verb)row.Small(),
            Decision = (Decision)row.Small(),
            Band = (RiskBand)row.Small(),
            Score = row.Real(),
            Classes = (DataClasses)row.Small(),
            Policy = row.UuidOrNull() is { } policy ? new PolicyId(policy) : null,
            PolicyVersion = row.IntOrNull(),
            RuleId = row.TextOrNull(),
            Approval = row.UuidOrNull() is { } approval ? new ApprovalId(approval) : null,
            Canonical = row.Bytes(),
            Hash = row.Bytes(),
            SealedBody = row.Bytes(),
            Reasons = row.Text(),
        });
    }
}
