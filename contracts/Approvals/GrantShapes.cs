using System.ComponentModel.DataAnnotations;

namespace Interven.Contracts.Approvals;

/// <summary>What an approval left behind: permission for the identical call, inside a window.</summary>
/// <param name="Sentence">What it permits.</param>
/// <param name="Edited">It permits the edited body, not the proposed one.</param>
/// <param name="UsesLeft">Executions that are left.</param>
/// <param name="EndsAt">From then on nothing can be used.</param>
/// <param name="GrantedBy">Who decided, as <c>kind/id</c>.</param>
/// <param name="GrantedByName">Who that is for people: an e-mail address, a service account's name.</param>
public sealed record Grant(
    Guid ApprovalId, string AgentId, string EnvName, string ToolName, string Operation, string Sentence, string CallHash, bool Edited,
    int GrantUses, int UsesLeft, DateTimeOffset? EndsAt, DateTimeOffset? GrantedAt, string? GrantedBy, DateTimeOffset? LastUsedAt,
    string? GrantedByName = null);

/// <summary>People whom a rule's <c>approver_group</c> names.</summary>
/// <param name="Name">What rules say; 1 to 100 characters.</param>
/// <param name="Members">Up to 200: <c>kind/id</c> (<c>user/…</c>, <c>service_account/…</c>, <c>slack/…</c>) or a user's e-mail address.</param>
public sealed record ApproverGroup(Guid GroupId, string Name, IReadOnlyList<string> Members, DateTimeOffset ChangedAt);

/// <summary>Makes a group, or sets its members.</summary>
/// <param name="Name">1 to 100 characters, unique; the group's identity for rules.</param>
/// <param name="Members">1 to 200: <c>kind/id</c> or an e-mail address.</param>
public sealed record ApproverGroupRequest([property: Required] string? Name, [property: Required] IReadOnlyList<string>? Members);
