using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Reading;

public class CallTextTests
{
    [Fact]
    public void A_query_parameter_knows_its_name_and_is_decoded()
    {
        using var text = ReadUrl("https://bank.example/users/ann%40bank.example?ssn=078%2D05-1120&x=1#token=abc%21");
        Assert.Equal("Form ssn 078-05-1120 of 078%2D05-1120", Describe(text, "078-05-1120"));
        Assert.Equal("Form token abc! of abc%21", Describe(text, "abc!"));
        Assert.Equal("Percent  ann@bank.example of ann%40bank.example", Describe(text, "ann@bank.example"));
    }

    [Fact]
    public void Header_values_know_their_names_and_context_is_read_apart()
    {
        using var tree = Disguise.Parse("""{"headers":{"Authorization":"Bearer abcdef","X-Many":["one","two"]}}""");
        using var text = new ScanText();
        CallText.Read(tree, -1, "", tree.Child(0, "headers"), "please go on", text);
        var lines = Enumerable.Range(0, text.Segments.Length)
            .Select(i => $"{text.Segments[i].Origin} {text.Segments[i].Node} {text.FieldOf(i)} {text.TextOf(i)}");
        Assert.Equal(
            ["HeaderName -1  Authorization", "HeaderValue -1 Authorization Bearer abcdef", "HeaderName -1  X-Many",
             "HeaderValue -1 X-Many one", "HeaderValue -1 X-Many two", "Context -1  please go on"], lines);
    }

    [Fact]
    public void Documents_inside_strings_are_kept_for_path_conditions()
    {
        using var tree = Disguise.Parse("""{"p":"{\"amount\":\"{\\\"value\\\":5}\"}","q":"a token eyJhIjoiYmNkZWZnaGlqayJ9 here","r":"eyJhIjoiYmNkZWZnaGlqayJ9"}""");
        using var text = new ScanText();
        CallText.ReadBody(tree, 0, text);
        Assert.Equal(
            ["$.p Object", "$.p Object", "$.r Object"],
            text.Embedded.Select(one => $"{JsonPaths.Of(tree, one.Node)} {one.Tree.Nodes[0].Kind}"));
        Assert.Equal("5", text.Embedded[1].Tree.Value(1).ToString());
    }

    [Theory]
    [InlineData("%2525%2532%2535%2534%2531")]
    [InlineData("%25252541 and so on")]
    [InlineData("&amp;amp;#x41; and so on")]
    [InlineData("\\\\\\\\u0041 and so on")]
    public void What_is_encoded_deeper_than_is_read_is_told(string body)
    {
        using var text = Read(body);
        Assert.True(text.DecodeLimitReached);
    }

    [Theory]
    [InlineData("https://a.example/?next=https%253A%252F%252Fb.example%252F%253Fq%253D1")]
    [InlineData("C:\\\\Users\\\\ann\\\\\\\\server\\\\share")]
    [InlineData("fish &amp;amp; chips, 100%, [x] {y} a=b & c=d; \u00e9\u4e2d\u6587 \ud83d\ude00")]
    [InlineData("550e8400-e29b-41d4-a716-446655440000 9b74c9897bac770ffc029102a200c5de da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    public void Ordinary_text_reaches_no_limit(string body)
    {
        using var text = Read(body);
        Assert.False(text.DecodeLimitReached);
    }

    [Fact]
    public void What_is_too_deep_does_not_keep_the_rest_from_being_read()
    {
        var packed = Convert.ToBase64String("""{"p":"{\"b\":\"x\",\"c\":\"\\u006darker\"}"}"""u8);
        using var tree = Disguise.Parse($"[\"%252541\",\"{packed}\"]");
        using var text = new ScanText();
        CallText.ReadBody(tree, 0, text);
        Assert.True(text.DecodeLimitReached);
        Assert.Equal($"NestedJson c marker of {packed}", Describe(text, "marker"));
    }

    [Fact]
    public void Base64_three_deep_is_told()
    {
        var three = "the innermost text of all";
        for (var i = 0; i < 3; i++)
            three = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(three));
        using var text = Read(three);
        Assert.True(text.DecodeLimitReached);
    }

    /// <summary>Six codings around one character copy the whole text six times; the budget pays for four and a little.</summary>
    [Theory]
    [InlineData(400, false)]
    [InlineData(40_000, true)]
    public void A_text_that_is_copied_too_often_is_told(int words, bool told)
    {
        using var text = Read(string.Concat(Enumerable.Repeat("word ", words)) + "%2526amp;#92;uff14");
        Assert.Equal(told, text.DecodeLimitReached);
        Assert.True(text.Chars.Length <= 5 * (5 * words + 20) + 65_536);
        Assert.Equal(!told, text.Chars.EndsWith(" 4"));
    }

    [Fact]
    public void A_packed_bomb_is_told_and_not_unpacked()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(new byte[30_000_000].AsSpan());
        using var text = Read(Convert.ToBase64String(packed.ToArray()));
        Assert.True(text.DecodeLimitReached);
        Assert.True(text.Chars.Length < 10 * packed.Length);
    }

    [Fact]
    public void A_place_never_cuts_a_character_in_two()
    {
        using var text = Read("a\ud83d\ude00b");
        Assert.Equal(1, text.MapToOutermost(0, 2, 1).Start);
        Assert.Equal(2, text.MapToOutermost(0, 2, 1).Length);
        Assert.Equal(2, text.MapToOutermost(0, 1, 1).Length);
    }

    [Fact]
    public void A_reset_text_is_as_good_as_new()
    {
        using var text = new ScanText();
        foreach (var name in new[] { "gzip in base64", "JSON in JSON in a string", "three codings side by side", "plain text in a string" })
        {
            text.Reset();
            using var tree = Disguise.Parse(Disguise.Called(name).Body);
            CallText.ReadBody(tree, 0, text);
            using var fresh = new ScanText();
            CallText.ReadBody(tree, 0, fresh);
            Assert.Equal(fresh.Segments.ToArray(), text.Segments.ToArray());
            Assert.Equal(fresh.Chars.ToString(), text.Chars.ToString());
        }
    }

    internal static ScanText Read(string body)
    {
        using var tree = Disguise.Parse(System.Text.Json.JsonSerializer.Serialize(body));
        var text = new ScanText();
        CallText.ReadBody(tree, 0, text);
        return text;
    }

    static ScanText ReadUrl(string url)
    {
        using var tree = Disguise.Parse("0");
        var text = new ScanText();
        CallText.Read(tree, -1, url, -1, [], text);
        return text;
    }

    static string Describe(ScanText text, string find)
    {
        for (var segment = 0; segment < text.Segments.Length; segment++)
        {
            var at = text.TextOf(segment).IndexOf(find, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var place = text.MapToOutermost(segment, at, find.Length);
            return $"{text.Segments[segment].Layer} {text.FieldOf(segment)} {find} of {text.TextOf(place.Segment).Slice(place.Start, place.Length)}";
        }
        return "nowhere";
    }
}
