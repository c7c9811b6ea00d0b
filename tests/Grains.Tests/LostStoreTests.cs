using System.Text.Json;
using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Interven.Grains.Tests;

/// <summary>A store that dies while nobody calls: the first call must find out, whether it asks for an earlier answer first or not.</summary>
public sealed class LostStoreTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Theory]
    [InlineData(null)]
    [InlineData("call-1")]
    public async Task What_is_refused_while_the_store_is_dead_is_read_and_recorded_afterwards(string? idempotencyKey)
    {
        var key = (await silos.Mint()).Key;
        Assert.Equal("ALLOW", await silos.Decision(0, key, "https://corp.example/ping", "{}"));
        await silos.Postgres.Kill();
        var reply = await silos.Scan(0, key, "https://corp.example/ping", """{"n":1}""", idempotencyKey: idempotencyKey);
        await silos.Postgres.Boot();

        using var answer = JsonDocument.Parse(reply.Json!);
        Assert.Equal("DENY", answer.RootElement.GetProperty("decision").GetString());
        Assert.Equal("AUDIT_UNAVAILABLE", Assert.Single(answer.RootElement.GetProperty("reason_codes").EnumerateArray()).GetString());
        var reads = silos.Cluster.Silos[0].ServiceProvider.GetRequiredService<IDecisionReads>();
        await Eventually.Is(async () => (await reads.After(new(silos.Tenant), 0, 1000)).Any(one => one.Row.Kind == "refused" && one.Row.Parent?.Value == reply.TraceId), "the refusal is recorded");
        await Eventually.Is(async () => await silos.Decision(0, key, "https://corp.example/ping", "{}") == "ALLOW", "the silo decides again");
    }

    [Fact]
    public async Task A_store_that_hangs_is_found_out_by_a_call_that_does_not_get_as_far_as_its_record()
    {
        var key = (await silos.Mint()).Key;
        var log = silos.Cluster.Silos[1].ServiceProvider.GetRequiredService<IDecisionLog>();
        await Eventually.Is(() => Task.FromResult(log.Health == LogHealth.Available), "the silo records");
        silos.Postgres.Freeze();
        try
        {
            // This silo has never seen the key.
            Assert.Equal("DENY", await silos.Decision(1, key, "https://corp.example/ping", "{}"));
            await Eventually.Is(() => Task.FromResult(log.Health == LogHealth.Unavailable), "the silo knows that its store is out");
        }
        finally
        {
            silos.Postgres.Thaw();
        }
        await Eventually.Is(async () => await silos.Decision(1, key, "https://corp.example/ping", "{}") == "ALLOW", "the silo decides again");
    }
}
