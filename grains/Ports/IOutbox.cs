namespace Interven.Grains.Ports;

/// <summary>Something to send, written in the transaction that caused it. Sent at least once.</summary>
/// <param name="Tenant">Owner.</param>
/// <param name="Kind">What it is, e.g. <c>approval_card</c>.</param>
/// <param name="Channel">Where it goes, e.g. an alert channel's id; empty lets the sender fan it out.</param>
/// <param name="Subject">What it is about, e.g. the approval id; cards of approvals that are over are dropped by it.</param>
/// <param name="Payload">JSON without detected values.</param>
public sealed record OutboxRow(TenantId Tenant, string Kind, string Channel, string Subject, string Payload);

/// <param name="Id">Number.</param>
/// <param name="Row">What to send.</param>
/// <param name="CreatedAt">When it was caused.</param>
/// <param name="Attempts">Deliveries tried, this one included.</param>
public sealed record OutboxItem(long Id, OutboxRow Row, DateTimeOffset CreatedAt, int Attempts);

public interface IOutbox
{
    ValueTask Add(IReadOnlyList<OutboxRow> rows, CancellationToken cancel = default);

    /// <summary>Takes due items for <paramref name="hold"/>: another silo does not get them before that.</summary>
    ValueTask<IReadOnlyList<OutboxItem>> Take(int limit, TimeSpan hold, CancellationToken cancel = default);

    ValueTask Done(OutboxItem item, CancellationToken cancel = default);

    /// <summary>Again after a while, or never (<paramref name="again"/> null: dead letter, shown in the console).</summary>
    ValueTask Failed(OutboxItem item, string detail, TimeSpan? again, CancellationToken cancel = default);

    /// <summary>Newest deliveries of a channel.</summary>
    ValueTask<IReadOnlyList<Delivery>> Deliveries(TenantId tenant, string channel, int limit, CancellationToken cancel = default);
}

public sealed record Delivery(OutboxItem Item, DeliveryState State, string Detail, DateTimeOffset ChangedAt);

public enum DeliveryState : byte { Waiting, Done, Dead, Dropped }
