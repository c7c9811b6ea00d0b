using System.Net;
using System.Net.Sockets;
using Interven.GrainInterfaces.People;

namespace Interven.Grains.People;

/// <summary>In memory: a restart forgives, the addresses' own lock-outs do not.</summary>
[GrainType("sources")]
sealed class SourcesGrain(TimeProvider clock) : Grain, ISourcesGrain
{
    const int MostFailures = 10, MostSources = 50_000;
    static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    readonly Dictionary<string, Failures> sources = new(StringComparer.Ordinal);

    public Task<int?> Take(string address)
    {
        var (now, key) = (clock.GetUtcNow(), KeyOf(address));
        if (!sources.TryGetValue(key, out var known) || known.Until <= now)
        {
            MakeRoom(now);
            sources[key] = known = new(now + Window);
        }
        if (known.Count >= MostFailures)
            return Task.FromResult<int?>(Math.Max(1, (int)Math.Ceiling((known.Until - now).TotalSeconds)));
        known.Count++;
        return Task.FromResult<int?>(null);
    }

    public Task GiveBack(string address)
    {
        if (sources.TryGetValue(KeyOf(address), out var known) && known.Count > 0)
            known.Count--;
        return Task.CompletedTask;
    }

    /// <summary>One who has an IPv6 network has all its addresses.</summary>
    static string KeyOf(string address) => IPAddress.TryParse(address, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6
        ? Convert.ToHexString(ip.GetAddressBytes().AsSpan(0, 8)) : address;

    void MakeRoom(DateTimeOffset now)
    {
        if (sources.Count < MostSources)
            return;
        foreach (var (key, _) in sources.Where(one => one.Value.Until <= now).ToList())
            sources.Remove(key);
        if (sources.Count >= MostSources)
            sources.Remove(sources.MinBy(one => one.Value.Count).Key);
    }

    sealed class Failures(DateTimeOffset until)
    {
        public DateTimeOffset Until { get; } = until;
        public int Count { get; set; }
    }
}
