using Interven.Api.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Interven.Api.Tests;

/// <summary>A tenant whose limit is two calls a minute, over HTTP.</summary>
public class RateLimitedTests
{
    [Fact]
    public async Task Past_the_burst_a_call_is_refused_with_the_time_to_wait_and_counted()
    {
        await using var first = await Product.Start();
        var tenant = await TestTenant.Of(first);
        var (agent, polite) = (await tenant.Agent(), (await tenant.Key(new { errors_as_deny = true })).Caller);
        var reader = await tenant.Agent();
        await first.Kill();
        SetLimit(first.Data, tenant.Id, 2);

        await using var second = await Product.Start(first.Data);
        agent = new(second.Http, agent.Token);
        foreach (var _ in Enumerable.Range(0, 4))
            (await agent.Scan("hello")).Decides("ALLOW");
        var refused = (await agent.Scan("hello")).IsProblem(429, "RATE_LIMITED");
        Assert.InRange(refused.RetryAfter ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        // The limit comes before the scope, so that refusals say nothing more to a flood.
        (await agent.Post("/v1/policies/apply", "{}")).IsProblem(429, "RATE_LIMITED");

        polite = new(second.Http, polite.Token);
        foreach (var _ in Enumerable.Range(0, 4))
            (await polite.Scan("hello")).Decides("ALLOW");
        (await polite.Scan("hello")).Decides("DENY", "RATE_LIMITED");
        await Counted(new(second.Http, reader.Token), 3);
    }

    static void SetLimit(string data, Guid tenant, int perMinute)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "interven.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE tenants SET settings = json_set(settings, '$.key_scans_per_minute', $limit) WHERE tenant_id = $tenant";
        command.Parameters.AddWithValue("$limit", perMinute);
        command.Parameters.AddWithValue("$tenant", tenant.ToByteArray(bigEndian: true));
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    /// <summary>The report comes every two seconds; the reader's own limit is four calls.</summary>
    static async Task Counted(Caller reader, long hits)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2.5));
        for (var tries = 0; tries < 3; tries++)
        {
            await timer.WaitForNextTickAsync();
            if ((await reader.Get("/v1/usage")).Is(200).Json.GetProperty("rate_limit_hits_24h").GetInt64() == hits)
                return;
        }
        Assert.Fail($"{hits} refused calls were not counted");
    }
}
