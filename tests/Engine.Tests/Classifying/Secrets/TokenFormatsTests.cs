using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Interven.Engine.Classifying.Secrets;

namespace Interven.Engine.Tests.Classifying.Secrets;

public partial class TokenFormatsTests
{
    static readonly Dictionary<char, string> Sets = new()
    {
        ['a'] = "ABCXYZabcxyz0189", ['b'] = "ABCXYZabcxyz0189_-", ['w'] = "ABCxyz0189_", ['h'] = "0123456789abcdef", ['H'] = "0123456789ABCDEF",
        ['l'] = "abcxyz0189", ['u'] = "ABCXYZ0189", ['d'] = "0123456789", ['6'] = "ABCxyz0189+/", ['5'] = "ABCXYZ234567",
    };

    /// <summary>One set with its count, or a literal, of the pattern language.</summary>
    [GeneratedRegex(@"(?:\\(?<set>[abwhHlud65])|\[(?<chars>[^\]]+)\])(?:\{(?<min>\d+)(?<more>,(?<max>\d*))?\})?|(?<literal>\\?.)")]
    private static partial Regex Parts();

    /// <summary>Writes a token that the pattern describes, drawing from <paramref name="random"/>.</summary>
    static string Sample(string pattern, Random random)
    {
        var token = new StringBuilder();
        foreach (Match part in Parts().Matches(pattern))
        {
            if (part.Groups["literal"].Success)
            {
                token.Append(part.Groups["literal"].Value.TrimStart('\\'));
                continue;
            }
            var letters = part.Groups["set"].Success ? Sets[part.Groups["set"].Value[0]] : Letters(part.Groups["chars"].Value);
            var count = part.Groups["min"].Success ? int.Parse(part.Groups["min"].Value, CultureInfo.InvariantCulture) : 1;
            if (part.Groups["more"].Success && count == 0 && part.Groups["max"].Length > 0)
                continue;
            for (var i = 0; i < count; i++)
                token.Append(letters[random.Next(letters.Length)]);
        }
        return token.ToString();
    }

    static string Letters(string ranges)
    {
        var set = CharSet.Of(ranges);
        return string.Concat(Enumerable.Range(33, 94).Select(c => (char)c).Where(c => set.Has(c) && (char.IsAsciiLetterOrDigit(c) || !ranges.Contains("0-9", StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_format_matches_what_it_describes() =>
        Gen.Select(Gen.Int[0, TokenFormats.All.Count - 1], Gen.Int).Sample((row, seed) =>
        {
            var pattern = TokenFormats.All[row].Pattern;
            var token = Sample(pattern, new Random(seed));
            var matcher = new TokenPattern(pattern);
            var text = $"see {token} here";
            var found = false;
            for (var at = text.IndexOf(matcher.Anchor, StringComparison.Ordinal); at >= 0 && !found; at = text.IndexOf(matcher.Anchor, at + 1, StringComparison.Ordinal))
                found = matcher.Match(text, at).Length >= token.Length - 2;
            Assert.True(found, $"{pattern} does not match {token}");
        }, iter: 5000);

    [Fact]
    public void The_table_holds_more_than_three_hundred_formats_of_a_hundred_vendors()
    {
        Assert.True(TokenFormats.All.Count > 300, $"{TokenFormats.All.Count} formats");
        Assert.True(TokenFormats.All.Select(format => format.Kind.Vendor).Distinct().Count() >= 100);
    }

    [Theory]
    [InlineData(@"\a{20}")]
    [InlineData(@"ab\a{20}")]
    public void A_pattern_that_nothing_would_trigger_is_refused(string pattern) => Assert.Throws<ArgumentException>(() => new TokenPattern(pattern));
}
