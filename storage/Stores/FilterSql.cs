using System.Globalization;
using Interven.Grains.Ports;
using Interven.Storage.Recording;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>A filter of records as conditions, and its values as their parameters.</summary>
static class FilterSql
{
    static readonly string[] Metadata = ["agent_id", "agent_name", "tool", "operation", "rule_id", "reasons"];

    public static string Conditions(Dialect dialect, DecisionFilter filter, RecordPlace? behind) => new Where("tenant_id = @tenant")
        // Of two bounds on one side SQLite takes the first for its index, however far off it is, and walks from there: so there is only the nearer one.
        .And(behind?.Time >= filter.Since ? null : filter.Since, "time >= @since").And(filter.Before?.Time < filter.Until ? null : filter.Until, "time < @until")
        // The bare time beside the pair lets Postgres leave out whole months.
        .And(filter.Before, "time <= @before_time AND (time, seq) < (@before_time, @before_seq)")
        .And(behind, "time >= @behind_time AND (time, seq) > (@behind_time, @behind_seq)")
        .And(filter.AgentId, "agent_id = @agent").And(filter.Tool, "tool = @tool").And(filter.Operation, "operation = @operation")
        .And(filter.Decisions.Count > 0, $"decision IN ({Numbers(filter.Decisions.Select(one => (int)one))})")
        .And(filter.Bands.Count > 0, $"risk_band IN ({Numbers(filter.Bands.Select(one => (int)one))})")
        .And(filter.AnyClass != 0, "(data_classes & @classes) <> 0")
        .And(filter.KeyId, "key_id = @key").And(filter.Env, "env = @env").And(filter.Approval, "approval_id = @approval").And(filter.Policy, "policy_id = @policy")
        .And(Trace(filter), "trace_id = @trace").And(Words(filter).Count > 0, string.Join(" AND ", Words(filter).Select((_, n) => dialect.Matches(Metadata, $"@word{n}"))))
        .ToString();

    public static Statement Values(Dialect dialect, Statement sql, TenantId tenant, DecisionFilter filter, RecordPlace? behind)
    {
        var words = Words(filter);
        for (var n = 0; n < words.Count; n++)
            sql = sql.With($"word{n}", dialect.Word(words[n]));
        return sql.With("tenant", tenant.Value).With("since", filter.Since).With("until", filter.Until)
            .With("before_time", filter.Before?.Time).With("before_seq", filter.Before?.Seq)
            .With("behind_time", behind?.Time).With("behind_seq", behind?.Seq)
            .With("agent", filter.AgentId is { } agent ? PlainText.Column(agent, RecordColumns.MostAgentId) : null)
            .With("tool", filter.Tool).With("operation", filter.Operation is { } operation ? PlainText.Column(operation, RecordColumns.MostOperation) : null)
            .With("classes", (byte)filter.AnyClass).With("key", filter.KeyId).With("env", filter.Env).With("approval", filter.Approval?.Value).With("policy", filter.Policy?.Value)
            .With("trace", Trace(filter));
    }

    static Guid? Trace(DecisionFilter filter) => Guid.TryParseExact(filter.Text?.Trim(), "D", out var trace) ? trace : null;

    static string Numbers(IEnumerable<int> values) => string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    // The longest is the rarest, and the first that is missed ends the look at a record.
    static List<string> Words(DecisionFilter filter) => Trace(filter) is not null || filter.Text is null ? []
        : [.. filter.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().OrderByDescending(word => word.Length)];
}
