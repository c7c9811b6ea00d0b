using System.Text;
using System.Text.Json;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces.Scanning;

namespace Interven.Grains.Tests;

/// <summary>What must happen once happens once, whichever silos take part.</summary>
public sealed class ExactlyOnceTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Fact]
    public async Task One_idempotency_key_is_one_record_and_one_answer_over_two_silos()
    {
        var key = (await silos.Mint()).Key;
        var before = (await silos.TenantGrain.Usage()).ScansUsed;
        for (var round = 0; round < 20; round++)
        {
            var name = $"once-{round}";
            var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(call =>
                silos.Scan(call % 2, key, "https://corp.example/ping", $$"""{"n":{{round}}}""", idempotencyKey: name)));
            Assert.Single(replies.Select(reply => Encoding.UTF8.GetString(reply.Json!)).Distinct());
            Assert.Single(replies.Select(reply => reply.TraceId).Distinct());
        }
        Assert.Equal(before + 20, (await silos.TenantGrain.Usage()).ScansUsed);
    }

    [Fact]
    public async Task An_idempotency_key_with_another_body_is_refused_on_the_other_silo_too()
    {
        var key = (await silos.Mint()).Key;
        await silos.Scan(0, key, "https://corp.example/ping", "{}", idempotencyKey: "taken");
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", TwoSilos.DecisionOf(await silos.Scan(1, key, "https://corp.example/ping", """{"other":1}""", idempotencyKey: "taken")));
    }

    [Fact]
    public async Task The_identical_call_joins_one_approval_over_two_silos()
    {
        var key = (await silos.Mint()).Key;
        await silos.Apply("ask", "pay_out", "REQUIRE_APPROVAL");
        for (var round = 0; round < 10; round++)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(call => silos.Scan(call % 2, key, "https://pay.corp/pay-out", $$"""{"amount":{{round}}}""")));
            Assert.All(replies, reply => Assert.Equal("REQUIRE_APPROVAL", TwoSilos.DecisionOf(reply)));
            Assert.Single(replies.Select(ApprovalOf).Distinct());
        }
    }

    [Fact]
    public async Task An_ephemeral_key_is_used_exactly_as_often_as_it_says()
    {
        var parent = (await silos.Mint()).Key;
        var minted = await silos.TenantGrain.MintEphemeralKey(parent, new(60, 7, new EphemeralScope()), Actor.System);
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(call => silos.Scan(call % 2, minted.Value!.Key, "https://corp.example/ping", "{}")));
        Assert.Equal(7, replies.Count(reply => reply.Json is not null));
        Assert.All(replies.Where(reply => reply.Json is null), reply => Assert.Equal("INVALID_KEY", reply.Refusal!.Reason));
    }

    static string ApprovalOf(ScanReply reply)
    {
        using var json = JsonDocument.Parse(reply.Json!);
        return json.RootElement.GetProperty("approval_id").GetString()!;
    }
}
