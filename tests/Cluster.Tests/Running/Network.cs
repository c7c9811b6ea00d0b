using System.Globalization;

namespace Interven.Cluster.Tests.Running;

/// <summary>Network namespaces on a bridge of their own, one for each silo, so that the way between two of them can be closed. Needs root and iproute2.</summary>
sealed class Network : IAsyncDisposable
{
    static int count;
    readonly string bridge;
    readonly int net = 100 + Environment.ProcessId % 100 + Interlocked.Increment(ref count);
    readonly List<int> silos = [];

    Network() => bridge = $"ivt{net}";

    public string Gateway => $"10.77.{net}.1";

    public static async Task<Network> Make(int silos)
    {
        var network = new Network();
        await Ip("link", "add", network.bridge, "type", "bridge");
        await Ip("addr", "add", network.Gateway + "/24", "dev", network.bridge);
        await Ip("link", "set", network.bridge, "up");
        for (var silo = 1; silo <= silos; silo++)
            await network.Add(silo);
        return network;
    }

    public string AddressOf(int silo) => $"10.77.{net}.{10 + silo}";

    public string NameOf(int silo) => $"{bridge}-{silo}";

    /// <summary>Neither hears of the other any more; both reach the database still.</summary>
    public async Task Part(int one, int other)
    {
        await Within(one, "route", "add", "blackhole", AddressOf(other) + "/32");
        await Within(other, "route", "add", "blackhole", AddressOf(one) + "/32");
    }

    public async Task Join(int one, int other)
    {
        await Within(one, "route", "del", "blackhole", AddressOf(other) + "/32");
        await Within(other, "route", "del", "blackhole", AddressOf(one) + "/32");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos)
            await Ip("netns", "del", NameOf(silo));
        await Ip("link", "del", bridge);
    }

    async Task Add(int silo)
    {
        var (name, wire) = (NameOf(silo), string.Create(CultureInfo.InvariantCulture, $"v{net}-{silo}"));
        await Ip("netns", "add", name);
        silos.Add(silo);
        await Ip("link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", name);
        await Ip("link", "set", wire, "master", bridge, "up");
        await Within(silo, "addr", "add", AddressOf(silo) + "/24", "dev", "eth0");
        await Within(silo, "link", "set", "lo", "up");
        await Within(silo, "link", "set", "eth0", "up");
    }

    Task<string> Within(int silo, params string[] arguments) => Ip(["netns", "exec", NameOf(silo), "ip", .. arguments]);

    static Task<string> Ip(params string[] arguments) => Command.Run("ip", arguments);
}
