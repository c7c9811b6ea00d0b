using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public class OutboxTests(BothStores stores)
{
    static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);

    [Theory, OnBoth]
    public async Task A_channel_has_one_turn_at_a_time_however_many_silos_ask(string store)
    {
        var (outbox, tenant) = (stores.Room(store).Get<IOutbox>(), Make.Tenant());
        await outbox.Add([.. Enumerable.Range(0, 20).Select(n => Card(tenant, n % 2 == 0 ? "a" : "b", $"s{n}"))]);
        var turns = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => outbox.TakeTurns(50, Hold).AsTask()))).SelectMany(some => some).Where(turn => turn.Item.Row.Tenant == tenant).ToList();
        Assert.Equal(["a", "b"], turns.Select(turn => turn.Item.Row.Channel).Order());
        Assert.All(turns, turn => Assert.Equal(10, Assert.Single(turn.Waiting).Count));
        Assert.DoesNotContain(await outbox.TakeTurns(50, Hold), turn => turn.Item.Row.Tenant == tenant);
    }

    [Theory, OnBoth]
    public async Task The_next_turn_comes_after_the_pause_and_with_the_next_item(string store)
    {
        var (outbox, tenant) = (stores.Room(store).Get<IOutbox>(), Make.Tenant());
        await outbox.Add([Card(tenant, "a", "first"), Card(tenant, "a", "second")]);
        var first = await Turn(outbox, tenant);
        await outbox.Done(first.Item, "ok");
        await outbox.EndTurn(first, TimeSpan.FromMinutes(1), "");
        Assert.DoesNotContain(await outbox.TakeTurns(50, Hold), turn => turn.Item.Row.Tenant == tenant);
        await outbox.EndTurn(first, TimeSpan.Zero, "");
        Assert.Equal("second", (await Turn(outbox, tenant)).Item.Row.Subject);
    }

    [Theory, OnBoth]
    public async Task Failures_are_counted_until_one_is_none(string store)
    {
        var (outbox, tenant) = (stores.Room(store).Get<IOutbox>(), Make.Tenant());
        await outbox.Add([Card(tenant, "a", "s")]);
        foreach (var failures in (int[])[0, 1, 2])
        {
            var turn = await Turn(outbox, tenant);
            Assert.Equal(failures, turn.Failures);
            await outbox.Failed(turn.Item, "500", TimeSpan.Zero);
            await outbox.EndTurn(turn, TimeSpan.Zero, "500");
        }
        var health = Assert.Single(await outbox.Health(tenant));
        Assert.Equal((3, "500", 1), (health.Failures, health.LastError, health.Waiting));
        var last = await Turn(outbox, tenant);
        await outbox.Done(last.Item);
        await outbox.EndTurn(last, TimeSpan.Zero, "");
        health = Assert.Single(await outbox.Health(tenant));
        Assert.Equal((0, "", 0), (health.Failures, health.LastError, health.Waiting));
        Assert.NotNull(health.LastDeliveredAt);
    }

    [Theory, OnBoth]
    public async Task An_item_is_fanned_out_once(string store)
    {
        var (outbox, tenant) = (stores.Room(store).Get<IOutbox>(), Make.Tenant());
        await outbox.Add([Card(tenant, "", "s")]);
        var item = Assert.Single(await outbox.Take(500, Hold), one => one.Row.Tenant == tenant);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => outbox.FanOut(item, ["a", "b"]).AsTask()));
        foreach (var channel in (string[])["a", "b"])
            Assert.Equal("s", Assert.Single(await outbox.Deliveries(tenant, channel, 10)).Item.Row.Subject);
    }

    [Theory, OnBoth]
    public async Task Many_told_together_are_over(string store)
    {
        var (outbox, tenant) = (stores.Room(store).Get<IOutbox>(), Make.Tenant());
        await outbox.Add([.. Enumerable.Range(0, 40).Select(n => Card(tenant, "a", $"s{n}"))]);
        var turn = await Turn(outbox, tenant);
        await outbox.Add([Card(tenant, "a", "later")]);
        Assert.Equal(40, await outbox.ToldTogether(turn.Item with { Id = Assert.Single(turn.Waiting).Last }, "together"));
        Assert.Equal("later", Assert.Single(await outbox.Deliveries(tenant, "a", 500), one => one.State == DeliveryState.Waiting).Item.Row.Subject);
    }

    [Theory, OnBoth]
    public async Task A_signature_counts_once(string store)
    {
        var (slack, tenant, channel) = (stores.Room(store).Get<ISlackStore>(), Make.Tenant(), Guid.CreateVersion7().ToString());
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => slack.TakeSignature(tenant, channel, [1, 2, 3], null).AsTask()));
        Assert.Single(taken, isNew => isNew);
        Assert.True(await slack.TakeSignature(tenant, channel, [1, 2, 4], null));
    }

    [Theory, OnBoth]
    public async Task A_card_of_a_click_is_changed_as_often_as_its_URL_allows(string store)
    {
        var room = stores.Room(store);
        var (slack, approvals, outbox) = (room.Get<ISlackStore>(), room.Get<IApprovalStore>(), room.Get<IOutbox>());
        var opening = Make.Opening(Make.Tenant());
        await approvals.Open(opening, [], Make.Audit(opening.Tenant));
        await slack.TakeSignature(opening.Tenant, "c", [1], new(opening.Tenant, opening.Approval, "c", [7], 2, TimeSpan.FromMinutes(5)));
        await approvals.Change(opening.Tenant, opening.Approval, 1, Make.Decide(opening.Tenant, ApprovalState.Pending));
        await approvals.Change(opening.Tenant, opening.Approval, 2, Make.Decide(opening.Tenant, ApprovalState.Approved));
        var updates = (await outbox.Deliveries(opening.Tenant, "c", 10)).Select(one => (one.Item.Row.Kind, one.State)).ToList();
        Assert.Equal([(OutboxKinds.CardUpdate, DeliveryState.Waiting), (OutboxKinds.CardUpdate, DeliveryState.Dropped)], updates);
        var uses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => slack.Use(opening.Tenant, opening.Approval, "c").AsTask()));
        Assert.Equal(2, uses.Count(use => use is { Sealed: [7] }));
    }

    [Theory, OnBoth]
    public async Task A_bots_card_outlives_clicks_and_follows_the_expiry(string store)
    {
        var room = stores.Room(store);
        var (slack, approvals, outbox) = (room.Get<ISlackStore>(), room.Get<IApprovalStore>(), room.Get<IOutbox>());
        var opening = Make.Opening(Make.Tenant(), lifeMs: 1);
        await approvals.Open(opening, [], Make.Audit(opening.Tenant));
        await slack.Keep(new(opening.Tenant, opening.Approval, "c", [1], null, null));
        await slack.Keep(new(opening.Tenant, opening.Approval, "c", [2], 3, TimeSpan.FromMinutes(1)));
        Assert.Equal([1], (await slack.Use(opening.Tenant, opening.Approval, "c"))!.Sealed);
        await Eventually.Is(async () =>
        {
            await approvals.ExpireDue(500);
            return (await outbox.Deliveries(opening.Tenant, "c", 10)).Count == 1;
        }, "the card is to say that it expired");
    }

    [Theory, OnBoth]
    public async Task A_channel_is_found_by_its_id_alone(string store)
    {
        var room = stores.Room(store);
        var (tenant, id) = (Make.Tenant(), Guid.CreateVersion7().ToString());
        await room.Get<IDocumentStore>().Create(new(tenant, "channel", id, "desk", "{}"), Make.Audit(tenant));
        await room.Get<IDocumentStore>().Create(new(tenant, "credential", Guid.CreateVersion7().ToString(), "desk", "{}"), Make.Audit(tenant));
        Assert.Equal(tenant, (await room.Get<ISlackStore>().FindChannel(id))!.Document.Tenant);
        Assert.Null(await room.Get<ISlackStore>().FindChannel(Guid.CreateVersion7().ToString()));
    }

    static OutboxRow Card(TenantId tenant, string channel, string subject) => new(tenant, OutboxKinds.ApprovalCard, channel, subject, "{}");

    static async Task<OutboxTurn> Turn(IOutbox outbox, TenantId tenant) => Assert.Single(await outbox.TakeTurns(500, Hold), turn => turn.Item.Row.Tenant == tenant);
}
