using Interven.Contracts;
using Interven.Engine.Reading;
using Interven.Engine.Sanitising;
using Interven.Engine.Tests.Reading;

namespace Interven.Engine.Tests.Sanitising;

public class RedactedTextTests
{
    [Theory]
    [InlineData("https://slack.com/api/chat.postMessage", "https://slack.com/api/chat.postMessage")]
    [InlineData("https://ann:pw@x.example/a?b=1&c&d=#top", "https://[REDACTED]@x.example/a?b=[REDACTED]&[REDACTED]&d=#[REDACTED]")]
    [InlineData("https://x.example/users/ann%40bank.example/y?q=ann@bank.example", "https://x.example/users/[REDACTED:EMAIL]/y?q=[REDACTED]")]
    [InlineData("https://ann@bank.example/a@b", "https://[REDACTED]@bank.example/a@b")]
    [InlineData("exec://localhost?cmd=rm", "exec://localhost?cmd=[REDACTED]")]
    [InlineData("tool://lang/4111-1111-1111-1111", "tool://lang/[REDACTED:CREDIT_CARD]")]
    [InlineData("https://x.example/?a=b?c=d&e=f=g", "https://x.example/?a=[REDACTED]&e=[REDACTED]")]
    [InlineData("no url at all", "no url at all")]
    [InlineData("?", "?")]
    [InlineData("", "")]
    public void A_url_is_recorded_without_what_it_carries(string url, string recorded)
    {
        using var tree = Disguise.Parse("0");
        using var text = new ScanText();
        CallText.Read(tree, -1, url, -1, [], text);
        Assert.Equal(recorded, RedactedText.Url(url, text, Needle.Usual.In(text).Items, Confidence.Low));
    }

    [Fact]
    public void Context_is_redacted_by_its_findings()
    {
        using var tree = Disguise.Parse("0");
        using var text = new ScanText();
        CallText.Read(tree, -1, "https://x.example/", -1, $"write to ann@bank.example about {Needle.Card}", text);
        Assert.Equal("write to [REDACTED:EMAIL] about [REDACTED:CREDIT_CARD]", RedactedText.Of(TextOrigin.Context, text, Needle.Usual.In(text).Items, Confidence.Medium));
        Assert.Equal("", RedactedText.Of(TextOrigin.HeaderValue, text, Needle.Usual.In(text).Items, Confidence.Medium));
    }

    [Fact]
    public void One_match_seen_through_many_layers_is_one_place()
    {
        using var tree = Disguise.Parse("""{"p":"{\"card\":\"4111111111111111\",\"n\":\"4111111111111111\",\"m\":\"&#52;111-1111-1111-1111\"}"}""");
        using var text = new ScanText();
        CallText.ReadBody(tree, 0, text);
        var findings = Needle.Usual.In(text);
        Assert.True(findings.Count > 3);
        var placed = PlacedFinding.Of(text, findings.Items);
        Assert.Equal(3, placed.Count);
        Assert.All(placed, one => Assert.Equal("$.p", JsonPaths.Of(tree, one.Place.Node)));
    }
}
