using System.Text;
using Interven.Contracts;
using Interven.Engine.Alerts;
using Interven.Engine.Alerts.Slack;

namespace Interven.Engine.Tests.Alerts;

/// <summary>Alerts with one text put into every field that comes from outside.</summary>
static class Samples
{
    public static readonly SlackButtons Buttons = new("01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c11", "0123456789abcdef", RiskBand.High);

    public static CallFacts Call(string text = "x", RiskBand band = RiskBand.Medium, string? url = null, byte[]? body = null) => new()
    {
        Trace = new("01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c12"), Time = DateTimeOffset.UnixEpoch, Decision = Decision.Deny, AgentId = text, AgentName = text + "n", Env = text, Tool = text,
        Operation = text, Method = text, Url = url ?? "https://pay.example/v1/" + text, Band = band, Score = .4, Reasons = [text, "HIGH_VALUE"], PolicyName = text,
        Body = body ?? Encoding.UTF8.GetBytes($$"""{"to":{{System.Text.Json.JsonSerializer.Serialize(text)}}}"""),
    };

    public static Alert.Approval Approval(string text = "x", RiskBand band = RiskBand.Medium, ApprovalState state = ApprovalState.Pending, CallFacts? call = null, int required = 1) => new(
        text, "https://interven.example/approvals/1", call ?? Call(text, band),
        new(new("01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c13"), text, new string('a', 64), DateTimeOffset.UnixEpoch.AddMinutes(10), state, null, required, [new(text, "approve", DateTimeOffset.UnixEpoch)], text,
            state == ApprovalState.Pending ? null : DateTimeOffset.UnixEpoch));

    public static IEnumerable<Alert> Every(string text) =>
    [
        .. Enum.GetValues<ApprovalState>().SelectMany(state => Enum.GetValues<RiskBand>().Select(band => Approval(text, band, state))),
        Approval(text, required: 3),
        new Alert.Decided(text, "https://interven.example/activity/1", Call(text)),
        new Alert.Incident(text, "https://interven.example/incidents/1", new("1", text, RiskBand.High, text, text, text, text)),
        new Alert.Summary(text, "https://interven.example/approvals", AlertEvents.RequireApproval, 412),
        new Alert.Test(text, "https://interven.example/alerts", text),
    ];
}
