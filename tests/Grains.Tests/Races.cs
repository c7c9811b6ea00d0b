using Interven.Contracts.Approvals;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Interven.Grains.Tests;

/// <summary>Races over two clusters, and what must hold after them: each returns what was broken, so that a test can also show that it sees a careless build.</summary>
static class Races
{
    /// <summary>Many deciders at once on each of many approvals: one end each, and nobody is told another one.</summary>
    public static async Task<List<string>> Decide(TwoClusters clusters, int approvals, int deciders)
    {
        var key = (await clusters.Mint()).Key;
        await clusters.Ask("race_once");
        var broken = new List<string>();
        for (var n = 0; n < approvals; n++)
        {
            var approval = await clusters.Open(n % 2, key, "https://pay.corp/race-once", n);
            var replies = await Task.WhenAll(Enumerable.Range(0, deciders).Select(i =>
                clusters.Approval(i % 2, approval).Decide(new(Random.Shared.Next(2) == 0, null), new("user", $"person-{i}"))));
            await Check(clusters, approval, replies, broken);
        }
        return broken;
    }

    /// <summary>Many redemptions at once of one grant: as many executions as it allows.</summary>
    public static async Task<List<string>> Redeem(TwoClusters clusters, int uses, int callers)
    {
        var minted = await clusters.Mint();
        await clusters.Ask("use_often", $$""","grant_uses":{{uses}}""");
        var approval = await clusters.Open(0, minted.Key, "https://pay.corp/use-often", 1);
        Assert.Equal("approved", (await clusters.Approval(1, approval).Decide(new(true, null), new("user", "reviewer"))).Value!.Status);
        var caller = new Actor("api_key", minted.KeyId, "127.0.0.1");
        var replies = await Task.WhenAll(Enumerable.Range(0, callers).Select(i => UntilSure(() => clusters.Approval(i % 2, approval).Redeem(caller))));
        var executions = replies.Count(reply => reply.Value is not null);
        var broken = new List<string>();
        if (executions != uses)
            broken.Add($"{executions} executions of {uses}");
        broken.AddRange(replies.Where(reply => reply.Value is null && reply.Refusal!.Reason != ReasonCodes.AlreadyRedeemed).Select(reply => $"told {reply.Refusal!.Reason}"));
        var left = (await clusters.Approval(0, approval).Detail()).Value!.UsesLeft;
        if (left != 0)
            broken.Add($"{left} uses are left");
        return broken;
    }

    /// <summary>Many scans at once with one ephemeral key: as many are let in as it allows.</summary>
    public static async Task<List<string>> UseEphemeral(TwoClusters clusters, int uses, int callers)
    {
        var minted = await clusters.TenantGrain.MintEphemeralKey((await clusters.Mint()).Key, new(600, uses, new EphemeralScope()), Actor.System);
        var replies = await Task.WhenAll(Enumerable.Range(0, callers).Select(i => clusters.Scan(i % 2, minted.Value!.Key, "https://corp.example/ping", "{}")));
        var admitted = replies.Count(reply => reply.Json is not null && TwoSilos.DecisionOf(reply) == "ALLOW");
        // On a busy machine a call may be refused for want of time, before or after it took its use.
        var unsure = replies.Count(reply => reply.Json is not null) - admitted;
        var left = (await clusters.Services(0).GetRequiredService<IEphemeralKeyStore>().Find(new(minted.Value!.EphemeralId)))!.UsesLeft;
        return admitted > uses || admitted + unsure < uses || left != 0 ? [$"{admitted} calls of {uses}, {unsure} refused for want of time, {left} uses left"] : [];
    }

    static async Task Check(TwoClusters clusters, Guid approval, Reply<Approval>[] replies, List<string> broken)
    {
        var ends = new[] { (await clusters.Approval(0, approval).Detail()).Value!.Status, (await clusters.Approval(1, approval).Detail()).Value!.Status };
        if (ends[0] != ends[1] || ends[0] is not ("approved" or "denied"))
            broken.Add($"{approval} ended as {ends[0]} and {ends[1]}");
        foreach (var reply in replies)
            if ((reply.Value?.Status ?? reply.Refusal!.Outcome) != ends[0])
                broken.Add($"{approval} is {ends[0]}, but somebody was told {reply.Value?.Status ?? reply.Refusal!.Outcome ?? reply.Refusal.Reason}");
        if (replies.Count(reply => reply.Value is not null) is var won and not 1)
            broken.Add($"{approval} was decided by {won}");
        var audit = await clusters.Services(0).GetRequiredService<IAuditLog>().List(new(clusters.Tenant), new() { Target = $"approval/{approval}" });
        if (audit.Count(row => row.Row.Action is "approval.approved" or "approval.denied") is var rows and not 1)
            broken.Add($"{approval} has {rows} decisions in the audit log");
    }

    /// <summary>A store that was too slow says so, and is asked again.</summary>
    static async Task<Reply<RedeemedCall>> UntilSure(Func<Task<Reply<RedeemedCall>>> ask)
    {
        for (var tries = 0; ; tries++)
        {
            var reply = await ask();
            if (reply.Refusal?.Status != 503 || tries == 20)
                return reply;
        }
    }
}
