using System.Globalization;
using CsCheck;
using Interven.Engine.Alerts;
using Interven.Engine.Alerts.Slack;

namespace Interven.Engine.Tests.Alerts;

public class ShownTextTests
{
    [Theory]
    [InlineData("plain", 10, "plain", true)]
    [InlineData("12345678901", 10, "123456789…", false)]
    [InlineData("👩‍👩‍👧 family", 100, "👩👩👧 family", false)]
    [InlineData("abc😀", 4, "abc…", false)]
    [InlineData("ab e\u0301x", 6, "ab e\u0301x", true)]
    [InlineData("ab e\u0301xy", 5, "ab …", false)]
    [InlineData("a\tb\u00A0c\u3000d", 20, "a b c d", true)]
    [InlineData("line\nline", 20, "line⏎line", true)]
    [InlineData(null, 5, "", true)]
    public void Text_is_shown_whole_or_cut_between_characters(string? text, int most, string shown, bool exact) =>
        Assert.Equal(new ShownText(shown, exact), ShownText.Of(text, most));

    [Fact]
    public void Any_text_fits_and_shows_nothing_unseen() => Gen.Select(Gen.String, Gen.Int[1, 60]).Sample((text, most) =>
    {
        var shown = ShownText.Of(text, most).Text;
        return shown.Length <= most && shown.EnumerateRunes().All(rune => System.Text.Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
    });

    [Fact]
    public void Escapes_count_against_the_limit() => Gen.Select(Gen.Char["<>&ab"].Array[0, 80], Gen.Int[6, 60]).Sample((text, most) =>
    {
        var shown = SlackLimits.Shown(new(text), most).Text;
        return shown.Length <= most && !shown.Contains('<', StringComparison.Ordinal);
    });
}
