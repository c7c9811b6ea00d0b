using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class KeyTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task A_key_reads_back_as_it_was_minted(string store)
    {
        var room = stores.Room(store);
        var key = Make.Key(Make.Tenant()) with { Scopes = ["scan", "export"], ErrorsAsDeny = true, Description = "d" };
        await room.Get<IKeyStore>().Mint(key, Make.Audit(key.Tenant));
        Assert.Equivalent(key, (await room.Get<IKeyStore>().Find(key.Key))!.Key, strict: true);
        Assert.Equal(ChangeOutcome.Conflict, (await room.Get<IKeyStore>().Mint(key, Make.Audit(key.Tenant))).Outcome);
    }

    [Theory, OnBoth]
    public async Task A_patch_changes_what_it_names_and_takes_away_what_is_empty(string store)
    {
        var room = stores.Room(store);
        var key = Make.Key(Make.Tenant());
        var keys = room.Get<IKeyStore>();
        await keys.Mint(key, Make.Audit(key.Tenant));
        var patched = await keys.Patch(key.Tenant, key.Key, new() { Allowlist = ["::1/128"], DefaultAgentId = "" }, Make.Audit(key.Tenant));
        Assert.Equal((2, null, "production", "key"), (patched.Value!.Version, patched.Value.Key.DefaultAgentId, patched.Value.Key.Env, patched.Value.Key.Name));
        Assert.Equal(["::1/128"], patched.Value.Key.Allowlist);
        Assert.Equal(ChangeOutcome.NotFound, (await keys.Patch(Make.Tenant(), key.Key, new() { Name = "x" }, Make.Audit(key.Tenant))).Outcome);
    }

    [Theory, OnBoth]
    public async Task A_second_revocation_changes_nothing(string store)
    {
        var room = stores.Room(store);
        var key = Make.Key(Make.Tenant());
        var keys = room.Get<IKeyStore>();
        await keys.Mint(key, Make.Audit(key.Tenant));
        var first = await keys.Revoke(key.Tenant, key.Key, Make.Audit(key.Tenant));
        var second = await keys.Revoke(key.Tenant, key.Key, Make.Audit(key.Tenant));
        Assert.Equal((ChangeOutcome.Done, ChangeOutcome.Unchanged), (first.Outcome, second.Outcome));
        Assert.Equal(first.Value!.RevokedAt, second.Value!.RevokedAt);
    }

    [Theory, OnBoth]
    public async Task A_rotated_key_lives_for_the_overlap(string store)
    {
        var room = stores.Room(store);
        var old = Make.Key(Make.Tenant());
        var keys = room.Get<IKeyStore>();
        await keys.Mint(old, Make.Audit(old.Tenant));
        var fresh = Make.Key(old.Tenant);
        Assert.Equal(ChangeOutcome.Done, (await keys.Rotate(old.Tenant, old.Key, fresh, TimeSpan.FromHours(1), Make.Audit(old.Tenant))).Outcome);
        var ending = await keys.Find(old.Key);
        Assert.Equal(1, (ending!.ExpiresAt!.Value - ending.CreatedAt).TotalHours, .01);
        Assert.Null((await keys.Find(fresh.Key))!.ExpiresAt);
        Assert.Equal(ChangeOutcome.Conflict, (await keys.Rotate(old.Tenant, old.Key, Make.Key(old.Tenant), TimeSpan.Zero, Make.Audit(old.Tenant))).Outcome);
        Assert.Equal(2, (await keys.List(old.Tenant)).Count);
    }

    [Theory, OnBoth]
    public async Task Counters_add_up_over_flushes(string store)
    {
        var room = stores.Room(store);
        var key = Make.Key(Make.Tenant());
        var keys = room.Get<IKeyStore>();
        var minted = await keys.Mint(key, Make.Audit(key.Tenant));
        var hour = new DateTimeOffset(minted.Value!.CreatedAt.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => keys.CountUse([
            new(key.Tenant, key.Key, hour, 2, 1, hour.AddSeconds(i)), new(key.Tenant, key.Key, hour.AddDays(-3), 5, 0, hour.AddDays(-3))]).AsTask()));
        var listed = Assert.Single(await keys.List(key.Tenant));
        Assert.Equal((20, 10, hour.AddSeconds(9)), (listed.CallsInDay, listed.BlockedAttempts, listed.LastUsedAt));
    }

    [Theory, OnBoth]
    public async Task Records_with_an_ephemeral_key_are_as_many_as_it_has_uses(string store)
    {
        var (room, key) = await Ephemeral(store, uses: 7);
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Use(room, key.Tenant, key.Key)));
        Assert.Equal(7, replies.Count(reply => reply is CommitReply.Committed));
        Assert.Equal(33, replies.Count(reply => reply is CommitReply.KeyGone { Status: EphemeralStatus.Exhausted }));
        Assert.Equal(7, await room.Get<IDecisionReads>().Head(key.Tenant));
        Assert.Equal((EphemeralStatus.Exhausted, 0), await Status(room, key));
    }

    [Theory, OnBoth]
    public async Task An_ephemeral_key_ends_with_its_time_its_revocation_or_its_parent(string store)
    {
        var (room, expired) = await Ephemeral(store, uses: 5, life: TimeSpan.Zero);
        Assert.Equal(new CommitReply.KeyGone(EphemeralStatus.Expired), await Use(room, expired.Tenant, expired.Key));

        var (_, revoked) = await Ephemeral(store, uses: 5);
        await room.Get<IEphemeralKeyStore>().Revoke(revoked.Tenant, revoked.Key, Make.Audit(revoked.Tenant));
        Assert.Equal(new CommitReply.KeyGone(EphemeralStatus.Revoked), await Use(room, revoked.Tenant, revoked.Key));

        var (_, orphan) = await Ephemeral(store, uses: 5);
        await room.Get<IKeyStore>().Revoke(orphan.Tenant, orphan.Parent, Make.Audit(orphan.Tenant));
        Assert.Equal(new CommitReply.KeyGone(EphemeralStatus.Revoked), await Use(room, orphan.Tenant, orphan.Key));

        Assert.Equal(new CommitReply.KeyGone(null), await Use(room, Make.Tenant(), orphan.Key));
    }

    [Theory, OnBoth]
    public async Task A_use_whose_record_is_not_written_is_no_use(string store)
    {
        var (room, key) = await Ephemeral(store, uses: 2);
        var log = room.Get<IDecisionLog>();
        var gone = Make.Append(key.Tenant) with { UseKey = key.Key, UseGrant = new(Guid.CreateVersion7()), Claim = Make.Claim("call-1") };
        Assert.IsType<CommitReply.GrantGone>(await log.Append(gone));
        Assert.Equal((EphemeralStatus.Active, 2), await Status(room, key));
        var claimed = Make.Append(key.Tenant) with { UseKey = key.Key, Claim = Make.Claim("call-1") };
        Assert.IsType<CommitReply.Committed>(await log.Append(claimed));
        Assert.IsType<CommitReply.IdempotencyTaken>(await log.Append(Make.Append(key.Tenant) with { UseKey = key.Key, Claim = Make.Claim("call-1") }));
        Assert.Equal((EphemeralStatus.Active, 1), await Status(room, key));
        Assert.IsType<CommitReply.Committed>(await log.Append(Make.Append(key.Tenant) with { ReturnKey = key.Key }));
        Assert.Equal((EphemeralStatus.Active, 2), await Status(room, key));
    }

    static Task<CommitReply> Use(Room room, TenantId tenant, EphemeralKeyId key) =>
        room.Get<IDecisionLog>().Append(Make.Append(tenant) with { UseKey = key }).AsTask();

    static async Task<(EphemeralStatus, int)> Status(Room room, NewEphemeralKey key) =>
        await room.Get<IEphemeralKeyStore>().Find(key.Key) is { } row ? (row.Status, row.UsesLeft) : default;

    [Theory, OnBoth]
    public async Task A_service_account_is_found_by_its_id_until_it_is_revoked(string store)
    {
        var room = stores.Room(store);
        var account = new NewServiceAccount(Make.Tenant(), new(Make.Base62()), "cron", [1, 2], "auditor", ["10.0.0.0/8"]);
        var accounts = room.Get<IServiceAccountStore>();
        await accounts.Create(account, Make.Audit(account.Tenant));
        Assert.Equivalent(account, (await accounts.Find(account.Account))!.Account, strict: true);
        await accounts.Revoke(account.Tenant, account.Account, Make.Audit(account.Tenant));
        Assert.NotNull(Assert.Single(await accounts.List(account.Tenant)).RevokedAt);
    }

    [Theory, OnBoth]
    public async Task An_agent_that_was_never_seen_can_be_suspended(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var agents = room.Get<IAgentStore>();
        Assert.Equal(ChangeOutcome.Done, (await agents.SetSuspended(tenant, "rogue", true, "by hand", Make.Audit(tenant))).Outcome);
        await agents.Seen([new(tenant, "rogue", "Rogue", "mcp", 3, Make.Noon), new(tenant, "rogue", "", "", 2, Make.Noon.AddMinutes(1))]);
        var agent = await agents.Find(tenant, "rogue");
        Assert.Equal((true, "by hand", 5, "Rogue"), (agent!.Suspended, agent.SuspendedReason, agent.Scans, agent.Name));
        Assert.Equal(["rogue"], await agents.Suspended(tenant));
        Assert.Empty(await agents.Suspended(Make.Tenant()));
    }

    async Task<(Room Room, NewEphemeralKey Key)> Ephemeral(string store, int uses, TimeSpan? life = null)
    {
        var room = stores.Room(store);
        var parent = Make.Key(Make.Tenant());
        await room.Get<IKeyStore>().Mint(parent, Make.Audit(parent.Tenant));
        var key = new NewEphemeralKey(parent.Tenant, new(Make.Base62()), parent.Key, [1], "iv_eph_12345678", "{}", uses, life ?? TimeSpan.FromMinutes(10), "");
        var minted = await room.Get<IEphemeralKeyStore>().Mint(key, Make.Audit(key.Tenant));
        Assert.Equal(uses, minted.UsesLeft);
        return (room, key);
    }
}
