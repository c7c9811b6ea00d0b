using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class TenantErasureTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task Everything_of_a_tenant_goes_with_its_evidence_and_nothing_of_another(string store)
    {
        var room = stores.Room(store);
        var (gone, stays) = (Make.Tenant(), Make.Tenant());
        foreach (var tenant in (TenantId[])[gone, stays])
        {
            await room.Get<ITenantStore>().Create(tenant, "t", "{}", Actor.System);
            for (var i = 0; i < 5; i++)
                Assert.IsType<CommitReply.Committed>(await room.Log.Append(Make.Append(tenant) with { Opening = Make.Opening(tenant), Claim = Make.Claim("k" + i) }));
            await room.Get<IKeyStore>().Mint(Make.Key(tenant), Make.Audit(tenant));
            await room.Get<IPolicyStore>().Apply(Make.Policy(tenant, "p", "{}"), Make.Audit(tenant));
            await room.Get<IDocumentStore>().Create(new(tenant, "credential", "1", "one", "{}", [1]), Make.Audit(tenant));
            await room.Get<IVault>().For(tenant);
            await room.Get<IAgentStore>().Seen([new(tenant, "agent-1", "A", "r", 1, Make.Noon)]);
        }
        var erasure = room.Get<ITenantErasure>();
        var there = await erasure.Count(gone);
        Assert.Superset(new HashSet<string> { "decision_records", "approvals", "audit_log", "policy_versions", "tenant_data_keys", "tenant_documents", "tenant_head", "tenants", "agents", "api_keys" },
            there.Where(table => table.Value > 0).Select(table => table.Key).ToHashSet());
        // A tenant that is there loses nothing, whoever asks.
        await Assert.ThrowsAnyAsync<Exception>(async () => await erasure.EraseSome(gone, 100));

        Assert.True((await erasure.Begin(gone, Make.Audit(stays, "tenant.erased"))).IsDone);
        Assert.Equal(ChangeOutcome.NotFound, (await erasure.Begin(gone, Make.Audit(stays))).Outcome);
        Assert.Contains(gone, await erasure.Unfinished());
        var rounds = 0;
        while ((await erasure.EraseSome(gone, 2)).Count > 0)
            rounds++;
        await erasure.End(gone);
        Assert.Contains(gone, await erasure.Unfinished());
        await using (var session = await room.Database.Change(CancellationToken.None))
        {
            await session.Sql($"UPDATE tenant_erasures SET begun_at = {session.Dialect.NowPlus("-61000")} WHERE tenant_id = @tenant").With("tenant", gone.Value).Run(default);
            await session.Commit(default);
        }
        await erasure.End(gone);
        Assert.InRange(rounds, 2, 20);
        Assert.All(await erasure.Count(gone), table => Assert.Equal(0, table.Value));
        Assert.DoesNotContain(gone, await erasure.Unfinished());

        var other = await erasure.Count(stays);
        foreach (var (table, rows) in there)
            Assert.True(other[table] >= rows, $"{table}: {rows} before, {other[table]} left");
        // And evidence of others is as append-only as before.
        await Assert.ThrowsAnyAsync<Exception>(async () => await erasure.EraseSome(stays, 100));
    }
}
