using Interven.Api.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Interven.Api.Tests.Inbound;

public sealed class FailureModeTests(InboundProduct one) : IClassFixture<InboundProduct>
{
    [Fact]
    public async Task While_nothing_can_be_recorded_a_route_blocks_unless_it_chose_otherwise()
    {
        var tenant = await TestTenant.Of(one.Product);
        await one.Route(tenant, "blocking");
        await one.Route(tenant, "opening", new { failure_mode = "FAIL_OPEN" });
        var agent = await tenant.Agent();
        var token = agent.Token;
        foreach (var prefix in (string[])["blocking", "opening"])
            Assert.Equal(200, (await one.Send(HttpMethod.Get, $"/inbound/{prefix}/x", token)).Status);
        var before = one.Upstream.Requests.Count;

        using (var database = new SqliteConnection($"Data Source={Path.Combine(one.Product.Data, "interven.db")};Pooling=False"))
        {
            await database.OpenAsync();
            using var held = database.BeginTransaction(deferred: false);
            var blocked = await one.Send(HttpMethod.Get, "/inbound/blocking/x", token);
            Assert.Equal((503, "DENY"), (blocked.Status, blocked.Decision));
            Assert.Equal(before, one.Upstream.Requests.Count);
            var opened = await one.Send(HttpMethod.Get, "/inbound/opening/x", token);
            Assert.Equal((200, "FAIL_OPEN"), (opened.Status, opened.Decision));
            Assert.Equal(before + 1, one.Upstream.Requests.Count);
            // What decides nothing is no decision, and is not waited for.
            (await agent.Post("/v1/scan/response", new { trace_id = Guid.CreateVersion7(), response_body = "x" })).IsProblem(503, "AUDIT_UNAVAILABLE");
            // Who cannot be told from anyone is not let through by any mode.
            Assert.Equal(401, (await one.Send(HttpMethod.Get, "/inbound/opening/x", "iv_live_nonsense")).Status);
        }
        var metrics = await one.Product.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Matches(@"interven_inbound_fail_open_total\{[^}]*\} 1\n", metrics);
        Assert.Matches(@"interven_fail_open_total\{[^}]*\} 0\n", metrics);
    }
}
