using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Reading;

public class TablesTests
{
    [Theory]
    [InlineData('А', "A")]
    [InlineData('о', "o")]
    [InlineData('Ⅰ', "I")]
    [InlineData('Ａ', "A")]
    [InlineData('①', "1")]
    [InlineData('९', "9")]
    [InlineData('²', "2")]
    [InlineData('ﬁ', "fi")]
    [InlineData('‑', "-")]
    [InlineData('’', "'")]
    [InlineData('“', "\"")]
    [InlineData('″', "\"")]
    [InlineData('\u00a0', " ")]
    [InlineData('\u2028', "\n")]
    [InlineData('\u200d', "")]
    [InlineData('é', null)]
    [InlineData('中', null)]
    [InlineData('ж', null)]
    public void A_character_is_taken_for(char c, string? wanted)
    {
        Folding.Of([c], 0, out var folded);
        Assert.Equal(wanted, folded);
    }

    [Fact]
    public void Look_alikes_stand_for_ascii()
    {
        for (var c = '\u0080'; c < '\uffff'; c++)
            Assert.True(Lookalikes.Of(c) == c || char.IsAscii(Lookalikes.Of(c)), $"U+{(int)c:X4}");
        for (var c = '\0'; c < '\u0080'; c++)
            Assert.Equal(c, Lookalikes.Of(c));
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("[]", true)]
    [InlineData(" {\"a\" : [1, -2.5e+3, true, false, null, \"\\u0041\\ud83d\\ude00\"] } ", true)]
    [InlineData("{\"a\":1,\"a\":2}", true)]
    [InlineData("{\"a\":1,}", false)]
    [InlineData("[1 2]", false)]
    [InlineData("[01]", false)]
    [InlineData("[1.]", false)]
    [InlineData("{a:1}", false)]
    [InlineData("{\"a\"}", false)]
    [InlineData("[\"\\ud800\"]", false)]
    [InlineData("[\"\\x41\"]", false)]
    [InlineData("[\"a\nb\"]", false)]
    [InlineData("[}", false)]
    [InlineData("[1]]", false)]
    [InlineData("[", false)]
    public void A_shape_fits_exactly_where_the_reader_reads(string json, bool fits)
    {
        Assert.Equal(fits, JsonShape.Fits(json));
        using var tree = JsonTree.ParseNested(System.Text.Encoding.UTF8.GetBytes(json));
        Assert.Equal(fits, tree is not null);
    }
}
