using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Interven.Contracts.Evidence;
using Interven.Grains.Ports;
using Interven.Storage.Sql;
using Interven.Storage.Tests.Harness;
using Xunit.Abstractions;

namespace Interven.Storage.Tests;

/// <summary>Exactly what is over its time goes, and what was asked to be erased; nothing that is held.</summary>
[Collection("both stores")]
public sealed class RetentionTests(BothStores stores, ITestOutputHelper output)
{
    [Theory, OnBoth]
    public async Task Decided_approvals_go_and_pending_and_held_ones_stay(string store)
    {
        var room = stores.Room(store);
        var (tenant, approvals) = (Make.Tenant(), room.Get<IApprovalStore>());
        var openings = new[] { Make.Opening(tenant), Make.Opening(tenant), Make.Opening(tenant) with { AgentId = "held" } };
        foreach (var opening in openings)
            await approvals.Open(opening, [], Make.Audit(tenant));
        foreach (var opening in openings.Skip(1))
            Assert.NotNull(await approvals.Change(tenant, opening.Approval, 1, Make.Decide(tenant, ApprovalState.Denied)));

        var retention = room.Get<IRetentionStore>();
        Assert.Equal(0, await retention.PruneApprovals(Make.Run(tenant), TimeProvider.System.GetUtcNow().AddDays(-1), [], 100));
        Assert.Equal(1, await retention.PruneApprovals(Make.Run(tenant), TimeProvider.System.GetUtcNow().AddDays(1), [new("held", null, null)], 100));
        Assert.NotNull(await approvals.Find(tenant, openings[0].Approval));
        Assert.Null(await approvals.Find(tenant, openings[1].Approval));
        Assert.NotNull(await approvals.Find(tenant, openings[2].Approval));
    }

    [Theory, OnBoth]
    public async Task Closed_incidents_go_with_their_notes_and_open_and_held_ones_stay(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        await using (var session = await room.Database.Change(CancellationToken.None))
        {
            foreach (var (agent, status, closed) in ((string, byte, DateTimeOffset?)[])[("a", 0, null), ("a", 2, Make.Noon), ("held", 2, Make.Noon), ("a", 2, Make.Noon.AddDays(9))])
            {
                var incident = Guid.CreateVersion7();
                await session.Sql("""
                    INSERT INTO incidents (tenant_id, incident_id, cause, severity, title, agent_id, key_id, status, opened_at, changed_at, closed_at)
                    VALUES (@tenant, @incident, 'manual', 1, 'title', @agent, 'k', @status, @opened, @opened, @closed)
                    """).With("tenant", tenant.Value).With("incident", incident).With("agent", agent).With("status", status).With("opened", Make.Noon).With("closed", closed).Run(CancellationToken.None);
                await session.Sql("INSERT INTO incident_notes (tenant_id, incident_id, kind, author, note) VALUES (@tenant, @incident, 'note', 'user/u', 'seen')")
                    .With("tenant", tenant.Value).With("incident", incident).Run(CancellationToken.None);
            }
            await session.Commit(CancellationToken.None);
        }
        Assert.Equal(1, await room.Get<IPrunable>().Prune(Make.Run(tenant), Make.Noon.AddDays(1), [new("held", null, null)], 100));
        foreach (var table in (string[])["incidents", "incident_notes"])
            Assert.Equal(3, await room.Database.One($"SELECT count(*) FROM {table} WHERE tenant_id = @tenant", sql => sql.With("tenant", tenant.Value), row => row.Long(), CancellationToken.None));
    }

    [Theory, OnBoth]
    public async Task An_agents_records_are_erased_with_responses_and_approvals_and_nobody_elses(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var rows = new List<DecisionRow>();
        for (var i = 0; i < 9; i++)
        {
            rows.Add(Make.Row(tenant, $"agent-{i % 3}", time: Make.Noon.AddDays(i)));
            await room.Log.Append(new() { Row = rows[i] });
            await room.Get<IResponseLog>().Append(new(tenant, rows[i].Trace, rows[i].Time, 0, 0, 200, [1], [1]));
        }
        var approval = Make.Opening(tenant) with { Trace = rows[4].Trace };
        await room.Get<IApprovalStore>().Open(approval, [], Make.Audit(tenant));
        await room.Get<IApprovalStore>().Change(tenant, approval.Approval, 1, Make.Decide(tenant, ApprovalState.Denied));

        var (gone, held) = await Erase(room, tenant, new("agent-1", null), [new(null, Make.Noon.AddDays(7), null)]);
        Assert.Equal((2, 1), (gone, held));
        var left = await room.Reads.After(tenant, 0, 100);
        Assert.Equal([1, 3, 4, 6, 7, 8, 9], left.Select(row => row.Seq));
        Assert.Equal(7, (await room.Get<IResponseLog>().Of(tenant, [.. rows.Select(row => row.Trace)])).Count);
        Assert.Null(await room.Get<IApprovalStore>().Find(tenant, approval.Approval));
    }

    [Theory, OnBoth]
    public async Task A_value_is_erased_from_scans_and_from_what_came_back(string store)
    {
        var room = stores.Room(store);
        var (tenant, print) = (Make.Tenant(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        var bytes = Encoding.UTF8.GetBytes($$"""{"findings":[{"fingerprint":"{{print}}"}]}""");
        var rows = new[] { Make.Row(tenant), Make.Row(tenant) with { Canonical = bytes, Hash = SHA256.HashData(bytes) }, Make.Row(tenant) };
        foreach (var row in rows)
            await room.Log.Append(new() { Row = row });
        await room.Get<IResponseLog>().Append(new(tenant, rows[2].Trace, Make.Noon, 0, 0, 200, [1], bytes));

        Assert.Equal((2, 0), await Erase(room, tenant, new(null, print), []));
        Assert.Equal([1], (await room.Reads.After(tenant, 0, 100)).Select(row => row.Seq));
    }

    [Theory, OnBoth]
    public async Task A_batch_whose_audit_row_fails_deletes_nothing(string store)
    {
        var room = stores.Room(store);
        var (tenant, retention) = (Make.Tenant(), room.Get<IRetentionStore>());
        var row = Make.Row(tenant);
        await room.Log.Append(new() { Row = row });
        var run = new DeletionRun(Guid.CreateVersion7(), Make.Audit(tenant, "retention.begun") with { Result = null! });
        await Assert.ThrowsAnyAsync<Exception>(async () => await retention.PruneDecisions(run, null, Make.Noon.AddDays(1), [], 100));
        await Assert.ThrowsAnyAsync<Exception>(async () => await retention.Erase(run, [row.Trace], []));
        Assert.Equal(1, await room.Reads.Count(tenant, new()));
        Assert.Equal(1, (await retention.PruneDecisions(Make.Run(tenant), null, Make.Noon.AddDays(1), [], 100)).Records);
    }

    [Theory, OnBoth]
    public async Task A_run_is_opened_with_its_first_batch_and_closed_with_all_that_its_batches_took(string store)
    {
        var room = stores.Room(store);
        var (tenant, retention, audit) = (Make.Tenant(), room.Get<IRetentionStore>(), room.Get<IAuditLog>());
        for (var i = 0; i < 5; i++)
            await room.Log.Append(Make.Append(tenant));
        AuditRow Closing(PruneCounts gone) => Make.Audit(tenant, "retention.pruned") with { After = $"{gone.Records}" };

        var run = Make.Run(tenant);
        Assert.Equal(0, (await retention.PruneDecisions(run, null, Make.Noon.AddDays(-1), [], 2)).Records);
        Assert.Empty(await audit.List(tenant, new()));
        // All five are of one moment: where a batch ends in it, the next one begins in it.
        var first = await retention.PruneDecisions(run, null, Make.Noon.AddDays(1), [], 2);
        Assert.Equal(new(2, Make.Noon), first);
        Assert.Equal(first, await retention.PruneDecisions(run, first.Last, Make.Noon.AddDays(1), [], 2));
        Assert.Equal(4, (await retention.EndPruning(run, Make.Noon, Closing)).Records);

        // Whoever runs this one dies after its first batch.
        var broken = Make.Run(tenant);
        Assert.Equal(1, (await retention.PruneDecisions(broken, null, Make.Noon.AddDays(1), [], 2)).Records);
        Assert.Equal(0, await retention.EndBroken(tenant, TimeProvider.System.GetUtcNow().AddMinutes(-1), one => Closing(one.Deleted)));
        Assert.Equal(0, await retention.EndBroken(Make.Tenant(), TimeProvider.System.GetUtcNow().AddMinutes(1), one => Closing(one.Deleted)));
        Assert.Equal(1, await retention.EndBroken(tenant, TimeProvider.System.GetUtcNow().AddMinutes(1), one => Closing(one.Deleted)));
        Assert.Equal(["retention.begun", "retention.pruned 4", "retention.begun", "retention.pruned 1"], (await audit.After(tenant, 0, new()))
            .Select(row => row.Row.Action == "retention.pruned" ? $"{row.Row.Action} {row.Row.After}" : row.Row.Action));
    }

    [Theory, OnBoth]
    public async Task A_few_thousand_records_are_pruned_to_the_row(string store) => await PruneToTheRow(store, 5_000);

    [Theory, OnBoth, Trait("Category", "Slow")]
    public async Task Two_hundred_thousand_records_are_pruned_to_the_row_beside_commits(string store) => await PruneToTheRow(store, 200_000);

    async Task PruneToTheRow(string store, int records)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        await Fill(room, tenant, records);
        var (cutoff, retention, run) = (Make.Noon.AddMinutes(records * 3 / 4), room.Get<IRetentionStore>(), Make.Run(tenant));
        DecisionHold[] holds = [new("agent-3", null, Make.Noon.AddMinutes(records / 2))];
        var other = Make.Tenant();
        using var done = new CancellationTokenSource();
        var commits = Commits(room, other, done.Token);
        var (total, start) = (0, Stopwatch.GetTimestamp());
        DateTimeOffset? last = null;
        while (await retention.PruneDecisions(run, last, cutoff, holds, 200) is { Records: > 0 } gone)
            (total, last) = (total + gone.Records, gone.Last);
        output.WriteLine($"{store}: {total} records pruned in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        await done.CancelAsync();
        var times = await commits;
        Assert.NotEmpty(times);
        output.WriteLine($"{store}: {times.Count} commits beside it, p99 {times[times.Count * 99 / 100]:0.0} ms");

        var held = records / 2 / 10;
        Assert.Equal(records * 3 / 4 - held, total);
        Assert.Equal(records / 4 + held, await room.Reads.Count(tenant, new()));
        Assert.Equal(held, await room.Reads.Count(tenant, new() { Until = cutoff }));
        Assert.Equal(held, await room.Reads.Count(tenant, new() { Until = cutoff, AgentId = "agent-3" }));
    }

    static async Task<List<double>> Commits(Room room, TenantId tenant, CancellationToken done)
    {
        var times = new List<double>();
        do
        {
            var start = Stopwatch.GetTimestamp();
            // On a machine that is busy with other work the log may give up for a moment; that is not what is looked at here.
            if (await room.Log.Append(Make.Append(tenant), CancellationToken.None) is CommitReply.Committed)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            else
                await Task.Yield();
        } while (!done.IsCancellationRequested);
        times.Sort();
        return times;
    }

    static async Task<(int Gone, int Held)> Erase(Room room, TenantId tenant, ErasureTarget target, DecisionHold[] holds)
    {
        var (store, run, gone, held) = (room.Get<IRetentionStore>(), Make.Run(tenant), 0, 0);
        for (long? after = 0; after is { } from;)
        {
            var found = await store.Find(tenant, target, from, holds, 2);
            gone += await store.Erase(run, found.Traces, holds);
            (held, after) = (held + found.Held, found.Next);
        }
        return (gone, held);
    }

    static async Task Fill(Room room, TenantId tenant, int records)
    {
        await using var session = await room.Database.Migrate(CancellationToken.None);
        var isPostgres = session.Dialect is PostgresDialect;
        var (numbers, id, time, agent, body) = isPostgres
            ? ("SELECT n FROM generate_series(1, @records) AS n", "gen_random_uuid()", "TIMESTAMPTZ '2026-11-22 12:00:00.123+00' + (n - 1) * interval '1 minute'", "'agent-' || (n % 10)", "convert_to('x', 'UTF8'), sha256('x'), '\\x'::bytea")
            : ("SELECT n FROM counter", "randomblob(16)", "1795348800123 + (n - 1) * 60000", "'agent-' || (n % 10)", "x'78', zeroblob(32), x''");
        await session.Sql($"""
            {(isPostgres ? "" : "WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < @records)")}
            INSERT INTO decision_records (tenant_id, seq, trace_id, kind, time, env, key_id, agent_id, agent_name, runtime, tool, operation, verb, decision,
              risk_band, risk_score, data_classes, canonical, hash, sealed_body)
            SELECT @tenant, n, {id}, 'scan', {time}, 'production', 'kkkkkkkk', {agent}, '', '', 'slack', 'post_message', 1, 0, 0, 0, 0, {body} FROM ({numbers}) AS numbers
            """).With("tenant", tenant.Value).With("records", records).Run(CancellationToken.None);
        await session.Commit(CancellationToken.None);
    }
}
