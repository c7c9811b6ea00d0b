using Interven.Contracts.Policies;
using Interven.Engine.Policies;
using Interven.GrainInterfaces;

namespace Interven.Grains.Tenants;

sealed partial class TenantGrain
{
    static readonly TimeSpan HitsWindow = TimeSpan.FromHours(24);

    public async Task<IReadOnlyList<PolicyPack>> PolicyPacks()
    {
        var here = (await policies.All(Tenant)).Select(row => (row.Name, row.Env)).ToHashSet();
        return [.. PolicyLibrary.Packs.Select(name => new PolicyPack(name,
            [.. PolicyLibrary.Pack(name).Select(policy => new PackPolicy(policy.Name, policy.Description, policy.Rules.Count, here.Contains((policy.Name, policy.EnvName))))]))];
    }

    public async Task<Reply<IReadOnlyList<AppliedPolicy>>> ApplyPack(string name, Actor actor)
    {
        var pack = PolicyLibrary.Pack(name);
        if (pack.Count == 0)
            return new Refusal(404, ReasonCodes.NotFound, "There is no such pack.");
        var applied = new List<AppliedPolicy>();
        foreach (var policy in pack)
        {
            var reply = await ApplyPolicy(policy.ToCanonicalJson(), actor);
            if (reply.Refusal is { } refusal)
                return refusal;
            applied.Add(reply.Value!);
        }
        return new() { Value = applied };
    }

    public async Task<IReadOnlyList<PolicyHits>> PolicyHits() => [.. await policies.Hits(Tenant, clock.GetUtcNow() - HitsWindow)];
}
