using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

/// <summary>What waits, as operators see it.</summary>
[Collection("both stores")]
public class BacklogTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task A_sink_that_is_behind_shows_how_far_and_a_paused_one_that_it_is(string store)
    {
        var room = stores.Room(store);
        var (backlog, cursors, tenant, sink, now) = (room.Get<IBacklog>(), room.Get<ISinkCursors>(), Make.Tenant(), Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        var before = await backlog.Count();
        await room.Log.Append(new() { Row = Make.Row(tenant, time: now.AddHours(-9)) });
        Assert.True((await cursors.Create(sink, new(tenant, "sink", sink.ToString("N"), "siem", "{}", [1]), Make.Audit(tenant))).IsDone);
        Assert.Equal(before.SinkRecords, (await backlog.Count()).SinkRecords);
        foreach (var hours in (int[])[-8, -7])
            await room.Log.Append(new() { Row = Make.Row(tenant, time: now.AddHours(hours)) });
        var behind = await backlog.Count();
        Assert.Equal(before.SinkRecords + 2, behind.SinkRecords);
        Assert.InRange(behind.SinkLag.TotalHours, 8, 8.1);

        Assert.True(await cursors.SetPaused(tenant, sink, true, "HTTP 403", Make.Audit(tenant)));
        var paused = await backlog.Count();
        Assert.Equal((before.SinkRecords, before.SinksPaused + 1), (paused.SinkRecords, paused.SinksPaused));
        Assert.True((await cursors.Delete(tenant, sink, "sink", Make.Audit(tenant))).IsDone);
        Assert.Null(await cursors.Find(tenant, sink));
        Assert.Equal(before.SinksPaused, (await backlog.Count()).SinksPaused);
    }
}
