using Interven.GrainInterfaces.Cluster;

namespace Interven.Grains.Cluster;

[GrainType("front-ends")]
sealed class FrontEndsGrain(TimeProvider clock) : Grain, IFrontEndsGrain
{
    static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);
    readonly Dictionary<string, long> seen = [];

    public Task<int> Beat(string frontEnd)
    {
        seen[frontEnd] = clock.GetTimestamp();
        foreach (var gone in seen.Where(one => clock.GetElapsedTime(one.Value) > Memory).Select(one => one.Key).ToArray())
            seen.Remove(gone);
        return Task.FromResult(seen.Count);
    }
}
