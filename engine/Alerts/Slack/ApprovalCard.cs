using System.Globalization;
using Interven.Contracts;
using Interven.Engine.Approvals;

namespace Interven.Engine.Alerts.Slack;

/// <summary>The card of one approval: while it is pending, and how it ended.</summary>
public static class ApprovalCard
{
    const int HashShown = 12;
    const int LongestSentence = 1000;

    public static Message Of(Alert.Approval alert, SlackButtons? buttons)
    {
        var (call, facts) = (alert.Call, alert.Facts);
        if (facts.State != ApprovalState.Pending)
            return Over(alert, buttons);
        var sentence = SlackLimits.Shown(facts.Sentence, LongestSentence);
        var body = SlackCard.Body(call);
        var isWhole = sentence.IsExact && body.IsExact && SlackCard.AreExact(call);
        return new()
        {
            Text = "Interven: a call waits for a decision.",
            Blocks =
            [
                new HeaderBlock(new($"Approval needed · {call.Band.Word()} risk")),
                new SectionBlock(new PlainText(SlackLimits.Line(facts.Sentence, LongestSentence))),
                SlackCard.Fields(alert.TenantName, call, facts.EscalateTo),
                .. body.Text.Length > 0 ? [new SectionBlock(new PlainText(body.Text))] : (IReadOnlyList<Block>)[],
                .. Remarks(facts, call, isWhole, buttons),
                new ContextBlock([new Markdown($"{Date(facts.ExpiresAt, "Expires")} · call `{facts.Hash[..HashShown]}`")]),
                new ActionsBlock("interven", Buttons(alert, buttons, isWhole)),
            ],
        };
    }

    /// <summary>Whether the call may be approved from this card: all of it is on it, and the risk is not too high for Slack.</summary>
    public static bool MayApprove(Alert.Approval alert, RiskBand maxBand) =>
        alert.Call.Band <= maxBand && SlackLimits.Shown(alert.Facts.Sentence, LongestSentence).IsExact && SlackCard.Body(alert.Call).IsExact && SlackCard.AreExact(alert.Call);

    static Message Over(Alert.Approval alert, SlackButtons? buttons)
    {
        var facts = alert.Facts;
        return new()
        {
            Text = "Interven: a call was decided.",
            Blocks =
            [
                new HeaderBlock(new($"{OutcomeOf(facts)} · {alert.Call.Band.Word()} risk")),
                new SectionBlock(new PlainText(SlackLimits.Line(facts.Sentence, LongestSentence))),
                SlackCard.Fields(alert.TenantName, alert.Call),
                SlackCard.Plain(Ending(facts)),
                .. facts.DecidedAt is { } at ? [new ContextBlock([new Markdown(Date(at, "Decided"))])] : (IReadOnlyList<Block>)[],
                new ActionsBlock("interven", [SlackCard.Link("Open in console", alert.Link, buttons)]),
            ],
        };
    }

    static string OutcomeOf(ApprovalFacts facts) => facts.State switch
    {
        ApprovalState.Approved => "Approved",
        ApprovalState.Denied => "Denied",
        ApprovalState.Expired => "Expired",
        _ => "Withdrawn",
    };

    static string Ending(ApprovalFacts facts) => facts.State switch
    {
        ApprovalState.Approved => $"Approved by {People(facts, ApprovalRules.Approves)}.",
        ApprovalState.Denied when facts.Reason == ReasonCodes.PolicyChanged => "Denied: the rules changed since the approval was asked for, and now deny the call.",
        ApprovalState.Denied => $"Denied by {facts.DecidedBy}.",
        ApprovalState.Expired => "Nobody answered in time; the call was not made.",
        _ => "The call was withdrawn; nobody waits for it.",
    };

    static string People(ApprovalFacts facts, string vote)
    {
        var people = facts.Votes.Where(one => one.Vote == vote).Select(one => one.By).Distinct(StringComparer.Ordinal).ToArray();
        return people.Length > 0 ? string.Join(", ", people) : facts.DecidedBy ?? "somebody";
    }

    static IEnumerable<Block> Remarks(ApprovalFacts facts, CallFacts call, bool isWhole, SlackButtons? buttons)
    {
        var approved = facts.Votes.Where(one => one.Vote == ApprovalRules.Approves).Select(one => one.By).Distinct(StringComparer.Ordinal).ToArray();
        if (facts.Required > 1)
            yield return SlackCard.Plain($"{approved.Length} of {facts.Required} people approved{(approved.Length > 0 ? ": " + string.Join(", ", approved) : "")}.");
        if (!facts.DutiesAreSeparate)
            yield return SlackCard.Plain("\u26A0 Separation of duties is not enforced: whoever minted the calling key, or owns the agent, may approve this call.");
        if (!isWhole)
            yield return SlackCard.Plain("Not all of this call can be shown here, so it can be approved in the console only.");
        else if (buttons is not null && call.Band > buttons.MaxBand)
            yield return SlackCard.Plain($"Calls of {call.Band.Word()} risk are approved in the console only.");
    }

    static List<Button> Buttons(Alert.Approval alert, SlackButtons? buttons, bool isWhole)
    {
        if (buttons is null)
            return [SlackCard.Link("Review in console", alert.Link, buttons)];
        var value = SlackCard.Value(alert.Facts.Id.ToString("N"), buttons);
        var deny = SlackCard.Push("Deny", SlackCard.Deny, "danger", value);
        if (!isWhole || alert.Call.Band > buttons.MaxBand)
            return [SlackCard.Link("Review in console", alert.Link, buttons), deny];
        var approve = SlackCard.Push("Approve", SlackCard.Approve, "primary", value);
        return [alert.Call.Band >= RiskBand.High ? approve with { Confirm = Confirmation(alert) } : approve, deny, SlackCard.Link("Open in console", alert.Link, buttons)];
    }

    static ConfirmationDialog Confirmation(Alert.Approval alert) => new(
        new($"Approve a call of {alert.Call.Band.Word()} risk?"), new PlainText(SlackLimits.Line(alert.Facts.Sentence, SlackLimits.ConfirmText)), new("Approve"), new("Not now"));

    /// <summary>Slack shows it in each reader's own time; the words after the bar are for clients that cannot.</summary>
    static string Date(DateTimeOffset time, string what) => string.Create(
        CultureInfo.InvariantCulture, $"<!date^{time.ToUnixTimeSeconds()}^{what} {{date_short_pretty}} at {{time_secs}}|{what} {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC>");
}
