using System.Globalization;
using Interven.Contracts;

namespace Interven.Engine.Alerts.Slack;

/// <summary>What the buttons of a card carry and allow.</summary>
/// <param name="ChannelId">The alert channel.</param>
/// <param name="Nonce">Ties the buttons to this card.</param>
/// <param name="MaxBand">Highest band that may be approved in Slack.</param>
public sealed record SlackButtons(string ChannelId, string Nonce, RiskBand MaxBand);

/// <summary>
/// Cards as Slack shows them. Everything from outside is plain text; what cannot be shown whole cannot be approved here: then the button to approve
/// is one to the console.
/// </summary>
public static class SlackCard
{
    public const string Approve = "interven_approve", Deny = "interven_deny", Console = "interven_console";
    const int LongestBody = 2800;
    const int Longest = 400;

    public static Message Of(Alert alert, SlackButtons? buttons) => alert switch
    {
        Alert.Approval approval => ApprovalCard.Of(approval, buttons),
        Alert.Decided decided => Decided(decided, buttons),
        Alert.Incident incident => Incident(incident, buttons),
        Alert.Summary summary => Summary(summary, buttons),
        Alert.Test test => Test(test, buttons),
        _ => throw new InvalidOperationException("Unknown alert."),
    };

    /// <summary>What became of the sample.</summary>
    public static Message Tested(string who, bool approved) => new()
    {
        Text = "Interven: the buttons of the sample work.",
        Blocks = [new HeaderBlock(new("The buttons work")), Plain($"{who} clicked {(approved ? "Approve" : "Deny")} on the sample. Nothing was changed.")],
        ReplaceOriginal = true,
    };

    /// <summary>Words to the one who clicked. <paramref name="words"/> are ours.</summary>
    public static Message Reply(string words) => new() { Text = SlackLimits.Escape(words), ResponseType = "ephemeral", ReplaceOriginal = false };

    static Message Decided(Alert.Decided alert, SlackButtons? buttons)
    {
        var what = alert.Call.Decision == Decision.Sanitize ? "Redacted" : "Denied";
        return new()
        {
            Text = $"Interven: a call was {what.ToLowerInvariant()}.",
            Blocks =
            [
                new HeaderBlock(new($"{what} · {alert.Call.Band.Word()} risk")),
                Fields(alert.TenantName, alert.Call),
                new ActionsBlock("interven", [Link("Open in console", alert.Link, buttons)]),
            ],
        };
    }

    static Message Incident(Alert.Incident alert, SlackButtons? buttons) => new()
    {
        Text = "Interven: an incident wants attention.",
        Blocks =
        [
            new HeaderBlock(new($"Incident · {alert.Facts.Severity.Word()}")),
            Plain(alert.Facts.Title),
            new SectionBlock(Fields: [.. new[] { ("Tenant", alert.TenantName), ("Status", alert.Facts.Status), ("Agent", alert.Facts.AgentId), ("Tool", alert.Facts.Tool) }
                .Where(one => one.Item1 == "Tenant" || one.Item2.Length > 0).Select(one => Field(one.Item1, one.Item2))]),
            new ActionsBlock("interven", [Link("Open in console", alert.Link, buttons)]),
        ],
    };

    static Message Summary(Alert.Summary alert, SlackButtons? buttons)
    {
        var words = alert.Kind == AlertEvents.RequireApproval ? $"+{alert.Count} calls wait for a decision" : $"+{alert.Count} more alerts";
        return new()
        {
            Text = "Interven: more than this channel can take at once.",
            Blocks =
            [
                new HeaderBlock(new(words)),
                Plain($"{alert.TenantName}: too many to post one by one. The console shows all of them."),
                new ActionsBlock("interven", [Link("Open console", alert.Link, buttons)]),
            ],
        };
    }

    static Message Test(Alert.Test alert, SlackButtons? buttons) => new()
    {
        Text = "Interven: a sample.",
        Blocks =
        [
            new HeaderBlock(new("Sample: approval needed")),
            Plain($"This is a sample for the channel \"{alert.ChannelName}\" of {alert.TenantName}. Its buttons work and change nothing."),
            new ActionsBlock("interven", buttons is null ? [Link("Open console", alert.Link, null)]
                : [Push("Approve", Approve, "primary", Value(ButtonValue.Test, buttons)), Push("Deny", Deny, "danger", Value(ButtonValue.Test, buttons)), Link("Open console", alert.Link, buttons)]),
        ],
    };

    internal static SectionBlock Fields(string tenant, CallFacts call, string? escalateTo = null) => new(Fields:
    [
        Field("Agent", call.AgentName.Length > 0 && call.AgentName != call.AgentId ? $"{call.AgentName} ({call.AgentId})" : call.AgentId),
        Field("Call", $"{call.Tool}.{call.Operation}"),
        Field("Destination", call.Host.Length > 0 ? call.Host : "none"),
        Field("Risk", string.Create(CultureInfo.InvariantCulture, $"{call.Band.Word()} ({call.Score:0.00})")),
        Field("Why", string.Join(", ", call.Reasons)),
        Field("Tenant", $"{tenant} / {call.Env}"),
        Field("Request", $"{call.Method} {call.Url}"),
        .. call.PolicyName is { } policy ? [Field("Policy", policy)] : (IReadOnlyList<TextObject>)[],
        .. escalateTo is { Length: > 0 } ? [Field("Escalate to", escalateTo)] : (IReadOnlyList<TextObject>)[],
    ]);

    /// <summary>What of the fields decides; anything of it that is not shown whole must be seen in the console.</summary>
    internal static bool AreExact(CallFacts call) =>
        call.UrlIsShown && ((string[])[call.AgentName, call.AgentId, call.Tool, call.Operation, call.Method, call.Url, call.Host]).All(text => SlackLimits.Shown(text, Longest).IsExact);

    internal static ShownText Body(CallFacts call)
    {
        var body = ShownBody.Of(call.Body, LongestBody);
        var shown = SlackLimits.Shown(body.Text, SlackLimits.Section, keepLines: true);
        return new(shown.Text, body.IsExact && shown.IsExact && call.BodyIsShown);
    }

    /// <summary>A line feed between our label and what is theirs, so that theirs cannot look like a label.</summary>
    static PlainText Field(string label, string text) => new($"{label}\n{SlackLimits.Shown(text.Length > 0 ? text : "none", Longest * 2).Text}");

    internal static SectionBlock Plain(string text) => new(new PlainText(SlackLimits.Line(text, SlackLimits.Section)));

    internal static Button Push(string text, string action, string style, string value) => new(new(text), action) { Style = style, Value = value };

    /// <summary>Slack tells of clicks on links too; the value says whose they are, so that they can be acknowledged.</summary>
    internal static Button Link(string text, string url, SlackButtons? buttons) => new(new(text), Console) { Url = url, Value = buttons is null ? null : Value(ButtonValue.Link, buttons) };

    internal static string Value(string subject, SlackButtons buttons) => $"{subject}.{buttons.ChannelId}.{buttons.Nonce}";
}
