using System.Collections.Concurrent;
using System.Diagnostics;
using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;
using Npgsql;

namespace Interven.Storage.Tests;

public sealed class OutageTests
{
    [Fact]
    public async Task A_frozen_server_is_refused_fast_and_comes_back_by_itself()
    {
        await using var server = await PostgresServer.Start();
        await using var room = await Room.Postgres(await server.CreateDatabase("frozen"));
        var tenant = Make.Tenant();
        await room.Log.Append(Make.Append(tenant));
        server.Freeze();

        var watch = Stopwatch.StartNew();
        var first = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => room.Log.Append(Make.Append(tenant)).AsTask()));
        Assert.All(first, reply => Assert.IsType<CommitReply.Unavailable>(reply));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1500);

        watch.Restart();
        for (var i = 0; i < 1000; i++)
            Assert.IsType<CommitReply.Unavailable>(await room.Log.Append(Make.Append(tenant)));
        Assert.InRange(watch.ElapsedMilliseconds / 1000.0, 0, 50);

        server.Thaw();
        await Eventually.Is(() => Task.FromResult(room.Log.Health == LogHealth.Available), "the log is back");
        Assert.IsType<CommitReply.Committed>(await room.Log.Append(Make.Append(tenant)));
        var rows = await room.Reads.After(tenant, 0, 100);
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => (long)n), rows.Select(row => row.Seq));
    }

    [Fact]
    public async Task A_lost_connection_is_no_outage()
    {
        await using var server = await PostgresServer.Start();
        var connection = await server.CreateDatabase("lost");
        await using var room = await Room.Postgres(connection);
        var tenant = Make.Tenant();
        // The very first commit of a cold process may take longer than the writer's patience on a busy machine.
        await Eventually.Is(async () => await room.Log.Append(Make.Append(Make.Tenant())) is CommitReply.Committed, "the writer is warm");
        for (var round = 1; round <= 3; round++)
        {
            Assert.Equal(new CommitReply.Committed((round * 2) - 1), await room.Log.Append(Make.Append(tenant)));
            await using (var admin = new NpgsqlConnection(connection + ";Pooling=false"))
            {
                await admin.OpenAsync();
                await using var command = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'interven-records'", admin);
                Assert.NotEqual(0L, await command.ExecuteScalarAsync());
            }
            Assert.Equal(new CommitReply.Committed(round * 2), await room.Log.Append(Make.Append(tenant)));
        }
    }

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_when_Postgres_is_killed()
    {
        var (lost, acknowledged) = await KillUnderLoad(rounds: 3, settings: "");
        Assert.InRange(acknowledged, 100, int.MaxValue);
        Assert.Equal(0, lost);
    }

    /// <summary>The mutant of the test above: a server that acknowledges before the log is on disk must be caught.</summary>
    [Fact, Trait("Category", "Slow")]
    public async Task The_kill_test_notices_a_server_that_commits_asynchronously()
    {
        var (lost, _) = await KillUnderLoad(rounds: 3, settings: "synchronous_commit=off wal_writer_delay=10s");
        Assert.NotEqual(0, lost);
    }

    static async Task<(int Lost, int Acknowledged)> KillUnderLoad(int rounds, string settings)
    {
        await using var server = await PostgresServer.Start(settings);
        await using var room = await Room.Postgres(await server.CreateDatabase("killed"));
        var tenants = Enumerable.Range(0, 4).Select(_ => Make.Tenant()).ToArray();
        var acknowledged = new ConcurrentDictionary<TraceId, long>();
        using var over = new CancellationTokenSource();
        var load = Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                var append = Make.Append(tenants[worker % 4]);
                if (await room.Log.Append(append) is CommitReply.Committed done)
                    acknowledged[append.Row.Trace] = done.Seq;
                else
                    await Eventually.Is(() => Task.FromResult(room.Log.Health == LogHealth.Available), "the worker may go on");
            }
        })).ToArray();
        for (var round = 1; round <= rounds; round++)
        {
            var goal = acknowledged.Count + 200;
            await Eventually.Is(() => Task.FromResult(acknowledged.Count >= goal), "records are acknowledged");
            await server.Kill();
            await Eventually.Is(() => Task.FromResult(room.Log.Health == LogHealth.Unavailable), "the log notices");
            await server.Boot();
            await Eventually.Is(() => Task.FromResult(room.Log.Health == LogHealth.Available), "the log is back");
        }
        await over.CancelAsync();
        await Task.WhenAll(load);
        return (await Missing(room, tenants, acknowledged), acknowledged.Count);
    }

    static async Task<int> Missing(Room room, TenantId[] tenants, ConcurrentDictionary<TraceId, long> acknowledged)
    {
        var found = new Dictionary<TraceId, long>();
        foreach (var tenant in tenants)
            for (long after = 0; await room.Reads.After(tenant, after, 5000) is { Count: > 0 } page; after = page[^1].Seq)
                for (var i = 0; i < page.Count; i++)
                {
                    var row = page[i];
                    Assert.Equal(after + 1 + i, row.Seq);
                    Assert.True(found.TryAdd(row.Row.Trace, row.Seq), "a record is there twice");
                }
        return acknowledged.Count(one => !found.TryGetValue(one.Key, out var seq) || seq != one.Value);
    }
}
