using System.Text;
using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class ChangeTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task The_same_policy_makes_no_new_version_and_another_does(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var policies = room.Get<IPolicyStore>();
        var first = await policies.Apply(Make.Policy(tenant, "P1", "one"), Make.Audit(tenant));
        var same = await policies.Apply(Make.Policy(tenant, "P1", "one"), Make.Audit(tenant));
        var second = await policies.Apply(Make.Policy(tenant, "P1", "two"), Make.Audit(tenant));
        var elsewhere = await policies.Apply(Make.Policy(tenant, "P1", "one", "staging"), Make.Audit(tenant));

        Assert.Equal((ChangeOutcome.Done, ChangeOutcome.Unchanged, ChangeOutcome.Done), (first.Outcome, same.Outcome, second.Outcome));
        Assert.Null(same.ChangeId);
        Assert.Equal(first.Value!.Policy, second.Value!.Policy);
        Assert.NotEqual(first.Value.Policy, elsewhere.Value!.Policy);
        Assert.Equal([2, 1], (await policies.Versions(tenant, first.Value.Policy)).Select(one => one.Version));
        Assert.Equal("two", Encoding.UTF8.GetString((await policies.FindByName(tenant, "P1", null))!.Content));
        Assert.Equal(2, (await policies.All(tenant)).Count);
        Assert.Equal(3, (await room.Get<IAuditLog>().List(tenant, new())).Count);
    }

    [Theory, OnBoth]
    public async Task Racing_applies_give_each_content_a_version_of_its_own(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var policies = room.Get<IPolicyStore>();
        var applied = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => policies.Apply(Make.Policy(tenant, "P", $"content {i}"), Make.Audit(tenant)).AsTask()));
        Assert.Equal(Enumerable.Range(1, 12), applied.Select(one => one.Value!.Version).Order());
        Assert.Single(applied.Select(one => one.Value!.Policy).Distinct());
    }

    [Theory, OnBoth]
    public async Task A_policy_is_disabled_deleted_and_restored(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var policies = room.Get<IPolicyStore>();
        var policy = (await policies.Apply(Make.Policy(tenant, "P", "one"), Make.Audit(tenant))).Value!.Policy;
        await policies.Apply(Make.Policy(tenant, "P", "two"), Make.Audit(tenant));

        Assert.False((await policies.SetEnabled(tenant, policy, false, Make.Audit(tenant))).Value!.Enabled);
        Assert.Equal(ChangeOutcome.Unchanged, (await policies.SetEnabled(tenant, policy, false, Make.Audit(tenant))).Outcome);
        Assert.Equal(ChangeOutcome.Done, (await policies.Delete(tenant, policy, Make.Audit(tenant))).Outcome);
        Assert.Null(await policies.Find(tenant, policy));
        Assert.Equal(ChangeOutcome.NotFound, (await policies.Delete(Make.Tenant(), policy, Make.Audit(tenant))).Outcome);

        var restored = await policies.Restore(tenant, policy, 1, "u-2", Make.Audit(tenant));
        Assert.Equal((3, "one"), (restored.Value!.Version, Encoding.UTF8.GetString((await policies.Find(tenant, policy))!.Content)));
    }

    [Theory, OnBoth]
    public async Task Settings_change_only_from_the_version_that_was_read(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var tenants = room.Get<ITenantStore>();
        Assert.Equal(ChangeOutcome.Done, (await tenants.Create(tenant, "ACME", "{}", Actor.System)).Outcome);
        Assert.Equal(ChangeOutcome.Conflict, (await tenants.Create(tenant, "ACME", "{}", Actor.System)).Outcome);
        Assert.Equal(2, (await tenants.UpdateSettings(tenant, 1, """{"x":1}""", Make.Audit(tenant))).Value!.Version);
        Assert.Equal(ChangeOutcome.Conflict, (await tenants.UpdateSettings(tenant, 1, "{}", Make.Audit(tenant))).Outcome);
        Assert.Equal("""{"x":1}""", (await tenants.Find(tenant))!.SettingsJson);
        Assert.Equal(ChangeOutcome.NotFound, (await tenants.UpdateSettings(Make.Tenant(), 1, "{}", Make.Audit(tenant))).Outcome);
    }

    [Theory, OnBoth]
    public async Task No_change_commits_without_its_audit_row(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var (policies, keys, agents) = (room.Get<IPolicyStore>(), room.Get<IKeyStore>(), room.Get<IAgentStore>());
        var key = (await keys.Mint(Make.Key(tenant), Make.Audit(tenant))).Value!.Key.Key;
        var head = await room.Get<IChangeLog>().Head();
        // A null where the table wants a text: the insert of the audit row fails.
        var broken = Make.Audit(tenant) with { Action = null! };

        await Assert.ThrowsAnyAsync<Exception>(async () => await policies.Apply(Make.Policy(tenant, "P", "x"), broken));
        await Assert.ThrowsAnyAsync<Exception>(async () => await keys.Revoke(tenant, key, broken));
        await Assert.ThrowsAnyAsync<Exception>(async () => await agents.SetSuspended(tenant, "a", true, "", broken));

        Assert.Empty(await policies.All(tenant));
        Assert.Null((await keys.Find(key))!.RevokedAt);
        Assert.Empty(await agents.Suspended(tenant));
        Assert.DoesNotContain(await room.Get<IChangeLog>().Read(head, 100), change => change.Tenant == tenant);
        Assert.Single(await room.Get<IAuditLog>().List(tenant, new()));
    }

    [Theory, OnBoth]
    public async Task Changes_are_read_in_order_and_none_is_skipped(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var log = room.Get<IChangeLog>();
        var start = await log.Head();
        var seen = new List<ChangeRow>();
        var cursor = start;
        using var over = new CancellationTokenSource();
        var tail = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested || cursor < await log.Head())
                foreach (var change in await log.Read(cursor, 7))
                {
                    Assert.Equal(cursor + 1, change.Id);
                    seen.Add(change);
                    cursor = change.Id;
                }
        });
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => room.Get<IAgentStore>().SetSuspended(tenant, $"agent-{i}", true, "", Make.Audit(tenant)).AsTask()));
        await over.CancelAsync();
        await tail;
        Assert.Equal(60, seen.Count(change => change.Tenant == tenant && change.Kind == ChangeKind.Agent));
    }

    [Theory, OnBoth]
    public async Task A_silo_without_a_lease_gets_one_only_when_it_has_read_everything(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var leases = room.Get<ISiloLeases>();
        var silo = $"silo-{tenant}";
        var change = (await room.Get<IAgentStore>().SetSuspended(tenant, "a", true, "", Make.Audit(tenant))).ChangeId!.Value;

        Assert.False((await leases.Renew(silo, change - 1, TimeSpan.FromMinutes(1))).Granted);
        Assert.True((await leases.Renew(silo, change, TimeSpan.FromMinutes(1))).Granted);
        var next = (await room.Get<IAgentStore>().SetSuspended(tenant, "a", false, "", Make.Audit(tenant))).ChangeId!.Value;

        var behind = Assert.Single(await leases.Behind(next), one => one.Silo == silo);
        Assert.InRange(behind.Remaining.TotalSeconds, 30, 60);
        // A live lease is prolonged even where changes are still unread: the change waits for the cursor.
        Assert.True((await leases.Renew(silo, change, TimeSpan.FromMinutes(1))).Granted);
        Assert.Contains(await leases.Behind(next), one => one.Silo == silo);
        Assert.True((await leases.Renew(silo, next, TimeSpan.FromMinutes(1))).Granted);
        Assert.DoesNotContain(await leases.Behind(next), one => one.Silo == silo);
        await leases.Release(silo);
    }

    [Theory, OnBoth]
    public async Task A_lease_that_ran_out_holds_no_change_back(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var leases = room.Get<ISiloLeases>();
        var silo = $"silo-{tenant}";
        Assert.True((await leases.Renew(silo, long.MaxValue - 1, TimeSpan.Zero)).Granted);
        Assert.DoesNotContain(await leases.Behind(long.MaxValue), one => one.Silo == silo);
        // The cursor never goes back.
        Assert.True((await leases.Renew(silo, await room.Get<IChangeLog>().Head(), TimeSpan.FromMinutes(1))).Granted);
        Assert.Equal(long.MaxValue - 1, Assert.Single(await leases.Behind(long.MaxValue), one => one.Silo == silo).Cursor);
        await leases.Release(silo);
        Assert.DoesNotContain(await leases.Behind(long.MaxValue), one => one.Silo == silo);
    }
}
