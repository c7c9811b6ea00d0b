using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>The process dies somewhere between a click and its answer: one end, one execution, and nobody waits longer than its retry.</summary>
public class ApprovalKillTests
{
    /// <summary>A click is durable within this; the death comes somewhere in it.</summary>
    const int MostMilliseconds = 12;

    [Fact]
    public Task Killed_between_the_click_and_the_answer_an_approval_ends_once_and_is_used_once() => Rounds(3);

    [Fact, Trait("Category", "Slow")]
    public Task Killed_two_hundred_times_between_the_click_and_the_answer() =>
        Rounds(int.TryParse(Environment.GetEnvironmentVariable("INTERVEN_APPROVAL_KILLS"), out var rounds) ? rounds : 200);

    static async Task Rounds(int rounds)
    {
        var chance = int.TryParse(Environment.GetEnvironmentVariable("INTERVEN_SEED"), out var seed) ? new Random(seed) : new Random(rounds);
        var product = await Product.Start();
        var (data, agentToken, adminToken) = (product.Data, product.Demo.Token, product.Operator.Token);
        await using var _ = product;
        (await product.Operator.Post("/api/policies", """{"name":"ask","rules":[{"match":{"operations":["pay_out"]},"action":"REQUIRE_APPROVAL"}]}""")).Is(200);
        var running = product;
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                var (agent, admin) = (new Caller(running.Http, agentToken), new Caller(running.Http, adminToken));
                var waiting = Swallowed(Wait(agent, round));
                var approval = await Pending(admin);
                var click = Swallowed(admin.Post($"/api/approvals/{approval}/approve"));
                await Task.Delay(chance.Next(MostMilliseconds));
                await running.Kill();
                await Task.WhenAll(waiting, click);
                if (running != product)
                    await running.DisposeAsync();
                running = await Product.Start(data);
                (agent, admin) = (new Caller(running.Http, agentToken), new Caller(running.Http, adminToken));
                await Check(agent, admin, approval, round);
            }
        }
        finally
        {
            if (running != product)
                await running.DisposeAsync();
        }
    }

    static async Task Check(Caller agent, Caller admin, string approval, int round)
    {
        // Whoever did not hear whether the click counted clicks again.
        var again = await admin.Post($"/api/approvals/{approval}/approve");
        Assert.True(again.Status == 200 || again is { Status: 409 } && again["outcome"] == "approved", again.Text);
        var stands = (await admin.Get("/api/approvals/" + approval)).Is(200);
        Assert.Equal("approved", stands["status"]);
        Assert.Single(stands.Json.GetProperty("votes").EnumerateArray());
        // The retry of the scan that waited gets its answer: the one it was given before, or the one execution.
        (await Wait(agent, round)).Decides("ALLOW");
        (await agent.Post($"/v1/approvals/{approval}/redeem")).IsProblem(409, "ALREADY_REDEEMED");
        Assert.Equal("0", (await admin.Get("/api/approvals/" + approval)).Is(200)["uses_left"]);
    }

    static Task<Answer> Wait(Caller agent, int round) => agent.Post("/v1/scan",
        new { method = "POST", url = "https://pay.example/pay-out", body = new { round }, wait_ms = 30_000 }, ("Idempotency-Key", $"round-{round}"));

    static async Task<string> Pending(Caller admin)
    {
        for (var tries = 0; ; tries++)
        {
            var items = (await admin.Get("/api/approvals?status=pending")).Is(200).Json.GetProperty("items");
            if (items.GetArrayLength() > 0 || tries == 500)
                return items[0].GetProperty("approval_id").GetString()!;
            await Task.Delay(10);
        }
    }

    /// <summary>Its caller is cut off with the process.</summary>
    static async Task Swallowed(Task<Answer> call)
    {
        try
        {
            await call;
        }
        catch (HttpRequestException)
        {
            // That is what this test is about.
        }
    }
}
