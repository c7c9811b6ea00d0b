using System.Security.Cryptography;
using Interven.Engine.Policies;
using Interven.Grains.Ports;

namespace Interven.Grains.Tenants;

/// <summary>The policies that every new tenant starts with.</summary>
sealed class SeededPolicies(IPolicyStore policies, TimeProvider clock)
{
    public async Task Apply(TenantId tenant)
    {
        foreach (var policy in PolicyLibrary.Seeds)
        {
            var content = policy.ToCanonicalJson();
            await policies.Apply(
                new(tenant, new(Guid.CreateVersion7(clock.GetUtcNow())), policy.Name, policy.EnvName, content, SHA256.HashData(content), policy.Enabled, Actor.System.Id),
                new() { Tenant = tenant, Actor = Actor.System, Action = "policy.seeded", Target = "policy" });
        }
    }
}
