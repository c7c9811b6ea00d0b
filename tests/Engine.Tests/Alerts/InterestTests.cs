using Interven.Contracts;
using Interven.Engine.Alerts;

namespace Interven.Engine.Tests.Alerts;

public class InterestTests
{
    static readonly ChannelSpec Channel = new() { Type = ChannelType.Webhook, Name = "x" };

    [Fact]
    public void A_tenant_without_channels_wants_nothing()
    {
        Assert.Same(AlertInterest.None, AlertInterest.Of([]));
        Assert.Same(AlertInterest.None, AlertInterest.Of([Channel with { Enabled = false }]));
    }

    [Fact]
    public void The_least_that_any_channel_asks_for_counts()
    {
        var interest = AlertInterest.Of([Channel with { Events = AlertEvents.Deny, MinRisk = RiskBand.Critical }, Channel with { Events = AlertEvents.Deny | AlertEvents.Sanitize, MinRisk = RiskBand.High }]);
        Assert.Equal(new AlertInterest(false, RiskBand.High, RiskBand.High), interest);
        Assert.Equal(new AlertInterest(true, RiskBand.Low, null), AlertInterest.Of([Channel]));
    }

    [Fact]
    public void The_least_band_never_keeps_an_approval_away()
    {
        var picky = Channel with { MinRisk = RiskBand.Critical, Tools = ["slack"], EnvNames = ["production"] };
        AlertTopic Topic(AlertEvents what, string tool = "slack", string env = "production", RiskBand band = RiskBand.Low) => new(what, band, tool, "a", env);
        Assert.True(picky.Wants(Topic(AlertEvents.RequireApproval)));
        Assert.False(picky.Wants(Topic(AlertEvents.Deny)));
        Assert.True(picky.Wants(Topic(AlertEvents.Deny, band: RiskBand.Critical)));
        Assert.False(picky.Wants(Topic(AlertEvents.RequireApproval, tool: "github")));
        Assert.False(picky.Wants(Topic(AlertEvents.RequireApproval, env: "test")));
        Assert.False((picky with { Enabled = false }).Wants(Topic(AlertEvents.RequireApproval)));
    }

    [Theory]
    [InlineData("slack", "a", "production", true)]
    [InlineData("github", "a", "production", false)]
    [InlineData("slack", "b", "production", false)]
    [InlineData("slack", "a", "test", false)]
    [InlineData("", "", "", true)]
    public void What_is_not_known_of_an_incident_keeps_it_from_nobody(string tool, string agent, string env, bool wanted)
    {
        var picky = Channel with { Tools = ["slack"], Agents = ["a"], EnvNames = ["production"] };
        Assert.Equal(wanted, picky.Wants(new(AlertEvents.Incident, RiskBand.High, tool, agent, env)));
        Assert.False(picky.Wants(new(AlertEvents.Deny, RiskBand.High, "", agent, env)));
    }

    [Theory]
    [InlineData(200, null, "sent")]
    [InlineData(204, null, "sent")]
    [InlineData(301, null, "again")]
    [InlineData(307, null, "again")]
    [InlineData(400, null, "never")]
    [InlineData(404, null, "never")]
    [InlineData(410, null, "never")]
    [InlineData(408, null, "again")]
    [InlineData(429, "7", "again 7")]
    [InlineData(429, null, "again")]
    [InlineData(429, "-3", "again")]
    [InlineData(429, "86400", "again 300")]
    [InlineData(500, null, "again")]
    [InlineData(503, "2", "again 2")]
    public void An_answer_says_whether_and_when_to_try_again(int status, string? retryAfter, string expected) => Assert.Equal(expected, SendResult.Of(status, retryAfter, "x") switch
    {
        SendResult.Sent => "sent",
        SendResult.Again { After: { } after } => $"again {after.TotalSeconds}",
        SendResult.Again => "again",
        _ => "never",
    });

    [Theory]
    [InlineData("""{"ok":true,"ts":"1.2"}""", "sent")]
    [InlineData("""{"ok":false,"error":"ratelimited"}""", "again")]
    [InlineData("""{"ok":false,"error":"channel_not_found"}""", "never")]
    [InlineData("<html>", "again")]
    [InlineData("[]", "again")]
    public void What_Slack_says_with_200_is_read(string text, string expected) => Assert.Equal(expected, SendResult.OfSlackApi(200, null, text) switch
    {
        SendResult.Sent { Ts: "1.2" } => "sent",
        SendResult.Again => "again",
        SendResult.Never => "never",
        _ => "?",
    });

    [Fact]
    public void Pauses_grow_and_end_at_five_minutes()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), SendResult.Pause(1, 0));
        Assert.Equal(TimeSpan.FromSeconds(2), SendResult.Pause(1, 1));
        Assert.Equal(TimeSpan.FromSeconds(300), SendResult.Pause(40, 1));
        Assert.All(Enumerable.Range(1, 20), failures => Assert.True(SendResult.Pause(failures + 1, .5) >= SendResult.Pause(failures, .5)));
    }
}
