namespace Interven.Grains.Ports;

/// <summary>Who did what to the tenant. Written in the transaction of the change itself; the store adds time and number.</summary>
public sealed record AuditRow
{
    public required TenantId Tenant { get; init; }

    public required Actor Actor { get; init; }

    /// <summary>Fixed vocabulary, <c>noun.verb</c>: <c>policy.applied</c>, <c>key.revoked</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, e.g. <c>policy/0192…</c>.</summary>
    public required string Target { get; init; }

    /// <summary>JSON, never with a secret; null where there was nothing.</summary>
    public string? Before { get; init; }

    /// <summary>JSON, never with a secret; null where nothing is left.</summary>
    public string? After { get; init; }

    /// <summary><c>ok</c>, or the reason code of a refusal.</summary>
    public string Result { get; init; } = "ok";
}

public sealed record StoredAudit(long Id, DateTimeOffset Time, AuditRow Row);

public sealed record AuditFilter
{
    /// <summary>Rows below this number.</summary>
    public long? Before { get; init; }

    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }
    public string? ActorId { get; init; }

    /// <summary>An action, or its noun with a dot (<c>policy.</c>) for all of that noun.</summary>
    public string? Action { get; init; }

    public string? Target { get; init; }

    /// <summary><c>ok</c>, or a refusal's reason code.</summary>
    public string? Result { get; init; }

    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>What changed nothing but must be seen (logins, refusals, exports), and reading it all back.</summary>
public interface IAuditLog
{
    ValueTask Write(AuditRow row, CancellationToken cancel = default);

    /// <summary>Newest first.</summary>
    ValueTask<IReadOnlyList<StoredAudit>> List(TenantId tenant, AuditFilter filter, CancellationToken cancel = default);

    /// <summary>Oldest first, behind a number.</summary>
    ValueTask<IReadOnlyList<StoredAudit>> After(TenantId tenant, long after, AuditFilter filter, CancellationToken cancel = default);

    ValueTask<long> Count(TenantId tenant, AuditFilter filter, CancellationToken cancel = default);
}
