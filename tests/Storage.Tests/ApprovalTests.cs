using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class ApprovalTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task Of_many_identical_calls_one_opens_and_the_others_join(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var signature = Make.Opening(tenant).Signature;
        var approvals = room.Get<IApprovalStore>();
        var opened = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ =>
            approvals.Open(Make.Opening(tenant, signature), [new(tenant, "approval_card", "", "x", "{}")], Make.Audit(tenant)).AsTask()));

        var first = Assert.Single(opened, one => one.IsNew);
        Assert.All(opened, one => Assert.Equal(first.Approval, one.Approval));
        Assert.Single(await room.Get<IAuditLog>().List(tenant, new()));
        Assert.Equal(first.Approval, (await approvals.FindCurrent(tenant, signature))!.Opening.Approval);
    }

    [Theory, OnBoth]
    public async Task An_approval_reads_back_as_it_was_opened(string store)
    {
        var room = stores.Room(store);
        var opening = Make.Opening(Make.Tenant()) with { Policy = new(Guid.CreateVersion7()), PolicyVersion = 2, RuleId = "big", ApproverGroup = "risk", Required = 2 };
        await room.Get<IApprovalStore>().Open(opening, [], Make.Audit(opening.Tenant));
        var row = await room.Get<IApprovalStore>().Find(opening.Tenant, opening.Approval);
        Assert.Equal((ApprovalState.Pending, 1, "[]"), (row!.State, row.Version, row.VotesJson));
        Assert.Equivalent(opening with { Life = row.Opening.Life }, row.Opening, strict: true);
        Assert.Equal(600, row.Opening.Life.TotalSeconds, 1);
    }

    [Theory, OnBoth]
    public async Task Of_thousands_who_look_at_once_each_sees_the_approval_that_it_asked_for_and_no_other_tenants(string store)
    {
        var approvals = stores.Room(store).Get<IApprovalStore>();
        ApprovalOpening[] openings = [.. Enumerable.Range(0, 40).Select(_ => Make.Opening(Make.Tenant()))];
        foreach (var opening in openings)
            await approvals.Open(opening, [], Make.Audit(opening.Tenant));
        var looks = await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => approvals.Glance(openings[i % 40].Tenant, openings[i / 40 % 40].Approval)));
        for (var i = 0; i < looks.Length; i++)
            Assert.Equal(i % 40 == i / 40 % 40 ? openings[i % 40].Approval : null, looks[i]?.Opening.Approval);
        Assert.Empty(looks[0]!.Opening.SealedCall);
    }

    [Theory, OnBoth]
    public async Task Of_fifty_racing_deciders_one_decides(string store)
    {
        var room = stores.Room(store);
        var opening = Make.Opening(Make.Tenant());
        var approvals = room.Get<IApprovalStore>();
        await approvals.Open(opening, [], Make.Audit(opening.Tenant));
        var changed = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => approvals
            .Change(opening.Tenant, opening.Approval, 1, Make.Decide(opening.Tenant, i % 2 == 0 ? ApprovalState.Approved : ApprovalState.Denied)).AsTask()));

        var winner = Assert.Single(changed, row => row is not null);
        Assert.Equal(winner!.State, (await approvals.Find(opening.Tenant, opening.Approval))!.State);
        Assert.Single(await room.Get<IAuditLog>().List(opening.Tenant, new() { Action = "approval." }));
    }

    [Theory, OnBoth]
    public async Task A_grant_is_used_as_often_as_it_allows(string store)
    {
        var room = stores.Room(store);
        var opening = Make.Opening(Make.Tenant(), uses: 3);
        var approvals = room.Get<IApprovalStore>();
        await approvals.Open(opening, [], Make.Audit(opening.Tenant));
        async Task<CommitReply> Use(TenantId tenant) => await room.Log.Append(Make.Append(tenant) with { UseGrant = opening.Approval });
        Assert.IsType<CommitReply.GrantGone>(await Use(opening.Tenant));
        await approvals.Change(opening.Tenant, opening.Approval, 1, Make.Decide(opening.Tenant, ApprovalState.Approved));

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Use(opening.Tenant)));

        Assert.Equal(3, replies.Count(one => one is CommitReply.Committed));
        Assert.Equal(17, replies.Count(one => one is CommitReply.GrantGone));
        Assert.IsType<CommitReply.GrantGone>(await Use(Make.Tenant()));
        Assert.Null(await approvals.FindCurrent(opening.Tenant, opening.Signature));
    }

    [Theory, OnBoth]
    public async Task A_decision_past_the_expiry_is_not_accepted(string store)
    {
        var room = stores.Room(store);
        var opening = Make.Opening(Make.Tenant(), lifeMs: 0);
        var approvals = room.Get<IApprovalStore>();
        await approvals.Open(opening, [], Make.Audit(opening.Tenant));
        Assert.Null(await approvals.Change(opening.Tenant, opening.Approval, 1, Make.Decide(opening.Tenant, ApprovalState.Approved)));
        Assert.Null(await approvals.FindCurrent(opening.Tenant, opening.Signature));
    }

    [Theory, OnBoth]
    public async Task The_sweep_expires_once_and_drops_the_card(string store)
    {
        var room = stores.Room(store);
        var opening = Make.Opening(Make.Tenant(), lifeMs: 0);
        var approvals = room.Get<IApprovalStore>();
        await approvals.Open(opening, [new(opening.Tenant, "approval_card", "channel-1", opening.Approval.ToString(), "{}")], Make.Audit(opening.Tenant));

        var swept = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => approvals.ExpireDue(100).AsTask()));
        Assert.Single(swept.SelectMany(rows => rows), row => row.Opening.Approval == opening.Approval);
        Assert.Equal(ApprovalState.Expired, (await approvals.Find(opening.Tenant, opening.Approval))!.State);
        Assert.Equal(DeliveryState.Dropped, Assert.Single(await room.Get<IOutbox>().Deliveries(opening.Tenant, "channel-1", 10)).State);
        Assert.Single(await room.Get<IAuditLog>().List(opening.Tenant, new() { Action = "approval.expired" }));
    }

    [Theory, OnBoth]
    public async Task A_call_opens_anew_where_the_pending_one_is_past_its_end(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var over = Make.Opening(tenant, lifeMs: 0);
        await room.Get<IApprovalStore>().Open(over, [], Make.Audit(tenant));
        var next = Make.Append(tenant) with { Opening = Make.Opening(tenant, over.Signature) };
        Assert.IsType<CommitReply.Committed>(await room.Log.Append(next));
        Assert.Equal(ApprovalState.Expired, (await room.Get<IApprovalStore>().Find(tenant, over.Approval))!.State);
    }

    [Theory, OnBoth]
    public async Task A_denial_holds_for_its_window_and_forgets_the_call(string store)
    {
        var room = stores.Room(store);
        var opening = Make.Opening(Make.Tenant());
        var approvals = room.Get<IApprovalStore>();
        await approvals.Open(opening, [], Make.Audit(opening.Tenant));
        await approvals.Change(opening.Tenant, opening.Approval, 1, Make.Decide(opening.Tenant, ApprovalState.Denied));
        var current = await approvals.FindCurrent(opening.Tenant, opening.Signature);
        Assert.Equal(ApprovalState.Denied, current!.State);
        Assert.Empty(current.Opening.SealedCall);
    }

    [Theory, OnBoth]
    public async Task An_item_of_the_outbox_is_held_by_one_sender(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var outbox = room.Get<IOutbox>();
        await outbox.Add([new(tenant, OutboxKinds.CardUpdate, "channel-2", "s", "{}")]);
        var taken = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => outbox.Take(50, TimeSpan.FromMinutes(5)).AsTask()))).SelectMany(items => items);
        var mine = Assert.Single(taken, item => item.Row.Tenant == tenant);
        await outbox.Failed(mine, "http 500", TimeSpan.Zero);
        var again = Assert.Single(await outbox.Take(50, TimeSpan.FromMinutes(5)), item => item.Row.Tenant == tenant);
        Assert.Equal(2, again.Attempts);
        await outbox.Done(again);
        Assert.Equal(DeliveryState.Done, Assert.Single(await outbox.Deliveries(tenant, "channel-2", 10)).State);
    }
}
