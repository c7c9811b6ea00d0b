using System.Text;
using System.Text.Json;
using CsCheck;
using Interven.Contracts;
using Interven.Engine.Alerts;
using Interven.Engine.Alerts.Slack;
using Interven.FakeSlack;

namespace Interven.Engine.Tests.Alerts;

/// <summary>Whatever comes from outside: Slack takes the card, nothing in it is parsed, and what can be approved was shown.</summary>
public class SlackCardTests
{
    public static TheoryData<string> Injections =>
    [
        "<!channel> approve now", "<!here>", "<!everyone>", "<@U024BE7LH>", "<#C024BE7LR>", "<!subteam^SAZ94GDB8>", "<https://evil.example|Approve here>", "<mailto:a@b.example|mail>",
        "https://evil.example/approve", "*bold* _it_ ~no~ `code` ```block```", "> quote", "<!date^0^{date}|x>", "&lt;!channel&gt;", "&amp;lt;", "a\nApproved by Ada", "a\r\nRisk: LOW",
        "\u202Egnp.exe", "a\u200Bb\u200Dc\uFEFF", "\u2066x\u2069", "a\u0000b\u001B[31m", ":tada:", "\uD800", "z\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\u3164\u2800", "\U000E0041", "😀👩‍💻🇩🇪", "",
    ];

    [Theory, MemberData(nameof(Injections))]
    public void Nothing_from_outside_mentions_links_or_formats(string text)
    {
        foreach (var alert in Samples.Every(text))
        {
            var json = Json(SlackCard.Of(alert, Samples.Buttons));
            foreach (var (type, shown) in Texts(json))
            {
                Assert.DoesNotMatch("[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFD]", shown);
                if (type == "plain_text")
                {
                    Assert.DoesNotContain('<', shown);
                    Assert.DoesNotMatch("&(?!amp;|lt;|gt;)", shown);
                }
                else
                    // What is parsed is ours alone.
                    Assert.Matches(@"^<!date\^\d+\^(Expires|Decided) \{date_short_pretty\} at \{time_secs\}\|(Expires|Decided) [0-9 :-]+ UTC>( · call `[0-9a-f]{12}`)?$", shown);
            }
            Assert.Matches("^Interven: [a-z ]+[.]$", json.GetProperty("text").GetString()!);
        }
    }

    [Theory, MemberData(nameof(Injections))]
    public void Slack_takes_every_card(string text)
    {
        foreach (var alert in Samples.Every(text).Concat(Samples.Every(string.Concat(Enumerable.Repeat(text.Length > 0 ? text : "x", 5000)))))
            Assert.Null(MessageCheck.Problem(Json(SlackCard.Of(alert, Samples.Buttons))));
    }

    [Fact]
    public void Slack_takes_a_card_of_any_text() => Gen.String[0, 4000].Sample(text =>
    {
        foreach (var alert in Samples.Every(text).Where(alert => alert is not Alert.Approval { Facts.State: ApprovalState.Withdrawn }))
            if (MessageCheck.Problem(Json(SlackCard.Of(alert, Samples.Buttons))) is { } problem)
                Assert.Fail($"{alert.GetType().Name}: {problem}");
    }, iter: 60);

    [Theory]
    [InlineData("all of it", true)]
    [InlineData("two\nlines are shown as such", true)]
    [InlineData("hid\u200Bden", false)]
    [InlineData("\u202Eturned", false)]
    [InlineData("con\u0007trol", false)]
    public void What_is_not_shown_as_it_is_cannot_be_approved_here(string text, bool mayApprove)
    {
        var buttons = Buttons(SlackCard.Of(Samples.Approval(text), Samples.Buttons));
        Assert.Equal(mayApprove, buttons.Contains(SlackCard.Approve));
        Assert.Contains(SlackCard.Deny, buttons);
        Assert.Contains(SlackCard.Console, buttons);
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(6000, false)]
    public void A_body_that_does_not_fit_cannot_be_approved_here(int length, bool mayApprove)
    {
        var call = Samples.Call(body: JsonSerializer.SerializeToUtf8Bytes(new { text = new string('y', length) }));
        Assert.Equal(mayApprove, Buttons(SlackCard.Of(Samples.Approval(call: call), Samples.Buttons)).Contains(SlackCard.Approve));
    }

    [Fact]
    public void A_body_that_nobody_sees_cannot_be_approved_here()
    {
        var call = Samples.Call() with { Body = Array.Empty<byte>(), BodyIsShown = false };
        Assert.DoesNotContain(SlackCard.Approve, Buttons(SlackCard.Of(Samples.Approval(call: call), Samples.Buttons)));
    }

    [Fact]
    public void A_URL_that_does_not_fit_cannot_be_approved_here()
    {
        var call = Samples.Call(url: "https://pay.example/" + new string('p', 900) + "/refund");
        Assert.DoesNotContain(SlackCard.Approve, Buttons(SlackCard.Of(Samples.Approval(call: call), Samples.Buttons)));
    }

    [Fact]
    public void A_URL_that_lacks_more_than_what_was_found_cannot_be_approved_here() => Assert.Equal(
        [SlackCard.Console, SlackCard.Deny], Buttons(SlackCard.Of(Samples.Approval(call: Samples.Call() with { UrlIsShown = false }), Samples.Buttons)));

    [Theory]
    [InlineData(RiskBand.Medium, true, false)]
    [InlineData(RiskBand.High, true, true)]
    [InlineData(RiskBand.Critical, false, false)]
    public void High_risk_is_confirmed_and_what_is_above_the_highest_band_is_for_the_console(RiskBand band, bool mayApprove, bool confirms)
    {
        var json = Json(SlackCard.Of(Samples.Approval(band: band), Samples.Buttons));
        var approve = Elements(json).Where(button => button.GetProperty("action_id").GetString() == SlackCard.Approve).ToList();
        Assert.Equal(mayApprove, approve.Count == 1);
        Assert.Equal(confirms, approve.Exists(button => button.TryGetProperty("confirm", out _)));
    }

    [Fact]
    public void A_card_that_is_over_has_no_button_but_the_link()
    {
        foreach (var state in Enum.GetValues<ApprovalState>().Where(state => state != ApprovalState.Pending))
            Assert.Equal([SlackCard.Console], Buttons(SlackCard.Of(Samples.Approval(state: state), Samples.Buttons)));
    }

    [Fact]
    public void A_button_carries_ids_and_no_data()
    {
        foreach (var alert in Samples.Every("secret words"))
            foreach (var button in Elements(Json(SlackCard.Of(alert, Samples.Buttons))))
                Assert.True(ButtonValue.TryRead(button.GetProperty("value").GetString(), out _));
    }

    [Fact]
    public void A_host_in_other_letters_is_shown_in_ASCII() => Assert.Contains(
        "Destination\\nxn--", Json(SlackCard.Of(Samples.Approval(call: Samples.Call(url: "https://pay\u00E4l.example/x")), Samples.Buttons)).GetRawText(), StringComparison.Ordinal);

    [Fact]
    public void Every_channel_says_whom_the_rule_wants_to_reach_as_well()
    {
        var plain = Samples.Approval();
        var alert = plain with { Facts = plain.Facts with { EscalateTo = "<!here> treasury" } };
        byte[][] Of(Alert.Approval one) => [SlackCard.Of(one, Samples.Buttons).ToJson(), TeamsCard.Of(one), DiscordMessage.Of(one), WebhookBody.Of(one, "d", DateTimeOffset.UnixEpoch)];
        Assert.All(Of(alert), body => Assert.Matches("(?i)escalate[ _]to.{1,60}here.{1,30}treasury", Encoding.UTF8.GetString(body)));
        Assert.All(Of(plain), body => Assert.DoesNotMatch("(?i)escalate", Encoding.UTF8.GetString(body)));
        Assert.Contains(Texts(Json(SlackCard.Of(alert, Samples.Buttons))), one => one == ("plain_text", "Escalate to\n&lt;!here&gt; treasury"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_card_says_where_separation_of_duties_is_not_enforced(bool areSeparate)
    {
        var sample = Samples.Approval();
        var alert = sample with { Facts = sample.Facts with { DutiesAreSeparate = areSeparate } };
        Assert.Equal(!areSeparate, Texts(Json(SlackCard.Of(alert, Samples.Buttons))).Any(one => one.Text.Contains("Separation of duties is not enforced", StringComparison.Ordinal)));
    }

    static JsonElement Json(Message message) => JsonDocument.Parse(message.ToJson()).RootElement;

    static IEnumerable<JsonElement> Elements(JsonElement message) =>
        message.GetProperty("blocks").EnumerateArray().Where(block => block.GetProperty("type").GetString() == "actions").SelectMany(block => block.GetProperty("elements").EnumerateArray());

    static string[] Buttons(Message message) => [.. Elements(Json(message)).Select(button => button.GetProperty("action_id").GetString()!)];

    static IEnumerable<(string Type, string Text)> Texts(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().SelectMany(Texts);
        if (element.ValueKind != JsonValueKind.Object)
            return [];
        if (element.TryGetProperty("type", out var type) && type.GetString() is "plain_text" or "mrkdwn")
            return [(type.GetString()!, element.GetProperty("text").GetString()!)];
        return element.EnumerateObject().SelectMany(member => Texts(member.Value));
    }
}
