namespace Interven.Grains.Ports;

/// <summary>A record and all that must become durable with it, or not at all.</summary>
public sealed record RecordAppend
{
    public required DecisionRow Row { get; init; }

    /// <summary>The caller's Idempotency-Key; whoever commits first owns it.</summary>
    public IdempotencyClaim? Claim { get; init; }

    /// <summary>The approval that this record opens. Where another one is pending for the same call, nothing is written and the reply names it.</summary>
    public ApprovalOpening? Opening { get; init; }

    /// <summary>The pending approval that this record is the first to join; it is not withdrawn any more. Where it is not pending, nothing is written.</summary>
    public ApprovalId? Join { get; init; }

    /// <summary>The grant that this record uses up by one. Where none is left, nothing is written.</summary>
    public ApprovalId? UseGrant { get; init; }

    /// <summary>The ephemeral key of which this record takes a use. Where none is left, or the key is over, nothing is written.</summary>
    public EphemeralKeyId? UseKey { get; init; }

    /// <summary>The approval that is withdrawn with this record, if it is still pending and no other call has joined it (ruling 22).</summary>
    public ApprovalId? Withdraw { get; init; }

    /// <summary>The grant of which the refused record took a use, which is given back; not where the grant has been revoked or has lapsed since.</summary>
    public ApprovalId? ReturnGrant { get; init; }

    /// <summary>The ephemeral key of which the refused record took a use, which is given back.</summary>
    public EphemeralKeyId? ReturnKey { get; init; }

    /// <summary>The Idempotency-Key whose answer was refused after all: a repeat is decided anew. Where one has been told the answer already, nothing is written.</summary>
    public IdempotencyRelease? GiveBack { get; init; }

    /// <summary>
    /// The record whose answer was refused after all. If it has landed, the approval that it opened is withdrawn, unless another call has joined it, and the Idempotency-Key that it took
    /// given back. If it has not, or if a repeat of its request has been told its answer since, nothing happens but this record.
    /// </summary>
    public RefusedRecord? Undo { get; init; }

    /// <summary>What an incident may grow from.</summary>
    public FlagRow? Flag { get; init; }

    public IReadOnlyList<OutboxRow> Outbox { get; init; } = [];

    public IReadOnlyList<AuditRow> Audit { get; init; } = [];

    /// <summary>
    /// Makes the record that says "this answer was refused before its record landed" (ruling 22). Asked for only when the commit came through
    /// after the caller had been told otherwise; the log appends what it returns.
    /// </summary>
    public Func<RecordAppend>? Amendment { get; init; }
}

/// <summary>An Idempotency-Key with what it stands for.</summary>
/// <param name="Key">At most 255 characters, within the tenant and the calling key.</param>
/// <param name="RequestHash">Hash of the request; another one under the same key is a conflict.</param>
/// <param name="Response">The answer's bytes, given again to whoever repeats the request.</param>
/// <param name="ExpiresAt">When the key may be used anew (24 h).</param>
public sealed record IdempotencyClaim(string Key, byte[] RequestHash, byte[] Response, DateTimeOffset ExpiresAt);

/// <param name="Trace">The record.</param>
/// <param name="Key">The Idempotency-Key of its call; null where it has none.</param>
public sealed record RefusedRecord(TraceId Trace, string? Key);

/// <param name="Key">The Idempotency-Key, within the tenant and calling key of the record that gives it back.</param>
/// <param name="Trace">The record that took it; nobody else's claim is touched.</param>
public sealed record IdempotencyRelease(string Key, TraceId Trace);
