using System.Net;
using System.Text;
using Interven.Contracts;

namespace Interven.Client.Tests;

/// <summary>Gateways that are down, faulty or something else: nothing is let through.</summary>
public class FaultTests
{
    const string Allow = """{"decision":"ALLOW","risk_score":0,"risk_band":"LOW","reason_codes":[],"trace_id":"t","tool_name":"x","operation":"y","verb":"READ","classifications":[],"findings":[],"signals":[]}""";

    public static TheoryData<string, int, string> Nonsense => new()
    {
        { "a fault", 500, "oops" },
        { "a bad gateway", 502, "<html>" },
        { "a rate limit", 429, "{}" },
        { "no JSON", 200, "<html>welcome</html>" },
        { "no object", 200, "[1]" },
        { "null", 200, "null" },
        { "no decision", 200, """{"status":"ok"}""" },
        { "an unknown decision", 200, Allow.Replace("ALLOW", "MAYBE", StringComparison.Ordinal) },
        { "sanitize without a body", 200, Allow.Replace("ALLOW", "SANITIZE", StringComparison.Ordinal) },
        { "a pause without an approval", 200, Allow.Replace("ALLOW", "REQUIRE_APPROVAL", StringComparison.Ordinal) },
        { "a redirect", 302, "" },
    };

    [Theory, MemberData(nameof(Nonsense))]
    public async Task No_faulty_answer_lets_a_call_through(string name, int status, string body)
    {
        var closed = Client(new Scripted((status, body)), failClosed: true);
        Assert.NotNull(name);
        await Assert.ThrowsAsync<GatewayException>(() => closed.ScanAsync(new() { Method = "GET", Url = "https://corp.example/" }));
        var open = await Client(new Scripted((status, body)), failClosed: false).ScanAsync(new() { Method = "GET", Url = "https://corp.example/" });
        Assert.Equal((Decision.Allow, "FAIL_OPEN"), (open.Decision, open.ReasonCodes.Single()));
    }

    [Fact]
    public async Task A_repeat_carries_the_same_idempotency_key()
    {
        var gateway = new Scripted((503, ""), (0, ""), (200, Allow));
        Assert.Equal(Decision.Allow, (await Client(gateway, failClosed: true).ScanAsync(new() { Method = "GET", Url = "https://corp.example/" })).Decision);
        Assert.Equal(3, gateway.Keys.Count);
        Assert.Single(gateway.Keys.Distinct());
    }

    [Fact]
    public async Task A_refusal_that_was_not_recorded_is_asked_again_and_never_becomes_a_yes()
    {
        var outage = Allow.Replace("ALLOW", "DENY", StringComparison.Ordinal)[..^1] + ""","durable":false,"retry_after_ms":1}""";
        Assert.Equal(Decision.Allow, (await Client(new Scripted((200, outage), (200, Allow)), failClosed: true).ScanAsync(new() { Method = "GET", Url = "https://corp.example/" })).Decision);
        Assert.Equal(Decision.Deny, (await Client(new Scripted((200, outage)), failClosed: false).ScanAsync(new() { Method = "GET", Url = "https://corp.example/" })).Decision);
    }

    [Theory]
    [InlineData("")]
    [InlineData("iv_live_a b")]
    [InlineData("iv_live_a\nb")]
    public void A_key_that_is_none_is_said_at_once(string key) => Assert.Throws<ArgumentException>(() => new IntervenClient(new() { ApiKey = key }));

    static IntervenClient Client(Scripted gateway, bool failClosed) => new(
        new() { ApiKey = "iv_live_test", GatewayUrl = new("http://127.0.0.1:9"), FailClosed = failClosed }, new HttpClient(gateway), new Hurried());

    /// <summary>Answers one scripted reply after another, the last one again and again; status 0 is a lost connection.</summary>
    sealed class Scripted(params (int Status, string Body)[] replies) : HttpMessageHandler
    {
        int next;

        public List<string> Keys { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Keys.Add(request.Headers.GetValues("Idempotency-Key").Single());
            var (status, body) = replies[Math.Min(next++, replies.Length - 1)];
            return status == 0
                ? throw new HttpRequestException("connection lost")
                : Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8) });
        }
    }

    /// <summary>Pauses are over at once; time-outs are not reached.</summary>
    sealed class Hurried : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime < TimeSpan.FromSeconds(5) ? TimeSpan.Zero : dueTime, period);
    }
}
