namespace Interven.Contracts.Policies;

/// <summary>What a draft would have made of recorded calls, compared with what the policies of today make of them.</summary>
/// <param name="Records">Calls that were asked about.</param>
/// <param name="Flipped">How many would have been decided otherwise.</param>
/// <param name="Flips">At most 50 of them, the newest first.</param>
/// <param name="ByDecision">Every decision, before and after.</param>
/// <param name="Undetermined">Calls of which too little was kept to tell: a rule looks for what was redacted, or for what is never kept.</param>
/// <param name="IsTruncated">There were more calls than are replayed at once (50,000); the newest count.</param>
public sealed record HistorySimulation(
    DateTimeOffset Since, DateTimeOffset Until, long Records, long Flipped, IReadOnlyList<Flip> Flips, IReadOnlyList<DecisionShift> ByDecision, long Undetermined, bool IsTruncated);

/// <summary>One call that would have been decided otherwise.</summary>
public sealed record Flip(Guid TraceId, DateTimeOffset Time, string AgentId, string ToolName, string Operation, Decision Before, Decision After);

/// <summary>How often a decision would have been made.</summary>
public sealed record DecisionShift(string Name, long Before, long After);
