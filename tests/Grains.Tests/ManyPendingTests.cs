using System.Diagnostics;
using System.Security.Cryptography;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit.Abstractions;

namespace Interven.Grains.Tests;

/// <summary>Ten thousand pending approvals: the queue answers, they end together in seconds, and who waits costs little.</summary>
[Trait("Category", "Slow")]
public sealed class ManyPendingTests(TwoClusters clusters, ITestOutputHelper output) : IClassFixture<TwoClusters>
{
    const int Many = 10_000, Parked = 2_000, Pages = 300;

    [Fact]
    public async Task Ten_thousand_pending_are_listed_waited_for_and_ended_together()
    {
        var before = Memory();
        var ids = await Open();
        var opened = Memory();
        output.WriteLine($"{Many} opened: memory {before / 1e6:0} → {opened / 1e6:0} MB");

        var p95 = await PageTimes(ids);
        output.WriteLine($"queue page of 50: p95 {p95.TotalMilliseconds:0.0} ms");

        var waiting = ids.Take(Parked).Select((id, i) => clusters.Approval(i % 2, id).Status(TimeSpan.FromMinutes(2))).ToList();
        foreach (var id in (Guid[])[ids[0], ids[Parked - 1]])
            await Eventually.Is(async () => (await clusters.Approval(Array.IndexOf(ids, id) % 2, id).Detail()).Value!.Waiting == 1, "they wait", 60);
        var parked = Memory();
        output.WriteLine($"{Parked} parked in grains of their own: {(parked - opened) / Parked / 1e3:0.0} KB each");

        var began = Stopwatch.GetTimestamp();
        await Run("UPDATE approvals SET expires_at = clock_timestamp() WHERE state = 0");
        await Eventually.Is(async () => await Count("SELECT count(*) FROM approvals WHERE state = 0") == 0, "all have ended", 60);
        var settled = Stopwatch.GetElapsedTime(began);
        var answers = await Task.WhenAll(waiting);
        output.WriteLine($"{Many} ended together: settled in {settled.TotalSeconds:0.0} s, the last waiter told after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        Assert.All(answers, reply => Assert.Equal("expired", reply.Value!.Status));
        Assert.Equal(Many, await Count("SELECT count(*) FROM audit_log WHERE action = 'approval.expired'"));
        Assert.True(p95 < TimeSpan.FromMilliseconds(200), $"p95 {p95}");
        Assert.True(settled < TimeSpan.FromSeconds(5), $"settled in {settled}");
        Assert.True(opened - before < 100_000_000, "memory grew with what is pending");
    }

    async Task<Guid[]> Open()
    {
        var (store, ids, tenant) = (clusters.Services(0).GetRequiredService<IApprovalStore>(), new Guid[Many], new TenantId(clusters.Tenant));
        await Parallel.ForEachAsync(Enumerable.Range(0, Many), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, cancel) =>
        {
            ids[n] = Guid.CreateVersion7();
            await store.Open(new()
            {
                Tenant = tenant, Approval = new(ids[n]), Signature = SHA256.HashData(ids[n].ToByteArray()), Trace = new(Guid.CreateVersion7()), Env = "production", KeyId = "none",
                AgentId = $"agent-{n % 50}", Tool = "custom_proxy", Operation = "open", Band = RiskBand.Low, Sentence = $"open on pay.corp: amount {n}", Life = TimeSpan.FromHours(1),
                GrantWindow = TimeSpan.FromMinutes(1), DenyWindow = TimeSpan.FromMinutes(1), SealedCall = new byte[2000], SealedView = new byte[3000],
            }, [new(tenant, "approval_card", "channel", ids[n].ToString(), "{}")], new() { Tenant = tenant, Actor = Actor.System, Action = "approval.opened", Target = $"approval/{ids[n]}" }, cancel);
        });
        return ids;
    }

    async Task<TimeSpan> PageTimes(Guid[] ids)
    {
        var (chance, times) = (new Random(1), new List<TimeSpan>());
        var queue = clusters.On(0).GetGrain<IApprovalsGrain>(GrainKeys.Tenant(clusters.Tenant));
        for (var page = 0; page < Pages; page++)
        {
            var began = Stopwatch.GetTimestamp();
            await queue.List(new(ApprovalState.Pending, Before: page % 3 == 0 ? null : ids[chance.Next(Many)]));
            times.Add(Stopwatch.GetElapsedTime(began));
        }
        return times.Order().ElementAt(Pages * 95 / 100);
    }

    static double Memory()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(clusters.Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    async Task<long> Count(string sql)
    {
        await using var connection = new NpgsqlConnection(clusters.Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
