namespace Interven.Grains.Ports;

/// <summary>A paused call as it asks for a person.</summary>
public sealed record ApprovalOpening
{
    public required TenantId Tenant { get; init; }
    public required ApprovalId Approval { get; init; }

    /// <summary>SHA-256 of the canonical call, 32 bytes: what the approval is bound to.</summary>
    public required byte[] Signature { get; init; }

    public required TraceId Trace { get; init; }
    public required string Env { get; init; }
    public required string KeyId { get; init; }
    public string AgentId { get; init; } = "";
    public required string Tool { get; init; }
    public required string Operation { get; init; }
    public required RiskBand Band { get; init; }

    /// <summary>What will happen, in one sentence without detected values.</summary>
    public required string Sentence { get; init; }

    public required TimeSpan Life { get; init; }

    /// <summary>How many different people must approve: 1 to 5.</summary>
    public int Required { get; init; } = 1;

    public string? ApproverGroup { get; init; }

    /// <summary>Whom the rule wants to reach as well: a group or person, free text.</summary>
    public string? EscalateTo { get; init; }

    /// <summary>How many executions an approval grants.</summary>
    public int GrantUses { get; init; } = 1;

    public required TimeSpan GrantWindow { get; init; }
    public required TimeSpan DenyWindow { get; init; }
    public PolicyId? Policy { get; init; }
    public int? PolicyVersion { get; init; }
    public string? RuleId { get; init; }

    /// <summary>The original call under the tenant's data key; taken away when it is no longer needed (ruling 17).</summary>
    public required byte[] SealedCall { get; init; }

    /// <summary>What reviewers see beyond the columns (the record and the redacted body), sealed.</summary>
    public byte[] SealedView { get; init; } = [];
}

/// <summary>An approval as it stands. Times by the database's clock.</summary>
public sealed record ApprovalRow
{
    public required ApprovalOpening Opening { get; init; }
    public required ApprovalState State { get; init; }

    /// <summary>Counts changes, from 1; every change names the one that it was made from.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Votes so far as JSON; the engine reads and writes it.</summary>
    public string VotesJson { get; init; } = "[]";

    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }

    /// <summary>Another call than the one that opened it has been told to wait for it.</summary>
    public bool IsJoined { get; init; }

    public string? Note { get; init; }

    /// <summary>Executions left of an approved one.</summary>
    public int UsesLeft { get; init; }

    /// <summary>End of the grant's or the denial's window.</summary>
    public DateTimeOffset? WindowEndsAt { get; init; }

    /// <summary>An edited body, sealed; taken away with the call itself.</summary>
    public byte[]? SealedEdit { get; init; }

    /// <summary>The edit without anything that was found, sealed: it stays as evidence.</summary>
    public byte[]? SealedEditView { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}
