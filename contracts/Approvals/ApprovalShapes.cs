namespace Interven.Contracts.Approvals;

/// <summary>Where an approval stands.</summary>
/// <param name="Status"><c>pending</c>, <c>approved</c>, <c>denied</c> or <c>expired</c>.</param>
/// <param name="Reason">Why it was decided as it was; null while pending.</param>
/// <param name="DecidedBy">Who decided; null while pending and for <c>expired</c>.</param>
public sealed record ApprovalStatus(string Status, string? Reason, string? DecidedBy, DateTimeOffset? DecidedAt, DateTimeOffset ExpiresAt);
