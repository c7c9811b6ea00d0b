using Interven.Cluster.Tests.Checking;
using Interven.Cluster.Tests.Faults;
using Interven.Cluster.Tests.Load;
using Interven.Storage.Tests.Harness;
using Xunit.Abstractions;

namespace Interven.Cluster.Tests.Deploying;

/// <summary>The published programs as compose arranges them: two silos and two front ends behind haproxy, over one Postgres.</summary>
[Trait("Category", "Slow")]
public sealed class ComposeTests(PublishedBuild build, ITestOutputHelper output) : IClassFixture<PublishedBuild>
{
    const int Waiters = 4;
    static readonly TimeSpan Dead = TimeSpan.FromSeconds(2), Between = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Any_one_process_may_be_killed_under_load()
    {
        await using var postgres = await PostgresServer.Start();
        var connection = await postgres.CreateDatabase("interven");
        await using var arranged = new ArrangedProcesses(ComposeFile.Read(), build.Folder, connection);
        await arranged.Migrate();
        var haproxy = await arranged.Start();
        await arranged.Call(HttpMethod.Post, "/v1/policies/apply", arranged.Key, Rolling.Wires);
        using var load = new LoadClient([haproxy.Url], arranged.Key) { Pause = TimeSpan.FromMilliseconds(10) };
        Assert.Equal("ALLOW", (await load.Settle(0, mostTries: 15)).Decision);
        using var over = new CancellationTokenSource();
        var running = load.Run(8, over.Token);
        var waiting = Enumerable.Range(0, Waiters).Select(number => Waiter.Wait(arranged.Http, haproxy.Url, arranged.Key, number)).ToList();
        await Eventually.Is(async () => (await arranged.Pending()).Count == Waiters, "everybody waits");

        foreach (var node in arranged.Processes)
        {
            await node.Kill();
            await Task.Delay(Dead);
            await node.Start().Answers(node.Name.StartsWith("silo", StringComparison.Ordinal) ? "/health/ready" : "/health/serving", 90);
            await Task.Delay(Between);
        }
        Assert.Equal(Waiters, (await arranged.Pending()).Count);
        foreach (var approval in await arranged.Pending())
            await arranged.Call(HttpMethod.Post, $"/api/approvals/{approval}/approve", arranged.AdminToken, """{"note":"seen"}""");
        var lost = (await Task.WhenAll(waiting)).Count(released => !released);
        await over.CancelAsync();
        await running;

        var failed = load.Journal.GroupBy(one => one.Number).Select(call => call.Last()).Where(one => !one.IsDurable).ToList();
        var found = await Evidence.Check(connection, load.Journal);
        Figures.Report(output, "Each process of compose's arrangement killed in turn (`kill -9`)",
            $"{failed.Count} scans failed after one retry ({load.Refusals}), of {load.Sent}; {lost} of {Waiters} waiters lost; {found.Count} records lost, doubled or contradicted");
        Assert.Empty(failed);
        Assert.Equal(0, lost);
        Assert.Empty(found);
    }
}
