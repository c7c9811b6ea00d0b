namespace Interven.Contracts.Agents;

/// <summary>An agent as it was seen. The id is a label that callers give below their key.</summary>
/// <param name="Status"><c>active</c> or <c>suspended</c>.</param>
/// <param name="Owner">Who counts as its owner for the separation of duties: a user id or e-mail address.</param>
/// <param name="Scans">Calls recorded; written every few seconds.</param>
public sealed record AgentSummary(
    string AgentId, string Name, string Runtime, string Status, string? SuspendedReason, string? Owner, long Scans, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt);

/// <summary>An agent with what is known of it.</summary>
/// <param name="Trust">The agent's trust below each key that used it lately, with the key's own.</param>
/// <param name="Decisions">Of its newest records, at most 1,000.</param>
/// <param name="Tools">The tools of these records, most used first, at most 10.</param>
public sealed record AgentDetail(AgentSummary Agent, IReadOnlyList<AgentTrust> Trust, IReadOnlyList<AgentCount> Decisions, IReadOnlyList<AgentCount> Tools);

/// <summary>Trust, 0 to 1. The lower of the two counts.</summary>
/// <param name="Trust">Of the agent below this key.</param>
/// <param name="KeyTrust">Of all agents below this key together.</param>
/// <param name="Scans">Calls that the agent's habits rest on.</param>
public sealed record AgentTrust(string KeyId, double Trust, double KeyTrust, long Scans);

/// <summary>How often something occurred.</summary>
public sealed record AgentCount(string Name, int Count);

/// <summary>Changes what people keep of an agent.</summary>
/// <param name="Owner">At most 200 characters; empty takes the owner away.</param>
public sealed record PatchAgentRequest(string? Owner = null);
