using Interven.Grains.Ports;
using Interven.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Interven.Storage.Recording;

/// <summary>
/// Records as one statement: their numbers, the rows and, where given, their Idempotency-Keys. Sent outside a transaction it is one by itself, so that
/// a commit costs one round trip. Locks are taken in the order of <see cref="RecordSink"/>: keys, then heads, each sorted.
/// </summary>
static class RecordInsert
{
    const string Columns = """
        tenant_id, trace_id, parent_trace_id, kind, time, env, key_id, agent_id, agent_name, runtime, tool, operation, verb,
        decision, risk_band, risk_score, data_classes, policy_id, policy_version, rule_id, approval_id, canonical, hash, sealed_body, reasons
        """;

    const string Given = """
        unnest(@tenant, @trace, @parent, @kind, @time, @env, @key, @agent, @agent_name, @runtime, @tool, @operation, @verb,
          @decision, @band, @score, @classes, @policy, @policy_version, @rule, @approval, @canonical, @hash, @body, @reasons) WITH ORDINALITY
        """;

    const string Claims = """
        won AS (
          INSERT INTO idempotency_keys AS k (tenant_id, key_id, idempotency_key, trace_id, request_hash, response, expires_at)
          SELECT * FROM unnest(@claim_tenant, @claim_key, @claim_name, @claim_trace, @claim_hash, @claim_response, @claim_end)
          ON CONFLICT (tenant_id, key_id, idempotency_key) DO UPDATE
            SET trace_id = excluded.trace_id, request_hash = excluded.request_hash, response = excluded.response, expires_at = excluded.expires_at, told = false
            WHERE k.expires_at <= clock_timestamp()
          RETURNING trace_id),
        """;

    const string Claimed = "WHERE trace_id = ANY (@unclaimed) OR trace_id IN (SELECT trace_id FROM won)";

    static readonly string Plain = Text("", "");
    static readonly string Claiming = Text(Claims, Claimed);

    /// <summary>Writes the records whose claim, if they have one, is won; returns each one's number in its tenant by its trace.</summary>
    public static async ValueTask<Dictionary<Guid, long>> Run(NpgsqlConnection connection, IReadOnlyList<DecisionRow> rows, IReadOnlyList<RecordAppend> claiming)
    {
        await using var command = new NpgsqlCommand(claiming.Count > 0 ? Claiming : Plain, connection);
        AddRows(command.Parameters, rows);
        if (claiming.Count > 0)
            AddClaims(command.Parameters, rows, claiming);
        var numbers = new Dictionary<Guid, long>(rows.Count);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
            numbers[reader.GetGuid(0)] = reader.GetInt64(1);
        return numbers;
    }

    static string Text(string claims, string claimed) => $"""
        WITH {claims}
        given AS (SELECT *, row_number() OVER tenant AS nth, count(*) OVER (PARTITION BY tenant_id) AS total
          FROM {Given} AS r ({Columns}, ord) {claimed} WINDOW tenant AS (PARTITION BY tenant_id ORDER BY ord)),
        head AS (
          INSERT INTO tenant_head AS h (tenant_id, seq) SELECT tenant_id, max(nth) FROM given GROUP BY tenant_id ORDER BY tenant_id
          ON CONFLICT (tenant_id) DO UPDATE SET seq = h.seq + excluded.seq RETURNING tenant_id, seq AS newest)
        INSERT INTO decision_records (seq, {Columns}) SELECT head.newest - total + nth, {Columns} FROM given JOIN head USING (tenant_id)
        RETURNING trace_id, seq
        """;

    static void AddRows(NpgsqlParameterCollection to, IReadOnlyList<DecisionRow> rows)
    {
        Add(to, "tenant", NpgsqlDbType.Uuid, rows, row => row.Tenant.Value);
        Add(to, "trace", NpgsqlDbType.Uuid, rows, row => row.Trace.Value);
        Add(to, "parent", NpgsqlDbType.Uuid, rows, row => row.Parent?.Value);
        Add(to, "kind", NpgsqlDbType.Text, rows, row => row.Kind);
        Add(to, "time", NpgsqlDbType.TimestampTz, rows, row => RecordColumns.Time(row).UtcDateTime);
        Add(to, "env", NpgsqlDbType.Text, rows, row => RecordColumns.Env(row));
        Add(to, "key", NpgsqlDbType.Text, rows, row => RecordColumns.Key(row));
        Add(to, "agent", NpgsqlDbType.Text, rows, row => RecordColumns.Agent(row));
        Add(to, "agent_name", NpgsqlDbType.Text, rows, row => RecordColumns.AgentName(row));
        Add(to, "runtime", NpgsqlDbType.Text, rows, row => RecordColumns.Runtime(row));
        Add(to, "tool", NpgsqlDbType.Text, rows, row => RecordColumns.Tool(row));
        Add(to, "operation", NpgsqlDbType.Text, rows, row => RecordColumns.Operation(row));
        Add(to, "verb", NpgsqlDbType.Smallint, rows, row => (short)row.Verb);
        Add(to, "decision", NpgsqlDbType.Smallint, rows, row => (short)row.Decision);
        Add(to, "band", NpgsqlDbType.Smallint, rows, row => (short)row.Band);
        Add(to, "score", NpgsqlDbType.Double, rows, row => row.Score);
        Add(to, "classes", NpgsqlDbType.Smallint, rows, row => (short)row.Classes);
        Add(to, "policy", NpgsqlDbType.Uuid, rows, row => row.Policy?.Value);
        Add(to, "policy_version", NpgsqlDbType.Integer, rows, row => row.PolicyVersion);
        Add(to, "rule", NpgsqlDbType.Text, rows, RecordColumns.Rule);
        Add(to, "approval", NpgsqlDbType.Uuid, rows, row => row.Approval?.Value);
        Add(to, "canonical", NpgsqlDbType.Bytea, rows, row => row.Canonical);
        Add(to, "hash", NpgsqlDbType.Bytea, rows, row => row.Hash);
        Add(to, "body", NpgsqlDbType.Bytea, rows, row => row.SealedBody);
        Add(to, "reasons", NpgsqlDbType.Text, rows, RecordColumns.Reasons);
    }

    static void AddClaims(NpgsqlParameterCollection to, IReadOnlyList<DecisionRow> rows, IReadOnlyList<RecordAppend> claiming)
    {
        Add(to, "claim_tenant", NpgsqlDbType.Uuid, claiming, one => one.Row.Tenant.Value);
        Add(to, "claim_key", NpgsqlDbType.Text, claiming, one => PlainText.Column(one.Row.KeyId));
        Add(to, "claim_name", NpgsqlDbType.Text, claiming, one => PlainText.Column(one.Claim!.Key));
        Add(to, "claim_trace", NpgsqlDbType.Uuid, claiming, one => one.Row.Trace.Value);
        Add(to, "claim_hash", NpgsqlDbType.Bytea, claiming, one => one.Claim!.RequestHash);
        Add(to, "claim_response", NpgsqlDbType.Bytea, claiming, one => one.Claim!.Response);
        Add(to, "claim_end", NpgsqlDbType.TimestampTz, claiming, one => one.Claim!.ExpiresAt.UtcDateTime);
        var claimed = claiming.Select(one => one.Row.Trace.Value).ToHashSet();
        Add(to, "unclaimed", NpgsqlDbType.Uuid, [.. rows.Where(row => !claimed.Contains(row.Trace.Value))], row => row.Trace.Value);
    }

    static void Add<TRow, T>(NpgsqlParameterCollection to, string name, NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, T> column)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = column(rows[i]);
        to.Add(new NpgsqlParameter<T[]>(name, NpgsqlDbType.Array | type) { TypedValue = values });
    }
}
