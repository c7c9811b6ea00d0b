using System.Text;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Reading;

public class JsonTreeTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("{\"a\":1,\"a\":2}", "twice")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "twice")]
    [InlineData("[1e400]", "too large")]
    [InlineData("[-1e400]", "too large")]
    [InlineData("{\"a\":\"\\ud800\"}", "surrogate")]
    [InlineData("{\"a\":1,}", "not valid JSON")]
    [InlineData("{\"a\":1} x", "not valid JSON")]
    [InlineData("// no\n1", "not valid JSON")]
    [InlineData("NaN", "not valid JSON")]
    public void What_parsers_disagree_on_is_refused(string json, string because)
    {
        Assert.Null(JsonTree.Parse(Encoding.UTF8.GetBytes(json), out var problem));
        Assert.Contains(because, problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_utf8_is_refused()
    {
        Assert.Null(JsonTree.Parse(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' }, out var problem));
        Assert.Contains("UTF-8", problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1000, false)]
    public void Depth_ends_at_sixty_four(int depth, bool taken)
    {
        using var tree = JsonTree.Parse(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)), out var problem);
        Assert.Equal(taken, tree is not null);
        Assert.Equal(taken, problem is null);
    }

    [Fact]
    public void A_repeated_key_among_thousands_is_found()
    {
        var members = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"k{i}\":{i}"));
        Assert.NotNull(JsonTree.Parse(Encoding.UTF8.GetBytes($"{{{members}}}"), out _));
        Assert.Null(JsonTree.Parse(Encoding.UTF8.GetBytes($"{{{members},\"k17\":0}}"), out var problem));
        Assert.Contains("twice", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_know_their_place_and_numbers_keep_their_spelling()
    {
        using var tree = JsonTree.Parse(Encoding.UTF8.GetBytes("""{"a":[1.0,{"b c":"\u00e9x"}],"n":9007199254740993}"""), out _)!;
        var a = tree.Child(0, "a");
        Assert.Equal("9007199254740993", tree.Value(tree.Child(0, "n")).ToString());
        Assert.Equal("1.0", tree.Value(a + 1).ToString());
        var odd = tree.Child(a + 2, "b c");
        Assert.Equal("éx", tree.Value(odd).ToString());
        Assert.Equal("$.a[1]['b c']", JsonPaths.Of(tree, odd));
        Assert.Equal("\"\\u00e9x\"", Encoding.UTF8.GetString(tree.RawValue(odd)));
    }
}
