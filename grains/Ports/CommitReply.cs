namespace Interven.Grains.Ports;

/// <summary>What became of an append.</summary>
public abstract record CommitReply
{
    CommitReply() { }

    /// <summary>Durable, as number <paramref name="Seq"/> of the tenant.</summary>
    public sealed record Committed(long Seq) : CommitReply;

    /// <summary>The Idempotency-Key was taken before; nothing was written. Compare the hash, then give the stored answer, which stands from now on.</summary>
    public sealed record IdempotencyTaken(StoredAnswer Answer) : CommitReply;

    /// <summary>An approval of the identical call is pending already; nothing was written. Build the answer anew with its id.</summary>
    public sealed record ApprovalTaken(ApprovalId Existing) : CommitReply;

    /// <summary>The approval to be joined is not pending any more; nothing was written. Ask anew what the call meets.</summary>
    public sealed record ApprovalOver : CommitReply;

    /// <summary>The grant has no use left, or its window is over; nothing was written.</summary>
    public sealed record GrantGone : CommitReply;

    /// <summary>The ephemeral key has no use left, or is over; nothing was written. Null: there is no such key.</summary>
    public sealed record KeyGone(EphemeralStatus? Status) : CommitReply;

    /// <summary>The store refused this very record (its neighbours in the batch are not touched). A fault of ours: log <paramref name="Code"/>.</summary>
    public sealed record Refused(string Code) : CommitReply;

    /// <summary>The answer that was to be amended has been given to a repeat of its request meanwhile; it stands, and nothing was written.</summary>
    public sealed record AnswerStands : CommitReply;

    /// <summary>The store does not answer. The record may land all the same; it is amended then.</summary>
    public sealed record Unavailable : CommitReply;

    /// <summary>The caller gave up before the record was taken up; nothing was written.</summary>
    public sealed record Abandoned : CommitReply;
}

/// <summary>What is kept under an Idempotency-Key.</summary>
public sealed record StoredAnswer(TraceId Trace, byte[] RequestHash, byte[] Response);
