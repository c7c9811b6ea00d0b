using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class AppendOnlyTests(BothStores stores)
{
    public static TheoryData<string, string> Attempts()
    {
        var data = new TheoryData<string, string>();
        foreach (var store in new[] { "postgres", "sqlite" })
            foreach (var table in new[] { "decision_records", "response_records", "audit_log", "policy_versions" })
            {
                data.Add(store, $"DELETE FROM {table} WHERE tenant_id = @tenant");
                data.Add(store, $"UPDATE {table} SET tenant_id = tenant_id WHERE tenant_id = @tenant");
            }
        foreach (var table in new[] { "decision_records", "response_records", "audit_log", "policy_versions" })
            data.Add("sqlite", $"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE tenant_id = @tenant");
        data.Add("postgres", "TRUNCATE decision_records");
        data.Add("postgres", "TRUNCATE decision_records_default");
        data.Add("postgres", "TRUNCATE audit_log");
        // The flag alone, set by hand before, opens nothing: it must name this very transaction.
        data.Add("postgres", "SET interven.pruning = '1'; DELETE FROM audit_log WHERE tenant_id = @tenant");
        return data;
    }

    [Theory, MemberData(nameof(Attempts))]
    public async Task The_database_itself_refuses(string store, string statement)
    {
        var room = stores.Room(store);
        var row = Make.Row(Make.Tenant());
        await room.Log.Append(new() { Row = row });
        await room.Get<IResponseLog>().Append(new(row.Tenant, row.Trace, Make.Noon, 0, 0, 200, [1], [1]));
        await room.Get<IPolicyStore>().Apply(Make.Policy(row.Tenant, "p", "{}"), Make.Audit(row.Tenant));

        await using var session = await room.Database.Change(CancellationToken.None);
        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(async () =>
        {
            foreach (var one in statement.Split("; "))
                await session.Sql(one).With("tenant", row.Tenant.Value).Run(CancellationToken.None);
        });
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnBoth]
    public async Task The_prune_deletes_what_is_old_and_not_held(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        for (var i = 0; i < 6; i++)
        {
            var row = Make.Row(tenant, $"agent-{i % 2}", time: Make.Noon.AddDays(i));
            await room.Log.Append(new() { Row = row });
            await room.Get<IResponseLog>().Append(new(tenant, row.Trace, row.Time, 0, 0, 200, [1], [1]));
        }
        var retention = room.Get<IRetentionStore>();
        var (run, holds) = (Make.Run(tenant), (DecisionHold[])[new("agent-1", null, Make.Noon.AddDays(2))]);

        Assert.Equal(1, (await retention.PruneDecisions(run, null, Make.Noon.AddDays(4), holds, 1)).Records);
        Assert.Equal(2, (await retention.PruneDecisions(run, null, Make.Noon.AddDays(4), holds, 100)).Records);
        Assert.Equal(0, (await retention.PruneDecisions(run, null, Make.Noon.AddDays(4), holds, 100)).Records);

        var left = await room.Reads.After(tenant, 0, 10);
        Assert.Equal([2, 5, 6], left.Select(row => row.Seq));
        Assert.Equal(3, (await room.Get<IResponseLog>().Of(tenant, [.. left.Select(row => row.Row.Trace)])).Count);
        Assert.Equal(new CommitReply.Committed(7), await room.Log.Append(Make.Append(tenant)));
    }

    [Theory, OnBoth]
    public async Task A_prune_leaves_other_tenants_and_the_audit_log_alone(string store)
    {
        var room = stores.Room(store);
        var (mine, other) = (Make.Tenant(), Make.Tenant());
        await room.Log.Append(Make.Append(mine));
        await room.Log.Append(Make.Append(other));
        await room.Get<IAuditLog>().Write(Make.Audit(mine));

        await room.Get<IRetentionStore>().PruneDecisions(Make.Run(mine), null, Make.Noon.AddYears(1), [], 100);

        Assert.Single(await room.Reads.After(other, 0, 10));
        Assert.Equal(["retention.begun", "test.acted"], (await room.Get<IAuditLog>().List(mine, new())).Select(row => row.Row.Action));
    }
}
