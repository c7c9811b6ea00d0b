using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Interven.Contracts.Alerts;

/// <summary>A new alert channel.</summary>
/// <param name="Type"><c>slack</c>, <c>webhook</c>, <c>teams</c> or <c>discord</c>; fixed from then on.</param>
/// <param name="Name">1 to 100 characters, unique in the tenant.</param>
/// <param name="WebhookUrl">Where it posts. A secret: no answer shows it. A Slack channel with a bot token needs none.</param>
/// <param name="SigningSecret">Slack: the app's signing secret, required. Webhook: what our posts are signed with, 16 to 200 characters, required.</param>
/// <param name="BotToken">Slack: a bot's token (<c>chat:write</c>), so that cards can be changed at any time.</param>
/// <param name="SlackChannel">Slack: id of the channel that the bot posts to; required with a bot token.</param>
/// <param name="TeamId">Slack: the workspace's id; clicks of anyone from another one are refused.</param>
/// <param name="Events">Of <c>REQUIRE_APPROVAL</c>, <c>DENY</c>, <c>SANITIZE</c>, <c>INCIDENT</c>; absent means REQUIRE_APPROVAL, DENY and INCIDENT.</param>
/// <param name="MinRisk">Least band of DENY, SANITIZE and INCIDENT alerts: <c>any</c> (default), <c>LOW</c>, <c>MEDIUM</c>, <c>HIGH</c>, <c>CRITICAL</c>. Approvals are always sent.</param>
/// <param name="Tools">Only these tools; absent or empty for all.</param>
/// <param name="Agents">Only these agents; absent or empty for all.</param>
/// <param name="EnvNames">Only these environments; absent or empty for all.</param>
/// <param name="Approvers">Slack: who may decide here; absent or empty for anyone in the channel.</param>
/// <param name="AllowUnlinked">Slack: whether somebody who is no console user may decide. Default true.</param>
/// <param name="MaxBand">Slack: highest risk band that may be approved there. Default <c>HIGH</c>.</param>
public sealed record CreateAlertRequest(
    [property: Required] string? Type, [property: Required] string? Name, string? WebhookUrl = null, string? SigningSecret = null, string? BotToken = null,
    string? SlackChannel = null, string? TeamId = null, IReadOnlyList<string>? Events = null, string? MinRisk = null, IReadOnlyList<string>? Tools = null,
    IReadOnlyList<string>? Agents = null, IReadOnlyList<string>? EnvNames = null, IReadOnlyList<AlertApprover>? Approvers = null,
    bool? AllowUnlinked = null, string? MaxBand = null);

/// <summary>Changes a channel; what is absent stays as it is. An empty text takes an optional value away.</summary>
/// <param name="Enabled">False: nothing is sent, and no click is taken.</param>
public sealed record PatchAlertRequest(
    string? Name = null, bool? Enabled = null, string? WebhookUrl = null, string? SigningSecret = null, string? BotToken = null,
    string? SlackChannel = null, string? TeamId = null, IReadOnlyList<string>? Events = null, string? MinRisk = null, IReadOnlyList<string>? Tools = null,
    IReadOnlyList<string>? Agents = null, IReadOnlyList<string>? EnvNames = null, IReadOnlyList<AlertApprover>? Approvers = null,
    bool? AllowUnlinked = null, string? MaxBand = null);

/// <summary>Somebody who may decide from a Slack channel.</summary>
/// <param name="SlackUserId">The member id in Slack, e.g. <c>U024BE7LH</c>.</param>
/// <param name="Email">The console user that this is; absent for nobody.</param>
public sealed record AlertApprover([property: Required] string? SlackUserId, string? Email = null);

/// <summary>An alert channel, without its secrets.</summary>
/// <param name="InteractionsUrl">Slack: what to enter as the app's Request URL; null for other types.</param>
/// <param name="WebhookHost">The host that it posts to; the rest of the URL is a secret.</param>
/// <param name="HasBotToken">Cards can be changed at any time, not only after a click.</param>
/// <param name="Warnings">What people should know of these settings, in words.</param>
/// <param name="IsFailing">The newest delivery failed.</param>
/// <param name="LastError">Why; null where it did not.</param>
/// <param name="Waiting">Deliveries that are due or will be tried again.</param>
public sealed record AlertChannel(
    Guid Id, string Type, string Name, bool Enabled, IReadOnlyList<string> Events, string MinRisk, IReadOnlyList<string> Tools, IReadOnlyList<string> Agents,
    IReadOnlyList<string> EnvNames, IReadOnlyList<AlertApprover> Approvers, bool AllowUnlinked, string MaxBand, string? TeamId, string? SlackChannel,
    bool HasBotToken, string? WebhookHost, string? InteractionsUrl, IReadOnlyList<string> Warnings, bool IsFailing, string? LastError,
    DateTimeOffset? LastDeliveredAt, int Waiting, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <summary>What became of a test message.</summary>
/// <param name="Delivered">The other side took it.</param>
/// <param name="Detail">What it answered, or what went wrong.</param>
public sealed record AlertTestResult(bool Delivered, string Detail);

/// <summary>One thing that was to be sent.</summary>
/// <param name="Kind"><c>approval_card</c>, <c>decision_alert</c>, <c>incident_alert</c>, <c>card_update</c>, <c>slack_reply</c>.</param>
/// <param name="Subject">Id of what it is about.</param>
/// <param name="State"><c>waiting</c>, <c>delivered</c>, <c>dead</c> (given up), <c>dropped</c> (nobody needs it any more).</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Detail">What the other side answered last.</param>
public sealed record AlertDelivery(
    long Id, string Kind, string Subject, string State, int Attempts, string Detail, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? NextTryAt = null);
