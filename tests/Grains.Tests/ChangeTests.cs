using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Keys;

namespace Interven.Grains.Tests;

/// <summary>When the call that changes something has returned, no silo decides by the old state.</summary>
public sealed class ChangeTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    const string Url = "https://pay.corp/v1/wire-money";

    [Fact]
    public async Task A_changed_policy_counts_on_every_silo_at_once()
    {
        var key = (await silos.Mint()).Key;
        for (var round = 0; round < 30; round++)
        {
            var action = round % 2 == 0 ? "DENY" : "ALLOW";
            await silos.Apply("switch", "wire_money", action);
            Assert.Equal(action, await silos.Decision(0, key, Url, "{}"));
            Assert.Equal(action, await silos.Decision(1, key, Url, "{}"));
        }
    }

    [Fact]
    public async Task A_revoked_key_is_refused_by_every_silo_at_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var minted = await silos.Mint();
            Assert.Equal("ALLOW", await silos.Decision(0, minted.Key, "https://corp.example/ping", "{}"));
            Assert.Equal("ALLOW", await silos.Decision(1, minted.Key, "https://corp.example/ping", "{}"));
            await silos.On(0).GetGrain<IApiKeyGrain>(GrainKeys.Key(minted.KeyId)).Revoke(silos.Tenant, Actor.System);
            Assert.Equal("INVALID_KEY", await silos.Decision(0, minted.Key, "https://corp.example/ping", "{}"));
            Assert.Equal("INVALID_KEY", await silos.Decision(1, minted.Key, "https://corp.example/ping", "{}"));
        }
    }

    [Fact]
    public async Task A_suspended_agent_is_denied_by_every_silo_at_once()
    {
        var key = (await silos.Mint()).Key;
        for (var round = 0; round < 10; round++)
        {
            await silos.TenantGrain.SetSuspended("rogue", true, Actor.System);
            Assert.Equal("DENY", await silos.Decision(0, key, "https://corp.example/ping", "{}", "rogue"));
            Assert.Equal("DENY", await silos.Decision(1, key, "https://corp.example/ping", "{}", "rogue"));
            await silos.TenantGrain.SetSuspended("rogue", false, Actor.System);
            Assert.Equal("ALLOW", await silos.Decision(1, key, "https://corp.example/ping", "{}", "rogue"));
        }
    }

    [Fact]
    public async Task A_narrowed_allowlist_acts_on_every_silo_at_once()
    {
        var minted = await silos.Mint();
        Assert.Equal("ALLOW", await silos.Decision(1, minted.Key, "https://corp.example/ping", "{}"));
        await silos.On(0).GetGrain<IApiKeyGrain>(GrainKeys.Key(minted.KeyId)).Patch(silos.Tenant, new(IpAllowlist: ["203.0.113.0/24"]), Actor.System);
        Assert.Equal("IP_NOT_ALLOWED", await silos.Decision(1, minted.Key, "https://corp.example/ping", "{}"));
    }
}
