using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interven.Contracts.Approvals;

/// <summary>Where an approval stands.</summary>
/// <param name="Status"><c>pending</c>, <c>approved</c>, <c>denied</c> or <c>expired</c>.</param>
/// <param name="Reason">Why it was decided as it was; null while pending.</param>
/// <param name="DecidedBy">Who decided; null while pending and for <c>expired</c>.</param>
public sealed record ApprovalStatus(string Status, string? Reason, string? DecidedBy, DateTimeOffset? DecidedAt, DateTimeOffset ExpiresAt);

/// <summary>A paused call, as people who may decide see it.</summary>
/// <param name="Status"><c>pending</c>, <c>approved</c>, <c>denied</c> or <c>expired</c>.</param>
/// <param name="Reason">Why it was decided as it was; null while pending.</param>
/// <param name="TraceId">The scan that was paused.</param>
/// <param name="KeyId">The key that asked.</param>
/// <param name="Sentence">What will happen, without any detected value.</param>
/// <param name="ApprovalsRequired">Different people who must approve: 1 to 5.</param>
/// <param name="Votes">In the order in which they were given.</param>
/// <param name="GrantUses">Executions that an approval grants.</param>
/// <param name="UsesLeft">Executions that are left of it.</param>
/// <param name="DecidedBy">Who decided, as <c>kind/id</c>; null while pending and for <c>expired</c>.</param>
/// <param name="WindowEndsAt">End of the grant's or the denial's window.</param>
/// <param name="Waiting">Callers that are held until it is decided; null in lists.</param>
public sealed record Approval(
    Guid ApprovalId, string Status, string? Reason, Guid TraceId, string KeyId, string AgentId, string EnvName, string ToolName, string Operation,
    RiskBand RiskBand, string Sentence, Guid? PolicyId, int? PolicyVersion, string? RuleId, int ApprovalsRequired, IReadOnlyList<ApprovalVote> Votes,
    int GrantUses, int UsesLeft, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt, DateTimeOffset? DecidedAt, string? DecidedBy, string? Note,
    DateTimeOffset? WindowEndsAt, int? Waiting = null);

/// <summary>What one person said.</summary>
/// <param name="By">The person as <c>kind/id</c>, the same whatever the door.</param>
/// <param name="Vote"><c>approve</c>, <c>deny</c>, or <c>policy_changed</c> where the rules had come to deny the call.</param>
/// <param name="Note">What was written with it.</param>
public sealed record ApprovalVote(string By, string Vote, DateTimeOffset At, string? Note = null);

/// <summary>Approves or denies.</summary>
/// <param name="Note">Kept with the decision; at most 2,000 characters.</param>
public sealed record DecideApprovalRequest(string? Note = null);

/// <summary>The one execution of an approved call.</summary>
/// <param name="Decision"><c>ALLOW</c> or <c>SANITIZE</c>.</param>
/// <param name="SanitizedBody">With <c>SANITIZE</c>: the body to send, in the shape of the one that was asked about.</param>
/// <param name="TraceId">The record of this release.</param>
public sealed record RedeemedCall(
    Decision Decision, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? SanitizedBody, Guid TraceId);
