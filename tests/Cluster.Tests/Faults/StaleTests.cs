using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Interven.Cluster.Tests.Checking;
using Interven.Cluster.Tests.Load;
using Interven.Cluster.Tests.Running;
using Npgsql;
using Xunit.Abstractions;

namespace Interven.Cluster.Tests.Faults;

/// <summary>R4: once a changing call has returned, no silo decides by what was before, though silos are frozen, cut off from the database and killed.</summary>
[Trait("Category", "Slow")]
public sealed class StaleTests(ITestOutputHelper output)
{
    const string Call = """{"method":"POST","url":"https://pay.corp/wire-money","body":{"amount":1}}""";
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    static readonly int Rounds = Figures.Of("INTERVEN_STALE_ROUNDS", 2), Flips = Figures.Of("INTERVEN_STALE_FLIPS", 15);

    [Fact]
    public async Task No_old_policy_or_key_is_used_with_silos_frozen_cut_off_and_killed()
    {
        FaultyWire? wire = null;
        await using var cluster = await RunningCluster.Start(new()
        {
            Silos = 3,
            FrontEnds = 3,
            Route = (number, connection) => number == 3 ? Through(connection, out wire) : connection,
        });
        var (stale, journal, changes, late) = await FlipUnderFaults(cluster, [.. Faults(cluster, wire!)]);
        Figures.Report(output, "R4 old policy or key used after the change returned",
            $"{stale.Count + late} of {journal.Count(one => one.IsDurable)} answers, {changes.Count} changes under silos frozen, cut off and killed; longest change {changes.Max(one => one.Took).TotalSeconds:F1} s");
        Assert.Empty(stale);
        Assert.Equal(0, late);
        await wire!.DisposeAsync();
    }

    [Fact]
    public async Task A_database_in_which_no_lease_lives_is_caught()
    {
        await using var cluster = await RunningCluster.Start(new() { Silos = 3, FrontEnds = 3 });
        // The barrier finds nobody to wait for, while the silos believe in their leases.
        await cluster.Rows("""
            CREATE FUNCTION mutant() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.expires_at := clock_timestamp() - interval '1 hour'; RETURN NEW; END $$;
            CREATE TRIGGER mutant BEFORE INSERT OR UPDATE ON silo_leases FOR EACH ROW EXECUTE FUNCTION mutant();
            UPDATE silo_leases SET expires_at = clock_timestamp()
            """, _ => 0);
        var (stale, journal, changes, _) = await FlipUnderFaults(cluster, []);
        Figures.Report(output, "R4 mutant: leases that are over at once", $"caught: {stale.Count} of {journal.Count(one => one.IsDurable)} answers by an old policy, {changes.Count} changes");
        Assert.NotEmpty(stale);
    }

    static string Through(string connection, out FaultyWire wire)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        wire = new(settings.Port);
        settings.Port = wire.Port;
        return settings.ConnectionString;
    }

    static IEnumerable<Func<Task>> Faults(RunningCluster cluster, FaultyWire wire)
    {
        for (var round = 0; round < Rounds; round++)
        {
            yield return () => For(3, () => wire.Set(Wire.Hangs), () => wire.Set(Wire.Whole));
            yield return () => For(2, cluster.Silos[1].Freeze, cluster.Silos[1].Thaw);
            yield return () => For(12, cluster.Silos[2].Freeze, cluster.Silos[2].Thaw);
            yield return () => For(11, () => wire.Set(Wire.Cut), () => wire.Set(Wire.Whole));
            yield return async () =>
            {
                await cluster.Silos[1].Kill();
                cluster.Silos[1].Start();
                await cluster.Silos[1].Answers("/health/ready", 90);
            };
        }
    }

    static async Task For(int seconds, Action begin, Action end)
    {
        begin();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        end();
        await Task.Delay(TimeSpan.FromSeconds(2));
    }

    static async Task<(List<Try> Stale, List<Try> Journal, List<Changed> Changes, int AfterRevocation)> FlipUnderFaults(RunningCluster cluster, Func<Task>[] faults)
    {
        var changes = new List<Changed> { await Flip(cluster, 0) };
        using var load = new LoadClient(cluster.Doors, cluster.Key) { MostTries = 1, Keyed = false, Call = _ => Call };
        using var over = new CancellationTokenSource();
        var running = load.Run(16, over.Token);
        var late = 0;
        using var faulted = new CancellationTokenSource();
        var flipping = Task.Run(async () =>
        {
            for (var flip = 1; flip <= Flips || !faulted.IsCancellationRequested; flip++)
                changes.Add(await Flip(cluster, flip));
        });
        var revoking = faults.Length == 0 ? Task.CompletedTask : Task.Run(async () =>
        {
            while (!faulted.IsCancellationRequested)
                late += await Revoke(cluster);
        });
        foreach (var fault in faults)
        {
            Assert.False(flipping.IsFaulted, flipping.Exception?.InnerException?.Message);
            await fault();
        }
        await faulted.CancelAsync();
        await Task.WhenAll(flipping, revoking);
        await over.CancelAsync();
        await running;
        var journal = load.Journal.ToList();
        return (Changes.Stale(journal, changes), journal, changes, late);
    }

    /// <summary>Turns the rule over and waits for the changing call, repeating one that got no answer: only a call that has returned binds.</summary>
    static async Task<Changed> Flip(RunningCluster cluster, int flip)
    {
        var document = $$"""{"name":"switch","rules":[{"match":{"tool_name":"custom_proxy","operations":["wire_money"]},"action":"{{(flip % 2 == 0 ? "ALLOW" : "DENY")}}"}]}""";
        var began = Stopwatch.GetTimestamp();
        var said = "";
        for (var tries = 0; ; tries++)
        {
            using var over = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, cluster.FrontEnds[tries % cluster.FrontEnds.Count].Url + "/v1/policies/apply")
                {
                    Content = new StringContent(document, Encoding.UTF8, "application/json"),
                };
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + cluster.Key);
                using var answer = await cluster.Http.SendAsync(request, over.Token);
                var text = await answer.Content.ReadAsStringAsync(over.Token);
                said = $"{(int)answer.StatusCode} {text}";
                if (answer.IsSuccessStatusCode)
                    return new(Stopwatch.GetTimestamp(), JsonSerializer.Deserialize<JsonElement>(text).GetProperty("version").GetInt32(), Stopwatch.GetElapsedTime(began));
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Not returned, so it binds nobody yet.
                said = e.GetType().Name;
            }
            Assert.True(Stopwatch.GetElapsedTime(began) < Longest, $"Change {flip} could not be made in {tries + 1} tries; the last: {said}");
            await Task.Delay(200);
        }
    }

    /// <summary>A key is minted, used on every door, revoked; how often it still worked after that.</summary>
    static async Task<int> Revoke(RunningCluster cluster)
    {
        try
        {
            var minted = await cluster.Admin(HttpMethod.Post, "/api/keys", new { name = "short-lived" });
            using var load = new LoadClient(cluster.Doors, minted.GetProperty("key").GetString()!) { MostTries = 1, Keyed = false, Call = _ => Call, Pause = TimeSpan.FromMilliseconds(5) };
            using var over = new CancellationTokenSource();
            var running = load.Run(3, over.Token);
            await Task.Delay(300);
            var revokedAt = long.MaxValue;
            try
            {
                await cluster.Admin(HttpMethod.Post, $"/api/keys/{minted.GetProperty("key_id").GetString()}/revoke");
                revokedAt = Stopwatch.GetTimestamp();
                await Task.Delay(500);
            }
            finally
            {
                await over.CancelAsync();
                await running;
            }
            return Changes.AfterRevocation(load.Journal, revokedAt).Count;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or Xunit.Sdk.XunitException)
        {
            // Could not be made or revoked now; the next one can.
            await Task.Delay(200);
            return 0;
        }
    }
}
