using Interven.Cluster.Tests.Load;
using Interven.Cluster.Tests.Running;

namespace Interven.Cluster.Tests.Securing;

/// <summary>With certificates, silos and front ends speak to one another, and to nobody else.</summary>
[Trait("Category", "Slow")]
public sealed class TlsTests
{
    static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Only_who_has_a_certificate_of_the_clusters_authority_is_spoken_to()
    {
        using var authority = new Authority();
        using var other = new Authority();
        await using var cluster = await RunningCluster.Start(new() { FrontEnds = 1, Settings = authority.Settings("process") });
        using var load = new LoadClient(cluster.Doors, cluster.Key);
        Assert.Equal("ALLOW", (await load.Settle(1, mostTries: 15)).Decision);

        await using var plain = cluster.MakeFrontEnd(8, settings =>
        {
            foreach (var name in settings.Keys.Where(name => name.StartsWith("Interven__Silo__Tls", StringComparison.Ordinal)).ToArray())
                settings.Remove(name);
        }).Start();
        await using var stranger = cluster.MakeFrontEnd(9, settings =>
        {
            foreach (var (name, value) in other.Settings("stranger"))
                settings[name] = value;
        }).Start();
        await Task.Delay(LongEnough);
        Assert.False(await IsReady(cluster, plain));
        Assert.False(await IsReady(cluster, stranger));
        Assert.True((await load.Settle(2, mostTries: 5)).IsDurable);
    }

    static async Task<bool> IsReady(RunningCluster cluster, Node node)
    {
        try
        {
            using var answer = await cluster.Http.GetAsync(node.Url + "/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not even listen before it has found a silo.
            return false;
        }
    }
}
