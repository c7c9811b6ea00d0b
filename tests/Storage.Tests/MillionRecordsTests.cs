using System.Diagnostics;
using Interven.Grains.Ports;
using Interven.Storage.Sql;
using Interven.Storage.Tests.Harness;
using Xunit.Abstractions;

namespace Interven.Storage.Tests;

/// <summary>What people look at stays quick however much there is: over a million records of 90 days, the first page and every filter.</summary>
[Collection("both stores"), Trait("Category", "Slow")]
public sealed class MillionRecordsTests(BothStores stores, ITestOutputHelper output)
{
    const int Records = 1_000_000;

    const string FillPostgres = """
        INSERT INTO decision_records (tenant_id, seq, trace_id, kind, time, env, key_id, agent_id, agent_name, runtime, tool, operation, verb, decision,
          risk_band, risk_score, data_classes, rule_id, canonical, hash, sealed_body, reasons)
        SELECT @tenant, n, gen_random_uuid(), 'scan', TIMESTAMPTZ '2026-09-01 00:00+00' + n * interval '7776 milliseconds', 'production', 'kkkkkkkk', 'agent-' || (n % 97), 'Agent', 'langgraph',
          CASE n % 5 WHEN 0 THEN 'slack' WHEN 1 THEN 'github' ELSE 'custom_proxy' END, 'operation_' || (n % 31), 1, CASE WHEN n % 1000 = 0 THEN 3 WHEN n % 50 = 0 THEN 1 ELSE 0 END,
          CASE WHEN n % 1000 = 0 THEN 3 ELSE 0 END, .1, CASE WHEN n % 50 = 0 THEN 2 ELSE 0 END, CASE WHEN n = 500000 THEN 'needle-rule' END,
          convert_to(repeat('x', 1200), 'UTF8'), sha256('x'), '\x'::bytea, CASE WHEN n % 50 = 0 THEN 'PII_DETECTED' ELSE '' END
        FROM generate_series(1, @records) AS n
        """;

    const string FillSqlite = """
        WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < @records)
        INSERT INTO decision_records (tenant_id, seq, trace_id, kind, time, env, key_id, agent_id, agent_name, runtime, tool, operation, verb, decision,
          risk_band, risk_score, data_classes, rule_id, canonical, hash, sealed_body, reasons)
        SELECT @tenant, n, randomblob(16), 'scan', 1788220800000 + n * 7776, 'production', 'kkkkkkkk', 'agent-' || (n % 97), 'Agent', 'langgraph',
          CASE n % 5 WHEN 0 THEN 'slack' WHEN 1 THEN 'github' ELSE 'custom_proxy' END, 'operation_' || (n % 31), 1, CASE WHEN n % 1000 = 0 THEN 3 WHEN n % 50 = 0 THEN 1 ELSE 0 END,
          CASE WHEN n % 1000 = 0 THEN 3 ELSE 0 END, .1, CASE WHEN n % 50 = 0 THEN 2 ELSE 0 END, CASE WHEN n = 500000 THEN 'needle-rule' END,
          CAST(substr(hex(zeroblob(600)), 1, 1200) AS BLOB), zeroblob(32), x'', CASE WHEN n % 50 = 0 THEN 'PII_DETECTED' ELSE '' END
        FROM counter
        """;

    static readonly (string Name, DecisionFilter Filter)[] Filters =
    [
        ("first page", new()),
        ("agent", new() { AgentId = "agent-5" }),
        ("tool", new() { Tool = "slack" }),
        ("tool that never was", new() { Tool = "stripe" }),
        ("operation", new() { Operation = "operation_7" }),
        ("decision", new() { Decisions = [Decision.Deny] }),
        ("decision that never was", new() { Decisions = [Decision.RequireApproval] }),
        ("band", new() { Bands = [RiskBand.Critical] }),
        ("class that never was", new() { AnyClass = DataClasses.Phi }),
        ("environment that never was", new() { Env = "staging" }),
        ("key that never was", new() { KeyId = "zzzzzzzz" }),
        ("one day", new() { Since = Start.AddDays(40), Until = Start.AddDays(41) }),
        ("a needle in the text", new() { Text = "needle" }),
        ("text that is nowhere", new() { Text = "nowhere" }),
        ("words that are nowhere", new() { Text = "nothing has these words" }),
        ("deep page", new() { Before = new(Start.AddDays(10), 0) }),
    ];

    static readonly DateTimeOffset Start = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory, OnBoth]
    public async Task A_page_and_every_filter_are_quick(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        await Fill(room, tenant);
        var slow = new List<string>();
        foreach (var (name, filter) in Filters)
        {
            await room.Reads.List(tenant, filter);
            var best = double.MaxValue;
            for (var round = 0; round < 3; round++)
            {
                var start = Stopwatch.GetTimestamp();
                await room.Reads.List(tenant, filter);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            output.WriteLine($"{store}: {name} {best:0.0} ms");
            if (best > (name == "first page" ? 300 : 500))
                slow.Add($"{name} {best:0} ms");
        }
        var counting = Stopwatch.GetTimestamp();
        var totals = await room.Get<IDecisionStats>().Totals(tenant, Start, Start.AddDays(91), TimeSpan.FromDays(1));
        output.WriteLine($"{store}: statistics over all {Stopwatch.GetElapsedTime(counting).TotalMilliseconds:0} ms");
        Assert.Equal(Records, totals.Bands.Sum(band => band.Records));
        Assert.True(slow.Count == 0, string.Join(", ", slow));
    }

    static async Task Fill(Room room, TenantId tenant)
    {
        await using var session = await room.Database.Migrate(CancellationToken.None);
        var isPostgres = session.Dialect is PostgresDialect;
        if (isPostgres)
            await session.Sql("SELECT ensure_decision_months(DATE '2026-09-01', 4)").Run(CancellationToken.None);
        await session.Sql(isPostgres ? FillPostgres : FillSqlite).With("tenant", tenant.Value).With("records", Records).Run(CancellationToken.None);
        await session.Commit(CancellationToken.None);
        if (!isPostgres)
            return;
        await using var vacuum = await room.Database.Read(CancellationToken.None);
        await vacuum.Sql("VACUUM (ANALYZE) decision_records").Run(CancellationToken.None);
    }
}
