using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

static class ApprovalColumns
{
    public const string All = """
        tenant_id, approval_id, signature, trace_id, env, key_id, agent_id, tool, operation, risk_band, sentence, required, approver_group, grant_uses,
        grant_window_ms, deny_window_ms, policy_id, policy_version, rule_id, sealed_call, sealed_view, sealed_edit, state, version, votes,
        opened_at, expires_at, decided_at, decided_by, note, uses_left, window_ends_at, last_used_at, escalate_to, sealed_edit_view, joined
        """;

    /// <summary>The same, without the sealed parts.</summary>
    public static readonly string Listed = All.Replace("sealed_call, sealed_view, sealed_edit", Nothing + ", " + Nothing + ", " + Nothing, StringComparison.Ordinal)
        .Replace("sealed_edit_view", Nothing, StringComparison.Ordinal);

    const string Nothing = "CAST(NULL AS bytea)";

    public static Statement With(Statement sql, ApprovalOpening opening) => sql
        .With("tenant", opening.Tenant.Value).With("approval", opening.Approval.Value).With("signature", opening.Signature)
        .With("trace", opening.Trace.Value).With("env", opening.Env).With("key", opening.KeyId).With("agent", opening.AgentId)
        .With("tool", opening.Tool).With("operation", opening.Operation).With("band", (byte)opening.Band).With("sentence", opening.Sentence)
        .With("required", opening.Required).With("group", opening.ApproverGroup).With("uses", opening.GrantUses)
        .With("grant_window", opening.GrantWindow).With("deny_window", opening.DenyWindow).With("policy", opening.Policy?.Value)
        .With("policy_version", opening.PolicyVersion).With("rule", opening.RuleId).With("call", opening.SealedCall).With("view", opening.SealedView)
        .With("life", opening.Life).With("escalate_to", opening.EscalateTo);

    public static ApprovalRow Read(Row row)
    {
        var opening = ReadOpening(row);
        var edit = row.BytesOrNull();
        var (state, version, votes, opened, expires) = ((ApprovalState)row.Small(), row.Int(), row.Text(), row.Time(), row.Time());
        var ended = new ApprovalRow
        {
            Opening = opening with { Life = expires - opened },
            SealedEdit = edit,
            State = state,
            Version = version,
            VotesJson = votes,
            OpenedAt = opened,
            ExpiresAt = expires,
            DecidedAt = row.TimeOrNull(),
            DecidedBy = row.TextOrNull(),
            Note = row.TextOrNull(),
            UsesLeft = row.Int(),
            WindowEndsAt = row.TimeOrNull(),
            LastUsedAt = row.TimeOrNull(),
        };
        return ended with { Opening = ended.Opening with { EscalateTo = row.TextOrNull() }, SealedEditView = row.BytesOrNull(), IsJoined = row.Flag() };
    }

    static ApprovalOpening ReadOpening(Row row) => new()
    {
        Tenant = new(row.Uuid()),
        Approval = new(row.Uuid()),
        Signature = row.Bytes(),
        Trace = new(row.Uuid()),
        Env = row.Text(),
        KeyId = row.Text(),
        AgentId = row.Text(),
        Tool = row.Text(),
        Operation = row.Text(),
        Band = (RiskBand)row.Small(),
        Sentence = row.Text(),
        Required = row.Int(),
        ApproverGroup = row.TextOrNull(),
        GrantUses = row.Int(),
        GrantWindow = row.Milliseconds(),
        DenyWindow = row.Milliseconds(),
        Policy = row.UuidOrNull() is { } policy ? new PolicyId(policy) : null,
        PolicyVersion = row.IntOrNull(),
        RuleId = row.TextOrNull(),
        SealedCall = row.BytesOrNull() ?? [],
        SealedView = row.BytesOrNull() ?? [],
        Life = TimeSpan.Zero,
    };
}
