using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class RecordTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task A_record_reads_back_as_it_was_written(string store)
    {
        var room = stores.Room(store);
        var row = Make.Row(Make.Tenant()) with
        {
            Parent = new(Guid.CreateVersion7()),
            Policy = new(Guid.CreateVersion7()),
            PolicyVersion = 3,
            Approval = new(Guid.CreateVersion7()),
            Kind = "released",
        };
        Assert.Equal(new CommitReply.Committed(1), await room.Log.Append(new() { Row = row }));

        var read = await room.Reads.Find(row.Tenant, row.Trace);
        Assert.Equal(1, read!.Seq);
        Assert.Equivalent(row, read.Row, strict: true);
    }

    [Theory, InlineData(0), InlineData(-1200)]
    public async Task A_record_of_a_few_kilobytes_stands_in_its_page_as_it_is(int days)
    {
        var room = stores.Room("postgres");
        var row = Make.Row(Make.Tenant()) with { Time = TimeProvider.System.GetUtcNow().AddDays(days), Canonical = new byte[3000], SealedBody = new byte[3000] };
        Assert.IsType<CommitReply.Committed>(await room.Log.Append(new() { Row = row }));

        await using var session = await room.Database.Read(CancellationToken.None);
        var sizes = await session.Sql("SELECT pg_column_size(canonical), pg_column_size(sealed_body) FROM decision_records WHERE tenant_id = @tenant")
            .With("tenant", row.Tenant.Value).One(read => (read.Int(), read.Int()), CancellationToken.None);
        // Four bytes of header and all of the value: neither compressed nor in a table of its own.
        Assert.Equal((3004, 3004), sizes);
    }

    [Theory, OnBoth]
    public async Task Numbers_have_no_gaps_under_64_tenants_at_once(string store)
    {
        var room = stores.Room(store);
        var tenants = Enumerable.Range(0, 64).Select(_ => Make.Tenant()).ToArray();
        var appends = Enumerable.Range(0, 64 * 25).Select(i => room.Log.Append(Make.Append(tenants[i * 7 % 64])).AsTask());
        var replies = await Task.WhenAll(appends);

        Assert.All(replies, reply => Assert.IsType<CommitReply.Committed>(reply));
        foreach (var tenant in tenants)
        {
            var rows = await room.Reads.After(tenant, 0, 100);
            Assert.Equal(Enumerable.Range(1, 25).Select(n => (long)n), rows.Select(row => row.Seq));
            Assert.Equal(25, await room.Reads.Head(tenant));
        }
    }

    [Theory, OnBoth]
    public async Task A_tenant_sees_nothing_of_another(string store)
    {
        var room = stores.Room(store);
        var row = Make.Row(Make.Tenant());
        await room.Log.Append(new() { Row = row });
        var stranger = Make.Tenant();

        Assert.Null(await room.Reads.Find(stranger, row.Trace));
        Assert.Empty(await room.Reads.List(stranger, new()));
    }

    [Theory, OnBoth]
    public async Task A_list_pages_newest_first_and_filters(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        for (var i = 0; i < 6; i++)
            await room.Log.Append(new() { Row = Make.Row(tenant, $"agent-{i % 2}", i == 5 ? Decision.Deny : Decision.Allow, Make.Noon.AddMinutes(i)) });

        var first = await room.Reads.List(tenant, new() { Limit = 4 });
        var second = await room.Reads.List(tenant, new() { Limit = 4, Before = RecordPlace.Of(first[^1]) });
        Assert.Equal([6, 5, 4, 3, 2, 1], first.Concat(second).Select(row => row.Seq));
        Assert.Equal([6], (await room.Reads.List(tenant, new() { Decisions = [Decision.Deny] })).Select(row => row.Seq));
        Assert.Equal([6, 4, 2], (await room.Reads.List(tenant, new() { AgentId = "agent-1" })).Select(row => row.Seq));
        Assert.Equal([3, 2], (await room.Reads.List(tenant, new() { Since = Make.Noon.AddMinutes(1), Until = Make.Noon.AddMinutes(3) })).Select(row => row.Seq));
        Assert.Equal(6, (await room.Reads.List(tenant, new() { Text = "POST_m", AnyClass = DataClasses.Pci, Tool = "slack", Bands = [RiskBand.Medium] })).Count);
        foreach (var nowhere in (string[])["p%t", "p_st", "post!", "post_m nowhere"])
            Assert.Empty(await room.Reads.List(tenant, new() { Text = nowhere }));
        Assert.Equal([6, 4, 2], (await room.Reads.List(tenant, new() { Text = " LACK  agent-1 post_m" })).Select(row => row.Seq));
        Assert.Empty(await room.Reads.List(tenant, new() { AnyClass = DataClasses.Phi }));
        Assert.Equal(6, await room.Reads.Count(tenant, new() { Since = Make.Noon, Until = Make.Noon.AddHours(1) }));
    }

    [Theory, OnBoth]
    public async Task A_poison_row_does_not_fail_its_neighbours(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var rows = Enumerable.Range(0, 40).Select(i => i == 17 ? Make.Row(tenant) with { Hash = [1] } : Make.Row(tenant)).ToArray();
        var replies = await Task.WhenAll(rows.Select(row => room.Log.Append(new() { Row = row }).AsTask()));

        Assert.IsType<CommitReply.Refused>(replies[17]);
        Assert.Equal(39, replies.Count(reply => reply is CommitReply.Committed));
        Assert.Equal(39, await room.Reads.Head(tenant));
        Assert.Equal(LogHealth.Available, room.Log.Health);
    }

    [Theory, OnBoth]
    public async Task Text_that_no_database_can_hold_is_no_poison(string store)
    {
        var room = stores.Room(store);
        var row = Make.Row(Make.Tenant()) with { AgentId = "a\0b", AgentName = "half \ud83d of a pair", Operation = new string('x', 9000) };
        Assert.IsType<CommitReply.Committed>(await room.Log.Append(new() { Row = row }));

        var read = (await room.Reads.Find(row.Tenant, row.Trace))!.Row;
        Assert.Equal("a\ufffdb", read.AgentId);
        Assert.Equal("half \ufffd of a pair", read.AgentName);
        Assert.Equal(row.Canonical, read.Canonical);
    }

    [Theory, OnBoth]
    public async Task The_same_record_is_never_written_twice(string store)
    {
        var room = stores.Room(store);
        var append = Make.Append(Make.Tenant());
        await room.Log.Append(append);
        Assert.IsType<CommitReply.Refused>(await room.Log.Append(append));
        Assert.Single(await room.Reads.After(append.Row.Tenant, 0, 10));
    }

    [Theory, OnBoth]
    public async Task A_response_is_kept_only_for_a_scan_of_the_tenant(string store)
    {
        var room = stores.Room(store);
        var row = Make.Row(Make.Tenant());
        await room.Log.Append(new() { Row = row });
        var log = room.Get<IResponseLog>();
        var response = new ResponseRow(row.Tenant, row.Trace, Make.Noon, DataClasses.Phi, 2, 200, [7], [1, 2]);

        Assert.True(await log.Append(response));
        Assert.False(await log.Append(response with { Tenant = Make.Tenant() }));
        Assert.Equivalent(response, Assert.Single(await log.Of(row.Tenant, [row.Trace])), strict: true);
    }
}
