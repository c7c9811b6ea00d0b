using System.Diagnostics.Metrics;
using System.Net;
using Interven.Api.Tests.Running;
using Interven.ApiFrontend.Identity;
using Interven.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interven.Api.Tests.People;

/// <summary>Bad credentials from one address.</summary>
public class FailedCallerTests
{
    const int Limit = 5;

    [Fact]
    public async Task Past_the_limit_an_address_must_wait_and_its_neighbours_need_not()
    {
        await using var product = await Product.Start(null, ("Interven__TrustedProxies__0", "127.0.0.0/8"), ("Interven__FailedAuthPerMinute", $"{Limit}"));
        var agent = await (await TestTenant.Of(product)).Agent();
        (string, string) bad = ("X-Forwarded-For", "203.0.113.9"), other = ("X-Forwarded-For", "203.0.113.10");
        Caller guesser = new(product.Http, "iv_live_nonsense"), service = new(product.Http, "iv_svc_nonsense");
        for (var i = 0; i < Limit; i++)
            (await guesser.Scan("hello", headers: bad)).IsProblem(401, "INVALID_KEY");
        foreach (var refused in new[] { await guesser.Scan("hello", headers: bad), await service.Send(HttpMethod.Get, "/api/keys", null, bad), await product.Nobody.Scan("hello", headers: [bad, ("Authorization", "Basic eDp5")]) })
            Assert.InRange(refused.IsProblem(429, "RATE_LIMITED").RetryAfter ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));

        (await guesser.Scan("hello", headers: other)).IsProblem(401, "INVALID_KEY");
        (await agent.Scan("hello", headers: bad)).Decides("ALLOW");
        // Who shows nothing has failed at nothing.
        (await product.Nobody.Send(HttpMethod.Get, "/api/keys", null, bad)).IsProblem(401, "INVALID_KEY");
        // A well-formed key is looked up, and then told to wait too.
        (await new Caller(product.Http, KeyFormat.Compose(KeyKind.Live, "AAAAAAAA", new string('B', 32))).Scan("hello", headers: bad)).IsProblem(429, "RATE_LIMITED");
        var metrics = await product.Http.GetStringAsync("/metrics");
        Assert.Contains("interven_auth_failures_total", metrics, StringComparison.Ordinal);
        Assert.Contains("interven_auth_limited_total", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_minute_everything_is_forgotten_and_no_flood_of_addresses_fills_the_memory()
    {
        var clock = new Clock();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var failed = new FailedCallers(new(262_144, false, true, FailedAuthPerMinute: 1), clock, services.GetRequiredService<IMeterFactory>());
        Assert.Null(failed.Failed(From("203.0.113.9")));
        Assert.Equal(429, failed.Failed(From("::ffff:203.0.113.9"))!.Status);
        Assert.NotNull(failed.Refused(From("203.0.113.9")));
        // One IPv6 network is one source.
        Assert.Null(failed.Failed(From("2001:db8:1:2::1")));
        Assert.NotNull(failed.Failed(From("2001:db8:1:2:ffff::9")));
        Assert.Null(failed.Failed(From("2001:db8:1:3::1")));
        for (var i = 0; i < FailedCallers.MostSources + 100; i++)
            failed.Failed(From(new IPAddress(BitConverter.GetBytes(i)).ToString()));
        Assert.Equal(FailedCallers.MostSources, failed.Sources);
        clock.Now += TimeSpan.FromSeconds(61).Ticks;
        Assert.Null(failed.Refused(From("203.0.113.9")));
        Assert.Null(failed.Failed(From("203.0.113.9")));
    }

    [Fact]
    public void A_credential_that_was_good_is_not_held_up()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var failed = new FailedCallers(new(262_144, false, true, FailedAuthPerMinute: 1), new Clock(), services.GetRequiredService<IMeterFactory>());
        failed.Failed(From("203.0.113.9"));
        failed.Succeeded(From("203.0.113.9", "Bearer good"));
        Assert.Null(failed.Refused(From("203.0.113.9", "Bearer good")));
        Assert.NotNull(failed.Refused(From("203.0.113.9", "Bearer worse")));
        failed.Failed(From("203.0.113.9", "Bearer good"));
        Assert.NotNull(failed.Refused(From("203.0.113.9", "Bearer good")));
    }

    static DefaultHttpContext From(string address, string credential = "Bearer bad")
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        http.Request.Headers.Authorization = credential;
        return http;
    }

    sealed class Clock : TimeProvider
    {
        public long Now { get; set; } = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
