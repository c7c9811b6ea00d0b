namespace Interven.Grains.Ports;

/// <summary>One decision record: the columns that are filtered by, its canonical bytes, and its sealed body.</summary>
public sealed record DecisionRow
{
    public required TenantId Tenant { get; init; }

    public required TraceId Trace { get; init; }

    /// <summary>The scan whose pause this record ends, or whose answer it amends.</summary>
    public TraceId? Parent { get; init; }

    /// <summary><c>scan</c>, <c>released</c>, <c>waited</c>, <c>answer_amended</c>, <c>refused</c>.</summary>
    public string Kind { get; init; } = "scan";

    /// <summary>Time of the decision, UTC, kept in whole milliseconds.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string Env { get; init; }

    /// <summary>Id of the calling key, long-lived or ephemeral.</summary>
    public required string KeyId { get; init; }

    public string AgentId { get; init; } = "";
    public string AgentName { get; init; } = "";
    public string Runtime { get; init; } = "";
    public required string Tool { get; init; }
    public required string Operation { get; init; }
    public required Verb Verb { get; init; }
    public required Decision Decision { get; init; }
    public required RiskBand Band { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Score { get; init; }

    public DataClasses Classes { get; init; }
    public PolicyId? Policy { get; init; }
    public int? PolicyVersion { get; init; }
    public string? RuleId { get; init; }
    public ApprovalId? Approval { get; init; }

    /// <summary>The reason codes, joined by commas: for counting; the canonical bytes are what holds.</summary>
    public string Reasons { get; init; } = "";

    /// <summary>Canonical JSON of the whole record but its body.</summary>
    public required byte[] Canonical { get; init; }

    /// <summary>SHA-256 of <see cref="Canonical"/>, 32 bytes.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The redacted body under the tenant's data key; empty where there is none.</summary>
    public byte[] SealedBody { get; init; } = [];
}

/// <summary>A record as it was read back, with its number in the tenant's sequence.</summary>
public sealed record StoredDecision(long Seq, DecisionRow Row);
