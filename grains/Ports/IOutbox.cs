namespace Interven.Grains.Ports;

/// <summary>Something to send, written in the transaction that caused it. Sent at least once.</summary>
/// <param name="Tenant">Owner.</param>
/// <param name="Kind">One of <see cref="OutboxKinds"/>.</param>
/// <param name="Channel">Where it goes, e.g. an alert channel's id; empty lets the sender fan it out.</param>
/// <param name="Subject">What it is about, e.g. the approval id; cards of approvals that are over are dropped by it.</param>
/// <param name="Payload">JSON without detected values.</param>
public sealed record OutboxRow(TenantId Tenant, string Kind, string Channel, string Subject, string Payload);

/// <summary>What can be sent.</summary>
public static class OutboxKinds
{
    /// <summary>A paused call asks for a person. Subject: the approval's id. The card is made from the rows when it is sent; payload <c>{}</c>.</summary>
    public const string ApprovalCard = "approval_card";

    /// <summary>A call was denied or redacted. Subject: the record's trace id; payload <c>{}</c>.</summary>
    public const string DecisionAlert = "decision_alert";

    /// <summary>An incident was opened or got worse. Subject: its id; payload <c>{"title", "severity" (a band's word), "status", "agent_id", "tool_name", "env_name"}</c>.</summary>
    public const string IncidentAlert = "incident_alert";

    /// <summary>A card that was posted says something else now. Subject: the approval's id.</summary>
    public const string CardUpdate = "card_update";

    /// <summary>Words to the one person who clicked. Payload: sealed, base64.</summary>
    public const string SlackReply = "slack_reply";
}

/// <param name="Id">Number.</param>
/// <param name="Row">What to send.</param>
/// <param name="CreatedAt">When it was caused.</param>
/// <param name="Attempts">Deliveries tried, this one included.</param>
public sealed record OutboxItem(long Id, OutboxRow Row, DateTimeOffset CreatedAt, int Attempts);

/// <summary>
/// What waits to be sent. New messages of one channel go one at a time, at a pace that all silos share: whoever takes the channel's turn holds it until
/// <see cref="EndTurn"/>, or until the hold is over. Changes of what was posted, and words to one person, are not paced.
/// </summary>
public interface IOutbox
{
    ValueTask Add(IReadOnlyList<OutboxRow> rows, CancellationToken cancel = default);

    /// <summary>Takes due items that are to be fanned out, or that are not paced, for <paramref name="hold"/>: another silo does not get them before that.</summary>
    ValueTask<IReadOnlyList<OutboxItem>> Take(int limit, TimeSpan hold, CancellationToken cancel = default);

    /// <summary>Takes the turns of channels that have something due and whose pace allows it, each with its oldest item.</summary>
    ValueTask<IReadOnlyList<OutboxTurn>> TakeTurns(int limit, TimeSpan hold, CancellationToken cancel = default);

    /// <summary>Replaces an item by one for each channel, once.</summary>
    ValueTask FanOut(OutboxItem item, IReadOnlyList<string> channels, CancellationToken cancel = default);

    ValueTask Done(OutboxItem item, string detail = "", CancellationToken cancel = default);

    /// <summary>Nobody needs it any more.</summary>
    ValueTask Dropped(OutboxItem item, string detail, CancellationToken cancel = default);

    /// <summary>Again after a while, or never (<paramref name="again"/> null: dead letter, shown in the console).</summary>
    ValueTask Failed(OutboxItem item, string detail, TimeSpan? again, CancellationToken cancel = default);

    /// <summary>Ends a channel's items up to this one that wait and were told of in one message; returns how many.</summary>
    ValueTask<int> ToldTogether(OutboxItem last, string detail, CancellationToken cancel = default);

    /// <summary>The channel may have its next turn after <paramref name="pause"/>.</summary>
    /// <param name="turn">The one that ends.</param>
    /// <param name="pause">From now.</param>
    /// <param name="error">What went wrong with the channel; empty where it took the message, null where nothing was sent.</param>
    /// <param name="cancel">Ends the attempt.</param>
    ValueTask EndTurn(OutboxTurn turn, TimeSpan pause, string? error, CancellationToken cancel = default);

    /// <summary>Newest deliveries of a channel.</summary>
    ValueTask<IReadOnlyList<Delivery>> Deliveries(TenantId tenant, string channel, int limit, CancellationToken cancel = default);

    ValueTask<IReadOnlyList<ChannelHealth>> Health(TenantId tenant, CancellationToken cancel = default);

    /// <summary>Deletes what is over for longer than that; returns how many.</summary>
    ValueTask<int> Clear(TimeSpan olderThan, int limit, CancellationToken cancel = default);
}

/// <param name="Item">Oldest that is due.</param>
/// <param name="Waiting">What waits for this channel, by kind, this one included; newest first.</param>
/// <param name="Failures">Turns that failed since the last one that did not.</param>
public sealed record OutboxTurn(OutboxItem Item, IReadOnlyList<WaitingKind> Waiting, int Failures);

/// <param name="Kind">One of <see cref="OutboxKinds"/>.</param>
/// <param name="Count">How many.</param>
/// <param name="Last">The newest one's number.</param>
public sealed record WaitingKind(string Kind, int Count, long Last);

/// <param name="LastError">Empty where the last turn was no failure.</param>
public sealed record ChannelHealth(string Channel, int Failures, string LastError, DateTimeOffset? LastDeliveredAt, int Waiting);

public sealed record Delivery(OutboxItem Item, DeliveryState State, string Detail, DateTimeOffset ChangedAt, DateTimeOffset DueAt);

public enum DeliveryState : byte { Waiting, Done, Dead, Dropped }
