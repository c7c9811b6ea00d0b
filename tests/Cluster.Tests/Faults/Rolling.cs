using Interven.Cluster.Tests.Load;
using Interven.Cluster.Tests.Running;
using Interven.Storage.Tests.Harness;

namespace Interven.Cluster.Tests.Faults;

/// <summary>Every process of a cluster is replaced, one after the other, under load and with agents that wait for people.</summary>
/// <param name="Failed">Calls without a durable answer after one retry.</param>
/// <param name="Refused">Tries without a durable answer.</param>
/// <param name="Sent">Calls.</param>
/// <param name="Stops">How long each process took to end.</param>
/// <param name="Starts">How long each silo took from its start to ready.</param>
/// <param name="Lost">Waiters that the decision did not reach.</param>
sealed record Rolling(List<Try> Failed, List<Try> Refused, int Sent, List<TimeSpan> Stops, List<TimeSpan> Starts, int Lost, List<Try> Journal)
{
    public const string Wires = """{"name":"wires","rules":[{"match":{"tool_name":"custom_proxy","operations":["wire_money"]},"action":"REQUIRE_APPROVAL"}]}""";

    static readonly TimeSpan BetweenProcesses = TimeSpan.FromSeconds(3);

    /// <param name="cluster">Whose processes.</param>
    /// <param name="stop">How one ends.</param>
    /// <param name="agents">How many call all the time.</param>
    /// <param name="waiters">How many wait for a person in each round.</param>
    /// <param name="rounds">What takes a process's place, round by round.</param>
    public static async Task<Rolling> Of(RunningCluster cluster, Func<Node, Task<TimeSpan>> stop, int agents, int waiters, params Func<Node, Node>[] rounds)
    {
        await cluster.Apply(Wires);
        using var load = new LoadClient(cluster.Doors, cluster.Key) { Pause = TimeSpan.FromMilliseconds(5) };
        using var over = new CancellationTokenSource();
        var running = load.Run(agents, over.Token);
        var (stops, starts, lost) = (new List<TimeSpan>(), new List<TimeSpan>(), 0);
        for (var round = 0; round < rounds.Length; round++)
        {
            var waiting = Enumerable.Range(round * waiters, waiters).Select(number => Waiter.Wait(cluster.Http, cluster.Doors[0], cluster.Key, number)).ToList();
            await Eventually.Is(async () => (await Pending(cluster)).Count == waiters, "everybody waits");
            foreach (var node in (Node[])[.. cluster.Silos, .. cluster.FrontEnds])
            {
                stops.Add(await stop(node));
                var isSilo = cluster.Silos.Contains(node);
                var next = cluster.Replace(node, rounds[round](node));
                var took = await next.Start().Answers(isSilo ? "/health/ready" : "/health/serving", 90);
                if (isSilo)
                    starts.Add(took);
                await Task.Delay(BetweenProcesses);
            }
            foreach (var approval in await Pending(cluster))
                await cluster.Admin(HttpMethod.Post, $"/api/approvals/{approval}/approve", new { note = "seen" });
            lost += (await Task.WhenAll(waiting)).Count(released => !released);
        }
        await over.CancelAsync();
        await running;
        var journal = load.Journal.ToList();
        var failed = journal.GroupBy(one => one.Number).Select(call => call.Last()).Where(one => !one.IsDurable).ToList();
        return new(failed, [.. journal.Where(one => !one.IsDurable)], load.Sent, stops, starts, lost, journal);
    }

    public string Words(int waiters) =>
        $"{Failed.Count} scans failed after one retry, {Refused.Count} tries refused ({LoadClient.Words(Refused)}), of {Sent}; {Lost} of {waiters} waiters lost; slowest stop {Stops.Max().TotalSeconds:F1} s, slowest silo start to ready {Starts.Max().TotalSeconds:F1} s";

    static async Task<List<string>> Pending(RunningCluster cluster) =>
        [.. (await cluster.Admin(HttpMethod.Get, "/api/approvals?status=pending&limit=200")).GetProperty("items").EnumerateArray().Select(one => one.GetProperty("approval_id").GetString()!)];
}
