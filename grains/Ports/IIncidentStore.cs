using Interven.Contracts.Incidents;

namespace Interven.Grains.Ports;

/// <summary>
/// Incidents. What they grow from is written with the record itself (<see cref="RecordAppend.Flag"/>) and handled once: the flag is taken, incidents
/// opened or joined, and alerts put into the outbox in one transaction.
/// </summary>
public interface IIncidentStore
{
    /// <summary>Flags that nobody has handled, oldest first. Several silos may look at the same ones.</summary>
    ValueTask<IReadOnlyList<StoredFlag>> Waiting(int limit, CancellationToken cancel = default);

    /// <summary>What the agent did within the windows up to the flag.</summary>
    /// <param name="flag">Of whom, and until when.</param>
    /// <param name="denials">How far back denials count.</param>
    /// <param name="trust">How far back trust counts.</param>
    ValueTask<(int Denials, double? HighestTrust)> History(StoredFlag flag, TimeSpan denials, TimeSpan trust, CancellationToken cancel = default);

    /// <summary>Takes the flags that are still there, and opens or joins what they cause. Returns how many incidents were opened.</summary>
    ValueTask<int> Handle(IReadOnlyList<HandledFlag> flags, CancellationToken cancel = default);

    /// <summary>Removes handled flags, and what joins, older than that.</summary>
    ValueTask<int> Forget(TimeSpan age, int limit, CancellationToken cancel = default);

    /// <summary>By hand. Links the records that are the tenant's own.</summary>
    ValueTask<bool> Open(NewIncident incident, IReadOnlyList<TraceId> traces, IncidentNote? note, OutboxRow alert, AuditRow audit, CancellationToken cancel = default);

    ValueTask<IncidentRow?> Find(TenantId tenant, Guid incident, CancellationToken cancel = default);

    /// <summary>Newest first.</summary>
    ValueTask<IReadOnlyList<IncidentRow>> List(TenantId tenant, IncidentFilter filter, CancellationToken cancel = default);

    /// <summary>The newest 1,000 records and notes, oldest first.</summary>
    ValueTask<IReadOnlyList<IncidentEntry>> Timeline(TenantId tenant, Guid incident, CancellationToken cancel = default);

    /// <summary>Null: it stands elsewhere by now.</summary>
    ValueTask<IncidentRow?> Transition(TenantId tenant, Guid incident, IncidentStatus from, IncidentStatus to, string? resolution, IReadOnlyList<IncidentNote> notes, AuditRow audit, CancellationToken cancel = default);

    /// <summary>False where there is no such incident.</summary>
    ValueTask<bool> Note(TenantId tenant, Guid incident, IncidentNote note, AuditRow audit, IReadOnlyList<OutboxRow> outbox, CancellationToken cancel = default);

    /// <summary>Closed ones that were closed before a time, with all of theirs; returns how many.</summary>
    ValueTask<int> PruneClosed(TenantId tenant, DateTimeOffset before, int limit, CancellationToken cancel = default);
}

/// <summary>A flag as it is written with its record.</summary>
/// <param name="CausesJson">The engine reads and writes it.</param>
public sealed record FlagRow(bool IsDenial, string CausesJson, double? TrustBefore, double? TrustAfter);

/// <summary>A flag with the columns of its record.</summary>
public sealed record StoredFlag(
    long Id, TenantId Tenant, TraceId Trace, DateTimeOffset Time, string KeyId, string AgentId, string Tool, string Operation, Decision Decision, RiskBand Band, FlagRow Flag);

/// <param name="Flag">To be taken.</param>
/// <param name="Openings">What it opens or joins; empty for nothing.</param>
public sealed record HandledFlag(StoredFlag Flag, IReadOnlyList<IncidentOpening> Openings);

/// <summary>Opens an incident, or joins the one that is open for the slot.</summary>
/// <param name="Incident">Used where it is opened.</param>
/// <param name="Slot">What joins.</param>
/// <param name="Join">How old the newest record of an incident may be to be joined.</param>
/// <param name="CountsDenials">Links the agent's denials of this window too; null for none.</param>
/// <param name="Alert">Goes into the outbox where it is opened.</param>
public sealed record IncidentOpening(NewIncident Incident, string Slot, TimeSpan Join, TimeSpan? CountsDenials, OutboxRow Alert);

public sealed record NewIncident(TenantId Tenant, Guid Incident, string Trigger, RiskBand Severity, string Title, string AgentId, string KeyId);

public sealed record IncidentRow(
    NewIncident Incident, IncidentStatus Status, string? Resolution, int Records, DateTimeOffset OpenedAt, DateTimeOffset ChangedAt, DateTimeOffset? ClosedAt);

/// <param name="Kind"><c>note</c>, <c>transition</c> or <c>action</c>.</param>
/// <param name="Author">As <c>kind/id</c>.</param>
public sealed record IncidentNote(string Kind, string Author, string Text);

public sealed record IncidentFilter
{
    public IncidentStatus? Status { get; init; }

    /// <summary>Everything but the closed ones.</summary>
    public bool NotClosed { get; init; }

    public RiskBand? LeastSeverity { get; init; }
    public string? AgentId { get; init; }
    public string? Trigger { get; init; }

    /// <summary>Incidents opened before this one (ids are UUIDv7).</summary>
    public Guid? Before { get; init; }

    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 50;
}
