using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class PolicyHistoryTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task A_deleted_policy_was_in_force_until_then_and_again_from_its_next_version_on(string store)
    {
        var room = stores.Room(store);
        var (tenant, policies) = (Make.Tenant(), room.Get<IPolicyStore>());
        var policy = (await policies.Apply(Make.Policy(tenant, "p", "{}"), Make.Audit(tenant))).Value!.Policy;
        Assert.Null(Assert.Single(await All()).ReplacedAt);

        await policies.Delete(tenant, policy, Make.Audit(tenant));
        var ended = Assert.Single(await All()).ReplacedAt;
        Assert.NotNull(ended);
        await Task.Delay(20);
        await policies.Apply(Make.Policy(tenant, "p", "{}"), Make.Audit(tenant));

        var versions = await All();
        Assert.Equal([ended, null], versions.Select(version => version.ReplacedAt));
        Assert.True(versions[1].CreatedAt > ended);

        async Task<IReadOnlyList<PastPolicy>> All() =>
            await room.Get<IPolicyHistory>().InForce(tenant, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(500), 0, 10);
    }
}
