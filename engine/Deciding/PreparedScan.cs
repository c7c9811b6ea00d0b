using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Normalising;
using Interven.Engine.Reading;
using Interven.Engine.Risk;

namespace Interven.Engine.Deciding;

/// <summary>A scan whose call is known: what the agent's memory can be asked about while the text is classified.</summary>
public sealed class PreparedScan : IDisposable
{
    internal PreparedScan(IncomingScan scan, TenantSnapshot tenant, Caller caller, ToolCall call, string env)
    {
        (Scan, Tenant, Caller, Call, Env) = (scan, tenant, caller, call, env);
        Text = new(scan.Tree.Raw.Length * 2 + 256);
        AgentId = scan.AgentId ?? caller.AgentId ?? $"key:{caller.KeyId}";
        Observation = AgentObservation.Of(call, scan.Tree.Raw.Length, tenant.Key);
    }

    public IncomingScan Scan { get; }
    public TenantSnapshot Tenant { get; }
    public Caller Caller { get; }
    public ToolCall Call { get; }
    public string Env { get; }
    public string AgentId { get; }
    public string AgentName => Scan.AgentName ?? (Scan.AgentId is null ? Caller.AgentName : null) ?? "";
    public string RuntimeType => Scan.RuntimeType ?? Caller.RuntimeType ?? "";

    /// <summary>For the agent's memory.</summary>
    public AgentObservation Observation { get; }

    public ScanText Text { get; }
    public IReadOnlyList<EmbeddedJson> Embedded { get; private set; } = [];

    /// <summary>What was found and counts.</summary>
    public FindingList Findings { get; } = new();

    /// <summary>Credentials where they belong (ruling 9): they set no class, and yet are never written in the clear.</summary>
    public FindingList AtHome { get; } = new();

    /// <summary>Known without the agent's memory, so that a stopped agent stays stopped when the memory does not answer.</summary>
    public bool IsSuspended => Caller.Suspended || Tenant.SuspendedAgents.Contains(AgentId)
        || Caller.AgentId is { } own && Tenant.SuspendedAgents.Contains(own);

    /// <summary>Reads and classifies everything that the call would send.</summary>
    public void Classify()
    {
        Text.Reset();
        Embedded = Tenant.Stages.ReadText(Scan, Text);
        Findings.Clear();
        AtHome.Clear();
        Tenant.Classifier.Classify(Text, Findings);
        OwnCredentials.SetAside(Call, Text, Findings, AtHome);
    }

    public void Dispose()
    {
        Embedded = [];
        Text.Dispose();
        Scan.Dispose();
    }
}

/// <summary>The first phase: whose call it is, in which environment, and what it would do.</summary>
public static class Preparation
{
    public static PrepareReply Of(IncomingScan scan, TenantSnapshot tenant, Caller caller)
    {
        var env = scan.Env ?? caller.Env ?? tenant.DefaultEnvironment;
        if (caller.Env is { } bound && env != bound)
            return new PrepareReply.Refused(ReasonCodes.EnvMismatch, [new("$.env", $"The key is bound to the environment `{bound}`.")]);
        if (!tenant.Environments.Contains(env))
            return new PrepareReply.Refused(ReasonCodes.InvalidRequest, [new("$.env", "The tenant has no such environment.")]);
        return tenant.Stages.Identify(scan, out var problem) is { } call
            ? new PrepareReply.Prepared(new(scan, tenant, caller, call, env))
            : new PrepareReply.Refused(ReasonCodes.InvalidRequest, [problem ?? new("$.url", "The url cannot be read.")]);
    }
}

public abstract record PrepareReply
{
    PrepareReply() { }

    public sealed record Prepared(PreparedScan Scan) : PrepareReply;

    /// <summary>An error answer: 403 for ENV_MISMATCH, 400 otherwise. The scan is still the caller's to dispose.</summary>
    public sealed record Refused(string Reason, IReadOnlyList<JsonProblem> Problems) : PrepareReply;
}
