using System.Security.Cryptography;
using System.Text;
using Interven.Grains.Ports;

namespace Interven.Storage.Tests.Harness;

/// <summary>Rows with values of no meaning.</summary>
static class Make
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, 123, TimeSpan.Zero);

    public static TenantId Tenant() => new(Guid.CreateVersion7());

    public static string Base62() => Convert.ToHexString(RandomNumberGenerator.GetBytes(4));

    public static DecisionRow Row(TenantId tenant, string agent = "agent-1", Decision decision = Decision.Allow, DateTimeOffset? time = null)
    {
        var trace = new TraceId(Guid.CreateVersion7());
        var canonical = Encoding.UTF8.GetBytes($$"""{"trace_id":"{{trace}}"}""");
        return new DecisionRow
        {
            Tenant = tenant, Trace = trace, Time = time ?? Noon, Env = "production", KeyId = "kkkkkkkk", AgentId = agent, AgentName = "Agent", Runtime = "langgraph",
            Tool = "slack", Operation = "post_message", Verb = Verb.Write, Decision = decision, Band = RiskBand.Medium, Score = .375,
            Classes = DataClasses.Pii | DataClasses.Pci, RuleId = "rule-1", Canonical = canonical, Hash = SHA256.HashData(canonical), SealedBody = [1, 2, 3],
        };
    }

    public static RecordAppend Append(TenantId tenant) => new() { Row = Row(tenant) };

    public static IdempotencyClaim Claim(string key, byte hash = 1, DateTimeOffset? ends = null) =>
        new(key, [hash], Encoding.UTF8.GetBytes($"answer of {key}"), ends ?? new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static ApprovalOpening Opening(TenantId tenant, byte[]? signature = null, int lifeMs = 600_000, int uses = 1, int windowMs = 600_000) => new()
    {
        Tenant = tenant, Approval = new(Guid.CreateVersion7()), Signature = signature ?? RandomNumberGenerator.GetBytes(32), Trace = new(Guid.CreateVersion7()),
        Env = "production", KeyId = "kkkkkkkk", AgentId = "agent-1", Tool = "custom_proxy", Operation = "transfer_funds", Band = RiskBand.High,
        Sentence = "transfer_funds to ACME Logistics: amount 25,000", Life = TimeSpan.FromMilliseconds(lifeMs), GrantUses = uses,
        GrantWindow = TimeSpan.FromMilliseconds(windowMs), DenyWindow = TimeSpan.FromMilliseconds(windowMs), SealedCall = [9, 9, 9], SealedView = [8],
    };

    public static AuditRow Audit(TenantId tenant, string action = "test.acted", string target = "test/1") =>
        new() { Tenant = tenant, Actor = new("user", "u-1", "203.0.113.7", "test"), Action = action, Target = target, Before = "{}", After = "{\"a\":1}" };

    public static DeletionRun Run(TenantId tenant) => new(Guid.CreateVersion7(), Audit(tenant, "retention.begun"));

    public static NewApiKey Key(TenantId tenant) => new()
    {
        Tenant = tenant, Key = new(Base62()), Name = "key", Hash = RandomNumberGenerator.GetBytes(32), Prefix = "iv_live_12345678", CreatedBy = "u-1",
        Allowlist = ["203.0.113.0/24"], DefaultAgentId = "agent-1", Env = "production",
    };

    public static PolicyDraft Policy(TenantId tenant, string name, string content, string? env = null)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return new(tenant, new(Guid.CreateVersion7()), name, env, bytes, SHA256.HashData(bytes), true, "u-1");
    }

    public static ApprovalChange Decide(TenantId tenant, ApprovalState state) =>
        new() { State = state, VotesJson = """[{"by":"u-2"}]""", DecidedBy = "u-2", Note = "seen", Audit = Audit(tenant, "approval.decided") };
}
