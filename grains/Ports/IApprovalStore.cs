namespace Interven.Grains.Ports;

/// <summary>Approvals. Each change is one conditional statement in one transaction with its audit row and its outbox rows.</summary>
public interface IApprovalStore
{
    /// <summary>Opens, or names the one that is pending for the identical call. (A scan opens through <see cref="IDecisionLog"/> instead.)</summary>
    ValueTask<ApprovalOpened> Open(ApprovalOpening opening, IReadOnlyList<OutboxRow> outbox, AuditRow audit, CancellationToken cancel = default);

    ValueTask<ApprovalRow?> Find(TenantId tenant, ApprovalId approval, CancellationToken cancel = default);

    /// <summary>Where it stands, without its sealed parts. For those who wait: many at once are read together.</summary>
    Task<ApprovalRow?> Glance(TenantId tenant, ApprovalId approval);

    /// <summary>What holds for the identical call now: pending, a live grant with uses left, or a live denial. The newest, or null.</summary>
    ValueTask<ApprovalRow?> FindCurrent(TenantId tenant, byte[] signature, CancellationToken cancel = default);

    /// <summary>Newest first, without their sealed parts: a page of them must not weigh megabytes.</summary>
    ValueTask<IReadOnlyList<ApprovalRow>> List(TenantId tenant, ApprovalFilter filter, CancellationToken cancel = default);

    /// <summary>Null: the race is lost, or it is over; load again. Never accepts a decision past the expiry, by the database's clock.</summary>
    ValueTask<ApprovalRow?> Change(TenantId tenant, ApprovalId approval, int expectedVersion, ApprovalChange change, CancellationToken cancel = default);

    /// <summary>Takes all executions that are left; a use whose answer is refused later does not come back either. Null where none is left of a live grant.</summary>
    ValueTask<ApprovalRow?> RevokeGrant(TenantId tenant, ApprovalId approval, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Expires what is due, over all tenants, each with its audit row; drops their cards from the outbox; clears sealed calls. Several silos may run it. The rows come without their sealed parts.</summary>
    ValueTask<IReadOnlyList<ApprovalRow>> ExpireDue(int limit, CancellationToken cancel = default);

    /// <summary>Ids of those that ended within this time, over all tenants: for waking whoever waits.</summary>
    ValueTask<IReadOnlyList<(TenantId Tenant, ApprovalId Approval)>> EndedWithin(TimeSpan time, CancellationToken cancel = default);

    /// <summary>Clears sealed calls of grants whose window is over, or whose last use was taken a minute ago (ruling 17); returns how many.</summary>
    ValueTask<int> ClearLapsed(int limit, CancellationToken cancel = default);
}

/// <param name="Approval">The one that is pending now.</param>
/// <param name="IsNew">False: joined.</param>
public readonly record struct ApprovalOpened(ApprovalId Approval, bool IsNew);

/// <summary>The next state as the engine's rules made it.</summary>
public sealed record ApprovalChange
{
    public required ApprovalState State { get; init; }
    public required string VotesJson { get; init; }
    public string? DecidedBy { get; init; }
    public string? Note { get; init; }
    /// <summary>Null keeps what is there.</summary>
    public byte[]? SealedEdit { get; init; }

    /// <summary>Null keeps what is there.</summary>
    public byte[]? SealedEditView { get; init; }

    /// <summary>Rows for the outbox, e.g. the card's replacement.</summary>
    public IReadOnlyList<OutboxRow> Outbox { get; init; } = [];

    public required AuditRow Audit { get; init; }
}

public sealed record ApprovalFilter
{
    public ApprovalState? State { get; init; }

    /// <summary>Only those with a grant that may still be used.</summary>
    public bool Granted { get; init; }

    public string? AgentId { get; init; }
    public string? Tool { get; init; }
    public string? Operation { get; init; }

    /// <summary>Only those that are over.</summary>
    public bool Ended { get; init; }

    /// <summary>Approvals opened before this one (ids are UUIDv7).</summary>
    public ApprovalId? Before { get; init; }

    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 50;
}
