using System.Text;
using Interven.Engine.Alerts.Slack;

namespace Interven.Engine.Tests.Alerts;

public class SlackSignatureTests
{
    const string Secret = "8f742231b10e8888abcd99yyyzzz85a5", Timestamp = "1531420618";

    /// <summary>The example of Slack's own documentation.</summary>
    static readonly byte[] Body = Encoding.UTF8.GetBytes(
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c");

    static readonly byte[] Signature = SlackSignature.Read("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")!;

    [Fact]
    public void The_documented_example_matches() => Assert.True(SlackSignature.Matches(Secret, Timestamp, Body, Signature));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("8f742231b10e8888abcd99yyyzzz85a6")]
    public void Another_secret_or_none_does_not(string? secret) => Assert.False(SlackSignature.Matches(secret, Timestamp, Body, Signature));

    [Fact]
    public void No_flipped_bit_matches()
    {
        for (var i = 0; i < Body.Length; i += 7)
        {
            var body = (byte[])Body.Clone();
            body[i] ^= 1;
            Assert.False(SlackSignature.Matches(Secret, Timestamp, body, Signature));
        }
        Assert.False(SlackSignature.Matches(Secret, "1531420619", Body, Signature));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v0=")]
    [InlineData("v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b50")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503f")]
    [InlineData("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503xyz")]
    public void What_has_not_the_form_of_a_signature_is_none(string header) => Assert.Null(SlackSignature.Read(header));

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Five_minutes_either_way_and_no_more(int skew, bool fresh)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_531_420_618);
        Assert.Equal(fresh, SlackSignature.IsFresh($"{1_531_420_618 + skew}", now));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("+1531420618")]
    [InlineData("1531420618.5")]
    [InlineData("1531420618 ")]
    [InlineData("0x5B47A2CA")]
    [InlineData("９５３１４２０６１８")]
    [InlineData("99999999999999999999")]
    public void A_time_in_other_signs_is_none(string timestamp) => Assert.False(SlackSignature.IsFresh(timestamp, DateTimeOffset.FromUnixTimeSeconds(1_531_420_618)));
}
