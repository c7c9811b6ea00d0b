using System.Text;
using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class IdempotencyTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task Of_many_with_one_key_one_commits_and_all_get_its_answer(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var appends = Enumerable.Range(0, 50).Select(_ => Make.Append(tenant) with { Claim = Make.Claim("order-7") }).ToArray();
        var replies = await Task.WhenAll(appends.Select(append => room.Log.Append(append).AsTask()));

        Assert.Single(replies.OfType<CommitReply.Committed>());
        var winner = appends[Array.FindIndex(replies, reply => reply is CommitReply.Committed)];
        Assert.All(replies.OfType<CommitReply.IdempotencyTaken>(), taken => Assert.Equal(winner.Row.Trace, taken.Answer.Trace));
        Assert.Equal(1, await room.Reads.Head(tenant));
        var stored = await room.Get<IIdempotencyStore>().Tell(tenant, "kkkkkkkk", "order-7");
        Assert.Equal("answer of order-7", Encoding.UTF8.GetString(stored!.Response));
    }

    [Theory, OnBoth]
    public async Task Of_thousands_who_look_at_once_each_gets_its_own_answer_and_no_other_tenants(string store)
    {
        var room = stores.Room(store);
        TenantId[] tenants = [Make.Tenant(), Make.Tenant()];
        string[] used = ["k", " released/1", "\"quoted\\", "\u00e9\ud83d\udd11", new string('x', 255)];
        foreach (var name in used)
            await room.Log.Append(Make.Append(tenants[0]) with { Claim = Make.Claim(name) });
        var keys = room.Get<IIdempotencyStore>();
        var names = Enumerable.Range(0, 3000).Select(i => i % 3 == 0 ? used[i % used.Length] : $"never-{i}").ToArray();
        var told = await Task.WhenAll(names.Select((name, i) => keys.Tell(tenants[i / 3 % 2], "kkkkkkkk", name).AsTask()));

        for (var i = 0; i < told.Length; i++)
            Assert.Equal(i % 6 == 0 ? "answer of " + names[i] : null, told[i] is { } answer ? Encoding.UTF8.GetString(answer.Response) : null);
    }

    [Theory, OnBoth]
    public async Task Another_body_under_the_key_is_told_the_first_hash(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        await room.Log.Append(Make.Append(tenant) with { Claim = Make.Claim("k", hash: 1) });
        var reply = await room.Log.Append(Make.Append(tenant) with { Claim = Make.Claim("k", hash: 2) });
        Assert.Equal([1], Assert.IsType<CommitReply.IdempotencyTaken>(reply).Answer.RequestHash);
    }

    [Theory, OnBoth]
    public async Task A_key_belongs_to_its_tenant_and_its_api_key(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        await room.Log.Append(Make.Append(tenant) with { Claim = Make.Claim("k") });
        Assert.IsType<CommitReply.Committed>(await room.Log.Append(Make.Append(Make.Tenant()) with { Claim = Make.Claim("k") }));
        Assert.IsType<CommitReply.Committed>(await room.Log.Append(new() { Row = Make.Row(tenant) with { KeyId = "other" }, Claim = Make.Claim("k") }));
    }

    [Theory, OnBoth]
    public async Task A_key_whose_day_is_over_may_be_used_anew(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        await room.Log.Append(Make.Append(tenant) with { Claim = Make.Claim("k", ends: Make.Noon.AddYears(-1)) });
        Assert.Null(await room.Get<IIdempotencyStore>().Tell(tenant, "kkkkkkkk", "k"));
        Assert.IsType<CommitReply.Committed>(await room.Log.Append(Make.Append(tenant) with { Claim = Make.Claim("k") }));
        Assert.Equal(2, await room.Reads.Head(tenant));
    }

    [Theory, OnBoth]
    public async Task A_record_that_was_not_written_gives_its_key_back(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var first = Make.Opening(tenant);
        await room.Log.Append(Make.Append(tenant) with { Opening = first });
        var second = Make.Append(tenant) with { Opening = Make.Opening(tenant, first.Signature), Claim = Make.Claim("k") };

        Assert.Equal(new CommitReply.ApprovalTaken(first.Approval), await room.Log.Append(second));
        Assert.Null(await room.Get<IIdempotencyStore>().Tell(tenant, "kkkkkkkk", "k"));
        Assert.Equal(new CommitReply.Committed(2), await room.Log.Append(second with { Opening = null }));
    }
}
