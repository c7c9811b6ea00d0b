using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interven.Contracts.Approvals;

/// <summary>Where an approval stands.</summary>
/// <param name="Status"><c>pending</c>, <c>approved</c>, <c>denied</c> or <c>expired</c>.</param>
/// <param name="Reason">Why it was decided as it was; null while pending.</param>
/// <param name="DecidedBy">Who decided; null while pending and for <c>expired</c>.</param>
/// <param name="Detail">For <c>expired</c>: that nobody answered, in words; absent otherwise.</param>
public sealed record ApprovalStatus(
    string Status, string? Reason, string? DecidedBy, DateTimeOffset? DecidedAt, DateTimeOffset ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null);

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
/// <param name="ApproverGroup">Whose members may approve; null for whoever has the role.</param>
/// <param name="EscalateTo">Whom the rule wants to reach as well.</param>
/// <param name="CallHash">First 16 hex digits of the SHA-256 that the approval is bound to: the exact call.</param>
/// <param name="Edited">A reviewer has changed the body.</param>
/// <param name="Waiting">Callers that are held until it is decided; null in lists.</param>
/// <param name="Review">What a reviewer needs to see; absent in lists.</param>
/// <param name="DecidedByName">Who that is for people: an e-mail address, a service account's name.</param>
public sealed record Approval(
    Guid ApprovalId, string Status, string? Reason, Guid TraceId, string KeyId, string AgentId, string EnvName, string ToolName, string Operation,
    RiskBand RiskBand, string Sentence, Guid? PolicyId, int? PolicyVersion, string? RuleId, int ApprovalsRequired, IReadOnlyList<ApprovalVote> Votes,
    int GrantUses, int UsesLeft, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt, DateTimeOffset? DecidedAt, string? DecidedBy, string? Note,
    DateTimeOffset? WindowEndsAt, string? ApproverGroup, string? EscalateTo, string CallHash, bool Edited, int? Waiting = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ApprovalReview? Review = null, string? DecidedByName = null);

/// <summary>What one person said.</summary>
/// <param name="By">The person as <c>kind/id</c>, the same whatever the door.</param>
/// <param name="Vote"><c>approve</c>, <c>deny</c>, or <c>policy_changed</c> where the rules had come to deny the call.</param>
/// <param name="Note">What was written with it.</param>
/// <param name="Edited">The person changed the body: votes before this one were for another call.</param>
/// <param name="ByName">Who that is for people; looked up when it is read, and never stored.</param>
public sealed record ApprovalVote(string By, string Vote, DateTimeOffset At, string? Note = null, bool Edited = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ByName = null);

/// <summary>Approves.</summary>
/// <param name="Note">Kept with the decision; at most 2,000 characters.</param>
/// <param name="Body">Another body, to be carried out in place of the proposed one. It is scanned, and refused where the rules deny it or ask more for it.</param>
/// <param name="EditHash">Where somebody has edited the call: <c>review.edit.hash</c> of what was seen.</param>
public sealed record ApproveRequest(string? Note = null, JsonElement? Body = null, string? EditHash = null);

/// <summary>Denies.</summary>
/// <param name="Note">Kept with the decision; at most 2,000 characters.</param>
public sealed record DecideApprovalRequest(string? Note = null);

/// <summary>Decides many at once, each for itself.</summary>
/// <param name="Ids">1 to 100 approvals.</param>
/// <param name="Decision"><c>approve</c> or <c>deny</c>.</param>
/// <param name="Note">Kept with each decision; at most 2,000 characters.</param>
public sealed record BulkDecisionRequest([property: Required] IReadOnlyList<Guid>? Ids, [property: Required] string? Decision, string? Note = null);

/// <summary>What became of each.</summary>
public sealed record BulkDecision(IReadOnlyList<BulkResult> Results);

/// <summary>What became of one.</summary>
/// <param name="Status">How the approval stands; null where there is none.</param>
/// <param name="Refused">Reason code where it was not decided by this call; null where it was.</param>
/// <param name="Detail">One sentence of why not.</param>
public sealed record BulkResult(Guid ApprovalId, string? Status, string? Refused, string? Detail);

/// <summary>The one execution of an approved call.</summary>
/// <param name="Decision"><c>ALLOW</c> or <c>SANITIZE</c>.</param>
/// <param name="SanitizedBody">With <c>SANITIZE</c>: the body to send, in the shape of the one that was asked about.</param>
/// <param name="TraceId">The record of this release.</param>
public sealed record RedeemedCall(
    Decision Decision, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? SanitizedBody, Guid TraceId);
