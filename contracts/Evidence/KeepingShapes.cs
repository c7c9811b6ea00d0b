using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Interven.Contracts.Evidence;

/// <summary>How long the tenant keeps its records, and when they were last pruned.</summary>
/// <param name="RetentionDays">30, 90, 365; null keeps them for ever.</param>
/// <param name="Cutoff">What is older would be deleted now; null where nothing is.</param>
/// <param name="RetentionLastPrunedAt">End of the last run.</param>
/// <param name="ActiveHolds">Legal holds in force.</param>
public sealed record RetentionStatus(int? RetentionDays, DateTimeOffset? Cutoff, DateTimeOffset? RetentionLastPrunedAt, int ActiveHolds);

/// <summary>What a retention run deleted.</summary>
/// <param name="Cutoff">What was older went, unless it is held, pending or open; null where the tenant keeps everything.</param>
/// <param name="IsComplete">False where the run was ended for its length; the next one goes on.</param>
public sealed record PruneResult(PruneCounts Deleted, DateTimeOffset? Cutoff, bool IsComplete);

public sealed record PruneCounts(long Records, long Approvals, long Incidents);

/// <summary>What a legal hold covers; absent members do not narrow, so that an empty scope covers everything. Unknown members are refused: a misspelt one would hold too much.</summary>
/// <param name="AgentId">Records of this agent.</param>
/// <param name="Since">Records from this moment on.</param>
/// <param name="Until">Records before this moment.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record HoldScope(string? AgentId = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null);

/// <summary>Keeps records whatever their age.</summary>
/// <param name="Scope">What it covers.</param>
/// <param name="Until">When it ends by itself; absent: when it is released.</param>
/// <param name="Reason">Why, 1 to 500 characters: the matter's name.</param>
public sealed record CreateHoldRequest([property: Required] HoldScope? Scope, [property: Required] string? Reason, DateTimeOffset? Until = null);

/// <summary>A legal hold.</summary>
/// <param name="IsActive">False once its end has come.</param>
public sealed record LegalHold(Guid HoldId, HoldScope Scope, string Reason, DateTimeOffset? Until, bool IsActive, string CreatedBy, DateTimeOffset CreatedAt);

/// <summary>Erases all records of one agent, or all in which one value was found. Two steps: the first counts, the second, with its id, erases.</summary>
/// <param name="AgentId">Whose records; or</param>
/// <param name="Subject">the value, such as an e-mail address or an account number. It is never stored: records are found by its keyed fingerprint.</param>
/// <param name="ErasureId">In the second step, what the first one answered.</param>
public sealed record ErasureRequest(string? AgentId = null, string? Subject = null, Guid? ErasureId = null);

/// <summary>An erasure, before and after.</summary>
/// <param name="Status"><c>requested</c> until it is confirmed with its id, then <c>done</c>.</param>
/// <param name="Of"><c>agent</c> or <c>subject</c>.</param>
/// <param name="Records">How many records it will erase, or has erased.</param>
/// <param name="Held">How many stay because of a legal hold.</param>
/// <param name="ExpiresAt">Until when it can be confirmed; null once it is done.</param>
public sealed record Erasure(Guid ErasureId, string Status, string Of, long Records, long Held, DateTimeOffset? ExpiresAt);

/// <summary>Whether a stretch of records is whole and unaltered. One answer covers at most 100,000 records; <c>next_cursor</c> leads on.</summary>
/// <param name="Records">How many there are.</param>
/// <param name="FirstSeq">Number of the first.</param>
/// <param name="LastSeq">Number of the last.</param>
/// <param name="RangeHash">SHA-256 over the hashes in the order of the numbers: to compare with what was noted elsewhere. Where a range takes several answers, each begins with the hash of the one before, so that the last one stands for all.</param>
/// <param name="Altered">Records whose bytes are not those that were hashed, or whose columns say something else; at most 100.</param>
/// <param name="Missing">Numbers that are not there; at most 100 stretches. Retention and erasure leave such gaps, and rows in the audit log.</param>
/// <param name="Deletions">Runs of retention that deleted something, and erasures, since the first record was written.</param>
/// <param name="IsIntact">Nothing altered, and nothing missing.</param>
/// <param name="Remaining">How many numbers of the range are still to be looked at.</param>
/// <param name="NextCursor">Goes on where this answer ends; null at the end of the range.</param>
public sealed record Verification(
    long Records, long? FirstSeq, long? LastSeq, DateTimeOffset? FirstTime, DateTimeOffset? LastTime, string RangeHash, IReadOnlyList<long> Altered,
    IReadOnlyList<SeqRange> Missing, int Deletions, bool IsIntact, long Remaining, string? NextCursor);

/// <summary>Numbers from one to the other, both included.</summary>
public sealed record SeqRange(long From, long To);
