using Interven.Grains.Ports;
using Interven.Storage.Migrations;
using Interven.Storage.Orleans;
using Interven.Storage.Tests.Harness;
using Npgsql;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class InstallTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task A_second_install_runs_nothing(string store) => Assert.Empty(await stores.Room(store).Get<StorageInstaller>().Install());

    [Fact]
    public async Task Of_silos_that_start_together_one_installs()
    {
        var connection = await stores.Server.CreateDatabase("together");
        var rooms = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Room.Postgres(connection)));
        foreach (var room in rooms)
            await room.DisposeAsync();
    }

    [Fact]
    public async Task A_role_that_owns_nothing_runs_on_what_another_migrated()
    {
        var connection = await stores.Server.CreateDatabase("two_roles");
        await using (var owner = await Room.Postgres(connection))
        {
            await using var session = await owner.Database.Migrate(default);
            await session.Sql("CREATE ROLE \"running \"\"role\" LOGIN").Run(default);
            await session.Commit(default);
            await owner.Get<StorageInstaller>().Install("running \"role");
        }
        var running = new NpgsqlConnectionStringBuilder(connection) { Username = "running \"role" }.ConnectionString;
        await using var room = Room.Installed(running);
        Assert.Empty(await room.Get<StorageInstaller>().Pending());
        await room.Get<StorageInstaller>().Maintain();
        var row = Make.Row(Make.Tenant());
        Assert.IsType<CommitReply.Committed>(await room.Log.Append(new() { Row = row }));
        await room.Get<IPolicyStore>().Apply(Make.Policy(row.Tenant, "p", "{}"), Make.Audit(row.Tenant));
        Assert.Equal(1, (await room.Get<IRetentionStore>().PruneDecisions(Make.Run(row.Tenant), null, row.Time.AddDays(1), [], 10)).Records);
        await using var over = await room.Database.Change(default);
        var refused = await Assert.ThrowsAnyAsync<PostgresException>(async () => await over.Sql("ALTER TABLE audit_log DISABLE TRIGGER ALL").Run(default));
        Assert.Equal("42501", refused.SqlState);
    }

    [Theory, OnBoth]
    public async Task An_installed_store_has_nothing_to_come(string store) => Assert.Empty(await stores.Room(store).Get<StorageInstaller>().Pending());

    [Fact]
    public async Task What_is_to_come_is_named_and_a_later_builds_migrations_do_not_count()
    {
        var connection = await stores.Server.CreateDatabase("to_come");
        await using var room = await Room.Postgres(connection);
        await using var session = await room.Database.Migrate(default);
        await session.Sql("INSERT INTO schema_migrations VALUES ('9999_later', 'x')").Run(default);
        await session.Sql("DELETE FROM schema_migrations WHERE name = '0002_append_only'").Run(default);
        await session.Commit(default);
        Assert.Equal(["0002_append_only"], await room.Get<StorageInstaller>().Pending());
    }

    [Theory, OnBoth]
    public async Task An_edited_migration_is_refused_by_name(string store)
    {
        var room = stores.Room(store);
        var scripts = Script.For(store).Select(script => script with { Checksum = "edited" }).ToArray();
        await using var session = await room.Database.Migrate(default);
        var refused = await Assert.ThrowsAsync<MigrationChangedException>(async () => await Migrator.Run(session, scripts, default));
        Assert.Contains("0001_domain", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnBoth]
    public async Task Every_query_of_Orleans_is_installed(string store)
    {
        await using var connection = await stores.Room(store).Get<OrleansDatabase>().DataSource.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM OrleansQuery";
        Assert.Equal(20L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Records_of_this_month_have_a_partition_and_all_others_the_default_one()
    {
        var room = stores.Room("postgres");
        var tenant = Make.Tenant();
        await room.Log.Append(new() { Row = Make.Row(tenant, time: TimeProvider.System.GetUtcNow()) });
        await room.Log.Append(new() { Row = Make.Row(tenant, time: new(1999, 1, 1, 0, 0, 0, TimeSpan.Zero)) });
        var tables = await room.Database.All(
            "SELECT tableoid::regclass::text FROM decision_records WHERE tenant_id = @tenant ORDER BY seq",
            sql => sql.With("tenant", tenant.Value), row => row.Text(), default);
        Assert.Matches("^decision_records_20[0-9]{2}_[0-9]{2}$", tables[0]);
        Assert.Equal("decision_records_default", tables[1]);
    }

    [Fact]
    public async Task Two_silos_share_the_numbers_of_a_tenant()
    {
        var connection = await stores.Server.CreateDatabase("two_silos");
        await using var one = await Room.Postgres(connection);
        await using var two = await Room.Postgres(connection);
        var tenants = Enumerable.Range(0, 8).Select(_ => Make.Tenant()).ToArray();
        var replies = await Task.WhenAll(Enumerable.Range(0, 800).Select(i => (i % 2 == 0 ? one : two).Log
            .Append(Make.Append(tenants[i % 8]) with { Claim = Make.Claim($"k{i / 16}") }).AsTask()));

        Assert.DoesNotContain(replies, reply => reply is not (CommitReply.Committed or CommitReply.IdempotencyTaken));
        Assert.Equal(8 * 50, replies.Count(reply => reply is CommitReply.Committed));
        foreach (var tenant in tenants)
            Assert.Equal(Enumerable.Range(1, 50).Select(n => (long)n), (await one.Reads.After(tenant, 0, 200)).Select(row => row.Seq));
    }

    [Fact]
    public async Task A_database_file_keeps_everything_over_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("interven-restart-").FullName;
        var row = Make.Row(Make.Tenant());
        await using (var first = await Room.Sqlite(folder))
            await first.Log.Append(new() { Row = row, Claim = Make.Claim("k") });
        await using (var second = await Room.Sqlite(folder))
        {
            Assert.Equivalent(row, (await second.Reads.Find(row.Tenant, row.Trace))!.Row, strict: true);
            Assert.IsType<CommitReply.IdempotencyTaken>(await second.Log.Append(Make.Append(row.Tenant) with { Claim = Make.Claim("k") }));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_spooled_refusal_is_replayed_once_and_a_torn_line_is_skipped()
    {
        var folder = Directory.CreateTempSubdirectory("interven-spool-").FullName;
        var path = Path.Combine(folder, "refusals.spool");
        using var spool = new Recording.RefusalSpool(path, 1 << 20);
        var rows = Enumerable.Range(0, 5).Select(_ => Make.Row(Make.Tenant()) with { Kind = "refused", RuleId = null }).ToArray();
        Assert.All(rows, row => Assert.True(spool.TryAdd(row, null)));
        await File.AppendAllTextAsync(path, "{\"Tenant\":\"01");

        var seen = new List<DecisionRow>();
        await spool.Replay((row, _) =>
        {
            if (seen.Count == 2)
                return ValueTask.FromResult(false);
            seen.Add(row.Row);
            return ValueTask.FromResult(true);
        });
        await spool.Replay((row, _) =>
        {
            seen.Add(row.Row);
            return ValueTask.FromResult(true);
        });
        Assert.Equivalent(rows, seen, strict: true);
        Assert.Empty(Directory.GetFiles(folder));
        using var tiny = new Recording.RefusalSpool(path, 1);
        Assert.True(tiny.TryAdd(rows[0], null));
        Assert.False(tiny.TryAdd(rows[1], null));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_spooled_amendment_keeps_what_it_withdraws_and_gives_back()
    {
        var folder = Directory.CreateTempSubdirectory("interven-spool-").FullName;
        using var spool = new Recording.RefusalSpool(Path.Combine(folder, "refusals.spool"), 1 << 20);
        var amendment = new RecordAppend
        {
            Row = Make.Row(Make.Tenant()) with { Kind = "answer_amended", RuleId = null },
            Withdraw = new ApprovalId(Guid.CreateVersion7()),
            GiveBack = new("key-1", new(Guid.CreateVersion7())),
            ReturnGrant = new ApprovalId(Guid.CreateVersion7()),
            ReturnKey = new EphemeralKeyId("eph_1"),
        };
        Assert.True(spool.TryAdd(amendment));
        RecordAppend? seen = null;
        await spool.Replay((append, _) =>
        {
            seen = append;
            return ValueTask.FromResult(true);
        });
        Assert.Equivalent(amendment.Row, seen!.Row, strict: true);
        Assert.Equal((amendment.Withdraw, amendment.GiveBack, amendment.ReturnGrant, amendment.ReturnKey), (seen.Withdraw, seen.GiveBack, seen.ReturnGrant, seen.ReturnKey));
        Directory.Delete(folder, recursive: true);
    }
}
