using System.Globalization;
using Interven.Contracts;

namespace Interven.Engine.Alerts;

/// <summary>An alert as a title of our own and lines of facts, for channels that only show.</summary>
static class AlertWords
{
    public static string Title(Alert alert) => alert switch
    {
        Alert.Approval approval => $"Approval needed · {approval.Call.Band.Word()} risk",
        Alert.Decided { Call.Decision: Decision.Sanitize } decided => $"Redacted · {decided.Call.Band.Word()} risk",
        Alert.Decided decided => $"Denied · {decided.Call.Band.Word()} risk",
        Alert.Incident incident => $"Incident · {incident.Facts.Severity.Word()}",
        Alert.Summary { Kind: AlertEvents.RequireApproval } summary => $"+{summary.Count} calls wait for a decision",
        Alert.Summary summary => $"+{summary.Count} more alerts",
        _ => "Sample from Interven",
    };

    public static IReadOnlyList<(string Label, string Text)> Facts(Alert alert) => alert switch
    {
        Alert.Approval approval =>
        [
            ("", approval.Facts.Sentence), .. Call(approval.TenantName, approval.Call),
            .. approval.Facts.EscalateTo is { Length: > 0 } whom ? [("Escalate to", whom)] : (IReadOnlyList<(string, string)>)[],
            ("Expires", string.Create(CultureInfo.InvariantCulture, $"{approval.Facts.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")),
        ],
        Alert.Decided decided => Call(decided.TenantName, decided.Call),
        Alert.Incident incident => [("", incident.Facts.Title), ("Tenant", incident.TenantName), ("Status", incident.Facts.Status), ("Agent", incident.Facts.AgentId)],
        Alert.Summary summary => [("Tenant", summary.TenantName), ("", "Too many to post one by one. The console shows all of them.")],
        Alert.Test test => [("Tenant", test.TenantName), ("Channel", test.ChannelName), ("", "This is a sample. Alerts will look like this.")],
        _ => [],
    };

    static IReadOnlyList<(string, string)> Call(string tenant, CallFacts call) =>
    [
        ("Agent", call.AgentId), ("Call", $"{call.Tool}.{call.Operation}"), ("Destination", call.Host), ("Why", string.Join(", ", call.Reasons)), ("Tenant", $"{tenant} / {call.Env}"),
    ];
}
