using System.Globalization;
using System.Text;
using CsCheck;
using Interven.Engine.Evidence;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Evidence;

public class CanonicalJsonTests
{
    static string Canonical(string json)
    {
        using var tree = JsonTree.Parse(Encoding.UTF8.GetBytes(json), out _)!;
        using var canonical = new CanonicalJson(4);
        return Encoding.UTF8.GetString(canonical.Value(tree, 0).Written);
    }

    // The sorting and escaping examples follow RFC 8785, 3.2.2.2 and 3.2.3; numbers keep their lexeme (ruling 12).
    [Theory]
    [InlineData("""{"b":1,"a":{"d":[ ],"c":{ }}}""", """{"a":{"c":{},"d":[]},"b":1}""")]
    [InlineData("""{"\u20ac":"Euro","\r":"CR","\ufb33":"Dagesh","1":"One","\ud83d\ude00":"Smile","\u0080":"Control","\u00f6":"o"}""",
        "{\"\\r\":\"CR\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"o\",\"€\":\"Euro\",\"😀\":\"Smile\",\"\ufb33\":\"Dagesh\"}")]
    [InlineData("""["\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"]""", "[\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]")]
    [InlineData("""["\b\t\n\f\r\u0000\u001f\u007f"]""", "[\"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\"]")]
    [InlineData("[1.0, 1E+2, -0, 9007199254740993, 0.10]", "[1.0,1E+2,-0,9007199254740993,0.10]")]
    [InlineData("[true, false, null, \"\"]", "[true,false,null,\"\"]")]
    public void Has_one_spelling(string json, string canonical) => Assert.Equal(canonical, Canonical(json));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1, "1")]
    [InlineData(0.25, "0.25")]
    [InlineData(0.12345, "0.1235")]
    [InlineData(0.00001, "0")]
    [InlineData(double.NaN, "1")]
    [InlineData(double.PositiveInfinity, "1")]
    public void Scores_have_four_decimals_and_nonsense_is_the_worst(double score, string written)
    {
        using var json = new CanonicalJson();
        Assert.Equal(written, Encoding.UTF8.GetString(json.Score(score).Written));
    }

    [Fact]
    public void Scores_are_spelled_as_the_format_with_four_optional_decimals_spells_them() =>
        Gen.OneOf(Gen.Double[-2, 2], Gen.Double[-1e10, 1e10], Gen.Int[-20_000, 20_000].Select(n => n / 10_000d)).Sample(score =>
        {
            using var json = new CanonicalJson();
            var rounded = Math.Round(score, 4, MidpointRounding.AwayFromZero);
            Assert.Equal((rounded == 0 ? 0 : rounded).ToString("0.####", CultureInfo.InvariantCulture), Encoding.UTF8.GetString(json.Score(score).Written));
        });

    [Fact]
    public void Many_members_are_sorted_too()
    {
        var members = Enumerable.Range(0, 2000).Select(i => $"\"k{i}\":{i}").ToList();
        Assert.Equal(Canonical("{" + string.Join(',', members) + "}"), Canonical("{" + string.Join(',', Enumerable.Reverse(members)) + "}"));
    }
}
