using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Interven.Cluster.Tests.Checking;
using Interven.Cluster.Tests.Running;
using Interven.Storage.Tests.Harness;
using Xunit.Abstractions;

namespace Interven.Cluster.Tests.Faults;

/// <summary>A silo is killed somewhere between a click and its answer: one end, one execution, and whoever waits is carried over by the front end.</summary>
public sealed class ApprovalKillTests(ITestOutputHelper output)
{
    /// <summary>A click is durable within this; the death comes somewhere in it.</summary>
    const int MostMilliseconds = 15;

    /// <summary>A client's own time-out: the wait that it asked for, and a little. It is given up then, and made again under its key.</summary>
    static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(40), Patience = TimeSpan.FromSeconds(120);

    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>A silo has a caller for ten seconds; then the front end asks another one. The rest is for a machine that has a silo to start meanwhile.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    [Fact, Trait("Category", "Slow")]
    public Task A_click_while_a_silo_dies_counts_once() => Rounds(2);

    [Fact, Trait("Category", "Slow")]
    public Task A_click_while_a_silo_dies_counts_once_two_hundred_times() => Rounds(Figures.Of("INTERVEN_APPROVAL_KILLS", 200));

    /// <summary>The mutant of the tests above: a store whose grants are not used up.</summary>
    [Fact, Trait("Category", "Slow")]
    public async Task A_grant_that_a_use_leaves_as_it_was_is_caught()
    {
        await using var cluster = await Start();
        await cluster.Rows("""
            CREATE FUNCTION mutant() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.uses_left := OLD.uses_left; RETURN NEW; END $$;
            CREATE TRIGGER mutant BEFORE UPDATE ON approvals FOR EACH ROW WHEN (OLD.state = 1) EXECUTE FUNCTION mutant()
            """, _ => 0);
        var (broken, _, _, _) = await Kill(cluster, 1);
        Assert.NotEmpty(broken);
        Figures.Report(output, "R3 mutant: grants that are not used up", $"caught: {broken.Count} broken in 1 round");
    }

    async Task Rounds(int rounds)
    {
        await using var cluster = await Start();
        var (broken, clicks, waits, again) = await Kill(cluster, rounds);
        Figures.Report(output, "Approvals decided while a silo dies",
            $"{broken.Count} of {rounds} broken; from the death to the click's answer median {Median(clicks):F1} s, longest {clicks.Max().TotalSeconds:F1} s; to the waiting call's answer median {Median(waits):F1} s, longest {waits.Max().TotalSeconds:F1} s; {again} asked for twice");
        Assert.Empty(broken);
        Assert.True(waits.Max() < Longest, $"A call waited for {waits.Max()}");
    }

    static async Task<RunningCluster> Start()
    {
        var cluster = await RunningCluster.Start(new() { Silos = 2, FrontEnds = 1 });
        await cluster.Apply("""{"name":"ask","rules":[{"match":{"operations":["pay_out"]},"action":"REQUIRE_APPROVAL"}]}""");
        return cluster;
    }

    static async Task<(List<string> Broken, List<TimeSpan> Clicks, List<TimeSpan> Waits, int Again)> Kill(RunningCluster cluster, int rounds)
    {
        var chance = new Random(Figures.Seed);
        var (broken, clicks, waits) = (new List<string>(), new List<TimeSpan>(), new List<TimeSpan>());
        var again = 0;
        for (var round = 0; round < rounds; round++)
        {
            var silo = cluster.Silos[chance.Next(2)];
            var waiting = Wait(cluster, round);
            var approval = await Pending(cluster, round);
            var clicking = Click(cluster, approval);
            await Task.Delay(chance.Next(MostMilliseconds));
            await silo.Kill();
            var died = Stopwatch.GetTimestamp();
            await clicking;
            clicks.Add(Stopwatch.GetElapsedTime(died));
            while (await Task.WhenAny(waiting, Task.Delay(BetweenLooks)) != waiting)
                if (await Asked(cluster) is [var next, ..])
                {
                    again++;
                    await Click(cluster, approval = next);
                }
            await waiting;
            waits.Add(Stopwatch.GetElapsedTime(died));
            silo.Start();
            await silo.Answers("/health/ready", 90);
            await Check(cluster, approval, round, broken);
        }
        return (broken, clicks, waits, again);
    }

    static double Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2).TotalSeconds;

    /// <summary>What the tables say: one end, one use, one release, one decision in the audit log.</summary>
    static async Task Check(RunningCluster cluster, string approval, int round, List<string> broken)
    {
        async Task<long> Count(string sql) => (await cluster.Rows(string.Format(CultureInfo.InvariantCulture, sql, approval), row => row.GetInt64(0)))[0];
        if (await Count("SELECT count(*) FROM approvals WHERE approval_id = '{0}' AND state = 1 AND uses_left = 0") != 1)
            broken.Add($"round {round}: not approved and used once");
        if (await Count("SELECT count(*) FROM decision_records WHERE approval_id = '{0}' AND decision = 0 AND kind IN ('released', 'scan')") is var releases and not 1)
            broken.Add($"round {round}: {releases} releases");
        if (await Count("SELECT count(*) FROM audit_log WHERE target = 'approval/{0}' AND action IN ('approval.approved', 'approval.denied')") is var decisions and not 1)
            broken.Add($"round {round}: {decisions} decisions in the audit log");
    }

    /// <summary>An agent as the clients are: one Idempotency-Key through whatever happens, until it may run its call.</summary>
    static Task Wait(RunningCluster cluster, int round) => Until($"round {round} is released", async () =>
    {
        var (_, said) = await Send(cluster, cluster.Key, "/v1/scan",
            $$"""{"method":"POST","url":"https://pay.example/pay-out","body":{"round":{{round}}},"wait_ms":30000}""", $"round-{round}");
        return said.GetProperty("decision").GetString() == "ALLOW" ? true : throw new InvalidOperationException($"It was answered {said}");
    });

    /// <summary>
    /// A reviewer who clicks until it is known to be over. A call or a release that was refused for want of time has lost its approval; the agent's next try asks for another
    /// one then, and the reviewer for that again.
    /// </summary>
    static Task Click(RunningCluster cluster, string approval) => Until($"the click on {approval} counts", async () =>
    {
        var (status, said) = await Send(cluster, cluster.AdminToken, $"/api/approvals/{approval}/approve", "{}", null);
        return status == 200 || status == 409 && said.GetProperty("outcome").GetString() is "approved" or "expired"
            ? true : throw new InvalidOperationException($"It was answered {status} {said}");
    });

    static async Task<string> Pending(RunningCluster cluster, int round)
    {
        var id = "";
        await Until($"round {round} waits", async () =>
        {
            var found = await Asked(cluster);
            return found.Count > 0 && (id = found[0]).Length > 0;
        });
        return id;
    }

    static Task<List<string>> Asked(RunningCluster cluster) => cluster.Rows("SELECT approval_id::text FROM approvals WHERE state = 0", row => row.GetString(0));

    static Task Until(string what, Func<Task<bool>> condition) => Eventually.Is(condition, what, (int)Patience.TotalSeconds);

    static async Task<(int Status, JsonElement Said)> Send(RunningCluster cluster, string token, string path, string body, string? idempotencyKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cluster.Doors[0] + path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var over = new CancellationTokenSource(ClientTimeout);
        using var answer = await cluster.Http.SendAsync(request, over.Token);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default);
    }
}
