using Interven.Contracts;
using Interven.Engine.Approvals;
using Interven.Engine.Evidence;
using Interven.Engine.Normalising;
using Interven.Engine.Risk;

namespace Interven.Engine.Deciding;

/// <summary>What the engine makes of a call, before any person or grant is asked. A value: it outlives the scan's buffers.</summary>
public sealed record Verdict
{
    public required Decision Decision { get; init; }
    public required Cause Cause { get; init; }
    public required ToolCall Call { get; init; }
    public required double RiskScore { get; init; }
    public required RiskBand Band { get; init; }

    /// <summary>The cause first, then what was seen.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    public IReadOnlyList<Signal> Signals { get; init; } = [];
    public DataClasses Classes { get; init; }
    public IReadOnlyList<FoundValue> Findings { get; init; } = [];
    public RuleMatch? Rule { get; init; }
    public IReadOnlyList<RuleMatch> WouldHave { get; init; } = [];

    /// <summary>Every rule that matched and opens an incident.</summary>
    public IReadOnlyList<RuleMatch> Incidents { get; init; } = [];

    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>Set where the answer carries a sanitised body; <c>null</c> as JSON where there was no body.</summary>
    public byte[]? SanitisedBody { get; init; }

    /// <summary>Set for REQUIRE_APPROVAL: ask for a grant, a denial or a pending approval of this very call, or open one.</summary>
    public ApprovalTerms? Approval { get; init; }

    /// <summary>The agent's history as it was known; null for unknown.</summary>
    public AgentFacts? Agent { get; init; }

    /// <summary>What conditions used, canonical JSON; empty for none.</summary>
    public byte[] ConditionFacts { get; init; } = [];

    /// <summary>Set with <see cref="Cause.Outage"/>: the code of the part that is out. Such an answer is not durable.</summary>
    public string? Outage { get; init; }

    /// <summary>What went wrong inside, for the log's event; its message may quote input and must not be logged.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Fingerprints of the credentials found, for the agent's memory.</summary>
    public IReadOnlyList<ulong> Credentials => Findings.Count == 0 ? []
        : [.. Findings.Where(found => found.Classes.HasFlag(DataClasses.Secrets)).Select(found => found.Fingerprint.High).Distinct()];
}

/// <summary>What an approval of this call would be bound to and allow.</summary>
/// <param name="Signature">The exact call.</param>
/// <param name="Required">Different people who must approve, 1 to 5.</param>
/// <param name="ApproverGroup">Who may; null for anyone eligible.</param>
/// <param name="TtlSeconds">How long it waits.</param>
/// <param name="GrantUses">Executions that it grants.</param>
/// <param name="GrantWindowSeconds">How long the grant may be used.</param>
/// <param name="DenyWindowSeconds">How long a denial holds.</param>
/// <param name="EscalateTo">Whom a rule wants to reach as well.</param>
public sealed record ApprovalTerms(
    CallSignature Signature, int Required, string? ApproverGroup, int TtlSeconds, int GrantUses, int GrantWindowSeconds, int DenyWindowSeconds, string? EscalateTo = null)
{
    /// <summary>Whether an approval under the <paramref name="given"/> terms also does for these: as many people, of the same group.</summary>
    public bool AreMetBy(int given, string? group) => given >= Required && (ApproverGroup is null || ApproverGroup == group);
}
