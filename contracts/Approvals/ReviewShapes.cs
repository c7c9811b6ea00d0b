using System.Text.Json;
using Interven.Contracts.Scanning;

namespace Interven.Contracts.Approvals;

/// <summary>What a reviewer sees of one paused call. Nothing detected stands in it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Url">Without anything that was found; query values are shown but for long ones, those under names such as <c>token</c>, and all of them where something was found in the URL.</param>
/// <param name="Body">The proposed body, redacted (LOW findings too); null where there was none or it cannot be shown.</param>
/// <param name="BodyBytes">Length of the body as sent.</param>
/// <param name="AgentName">As the call gave it.</param>
/// <param name="RuntimeType">As the call gave it.</param>
/// <param name="KeyPrefix">The calling key, as people see it.</param>
/// <param name="RiskScore">0 to 1.</param>
/// <param name="ReasonCodes">Why it was stopped, the cause first.</param>
/// <param name="Classifications">Data classes found.</param>
/// <param name="Findings">What was found, and where.</param>
/// <param name="Signals">What each risk engine saw, and the other rules that matched.</param>
/// <param name="PolicyName">The policy that asked; null for a threshold or default.</param>
/// <param name="AgentLastDay">What became of the agent's calls of the last 24 hours.</param>
/// <param name="Earlier">The newest ten decisions on the same agent and operation, newest first.</param>
/// <param name="CanApprove">Whether whoever asks may approve it now.</param>
/// <param name="CannotApproveReason">Reason code of why not; null where they may.</param>
/// <param name="IsOwn">Whoever asks minted the calling key, or owns the agent.</param>
/// <param name="SeparationNotEnforced">It is their own, and they may approve it only because nobody else could (or the tenant does not ask for separate duties).</param>
/// <param name="Edit">What a reviewer made of the body; null where nobody changed it.</param>
public sealed record ApprovalReview(
    string Method, string Url, JsonElement? Body, int BodyBytes, string AgentName, string RuntimeType, string KeyPrefix,
    double RiskScore, IReadOnlyList<string> ReasonCodes, IReadOnlyList<string> Classifications, IReadOnlyList<ScanFinding> Findings, IReadOnlyList<ScanSignal> Signals,
    string? PolicyName, AgentDay AgentLastDay, IReadOnlyList<EarlierDecision> Earlier,
    bool CanApprove, string? CannotApproveReason, bool IsOwn, bool SeparationNotEnforced, ApprovalEdit? Edit);

/// <summary>Calls of one agent by decision. Counted over its newest 10,000 records at most.</summary>
public sealed record AgentDay(long Allow, long Sanitize, long RequireApproval, long Deny);

/// <summary>An earlier approval of the same agent and operation.</summary>
public sealed record EarlierDecision(
    Guid ApprovalId, string Status, string? Reason, string Sentence, DateTimeOffset? DecidedAt, string? DecidedBy, string? Note,
    string? DecidedByName = null);

/// <summary>An edited body, redacted like the proposed one.</summary>
/// <param name="Approved">What the reviewer wrote.</param>
/// <param name="Effective">What goes out: with what the rules sanitise taken away.</param>
/// <param name="Hash">First 16 hex digits of a keyed hash of the effective body. Another reviewer approves what they have seen by sending it as <c>edit_hash</c>.</param>
/// <param name="By">Who changed it last.</param>
public sealed record ApprovalEdit(JsonElement? Approved, JsonElement? Effective, string Hash, string By, DateTimeOffset At, string? ByName = null);
