using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Interven.Contracts.Incidents;

/// <summary>Where an incident stands. Stored as its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentStatus>))]
public enum IncidentStatus : byte
{
    [JsonStringEnumMemberName("open")] Open,
    [JsonStringEnumMemberName("investigating")] Investigating,
    [JsonStringEnumMemberName("closed")] Closed,
}

/// <summary>A flagged sequence of records that wants attention.</summary>
/// <param name="Trigger"><c>critical_deny</c>, <c>repeated_deny</c>, <c>threat_intel</c>, <c>ephemeral_scope</c>, <c>read_then_write</c>, <c>trust_collapse</c>, <c>policy_rule</c> or <c>manual</c>.</param>
/// <param name="KeyId">The key of the first record.</param>
/// <param name="Resolution">Set with <c>closed</c>.</param>
/// <param name="Records">Records linked to it.</param>
/// <param name="ChangedAt">Newest record, note or transition.</param>
/// <param name="Timeline">Records, notes, transitions and actions, oldest first; absent in lists.</param>
public sealed record Incident(
    Guid IncidentId, IncidentStatus Status, RiskBand Severity, string Trigger, string Title, string AgentId, string KeyId, string? Resolution, int Records,
    DateTimeOffset OpenedAt, DateTimeOffset ChangedAt, DateTimeOffset? ClosedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IncidentEntry>? Timeline = null);

/// <summary>One entry of an incident's timeline.</summary>
/// <param name="Kind"><c>record</c>, <c>note</c>, <c>transition</c> or <c>action</c>.</param>
/// <param name="By">Who, as <c>kind/id</c>; null for records.</param>
/// <param name="Text">The note; for a transition the status, with the resolution; for an action what was done.</param>
/// <param name="TraceId">The record.</param>
/// <param name="Trigger">Why it was linked.</param>
/// <param name="ByName">Who that is for people; null for records.</param>
public sealed record IncidentEntry(
    DateTimeOffset At, string Kind, string? By, string? Text, Guid? TraceId, Decision? Decision, RiskBand? RiskBand, string? ToolName, string? Operation, string? Trigger,
    string? ByName = null);

/// <summary>Opens an incident by hand.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="TraceIds">1 to 100 records of the tenant.</param>
/// <param name="Severity">MEDIUM where absent.</param>
/// <param name="Note">At most 4,000 characters.</param>
public sealed record CreateIncidentRequest([property: Required] string? Title, [property: Required] IReadOnlyList<Guid>? TraceIds, RiskBand? Severity = null, string? Note = null);

/// <summary>Moves an incident on: open → investigating → closed, or straight to closed.</summary>
/// <param name="Status"><c>investigating</c> or <c>closed</c>.</param>
/// <param name="Resolution">With <c>closed</c>: <c>false_positive</c>, <c>agent_misbehavior</c>, <c>agent_compromised</c>, <c>policy_gap</c> or <c>infrastructure</c>.</param>
/// <param name="Note">At most 4,000 characters.</param>
public sealed record IncidentTransitionRequest([property: Required] string? Status, string? Resolution = null, string? Note = null);

/// <summary>Adds a note. Notes are never changed or taken away.</summary>
/// <param name="Note">1 to 4,000 characters.</param>
public sealed record IncidentNoteRequest([property: Required] string? Note);
