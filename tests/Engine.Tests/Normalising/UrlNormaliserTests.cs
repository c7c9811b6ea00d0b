using CsCheck;
using Interven.Engine.Normalising;
using YamlDotNet.Serialization;

namespace Interven.Engine.Tests.Normalising;

public sealed class UrlCase
{
    public string Url { get; set; } = "";
    public string Is { get; set; } = "";
    public string? Host { get; set; }
    public string? User { get; set; }
}

public class UrlNormaliserTests
{
    static List<UrlCase> Cases() => new DeserializerBuilder()
        .WithNamingConvention(YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance).Build()
        .Deserialize<List<UrlCase>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cases", "normalise", "urls.yaml")));

    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, Cases().Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_spelling_has_one_form(int row)
    {
        var wanted = Cases()[row];
        var url = UrlNormaliser.Read(wanted.Url, out var problem);
        Assert.True((url?.Text ?? "refused") == wanted.Is, $"`{wanted.Url}` is `{url?.Text ?? $"refused: {problem}"}`, wanted `{wanted.Is}`.");
        Assert.Equal(url is null, problem is not null);
        if (wanted.Host is not null)
            Assert.Equal(wanted.Host, url!.Host);
        if (wanted.User is not null)
            Assert.Equal(wanted.User, url!.UserInfo);
    }

    [Fact]
    public void A_refusal_names_the_field() =>
        Assert.All(Cases().Where(one => one.Is == "refused"), one =>
        {
            UrlNormaliser.Read(one.Url, out var problem);
            Assert.StartsWith("`url` ", problem, StringComparison.Ordinal);
        });

    static readonly Gen<string> Pieces = NormaliserCases.AnyOf("https://", "http:", "tool://", "slack.com", "evil.io", "@", ":", "443", "\\", "/", "//", "..", "%2e", "%2F", "%",
        "?", "#", "[", "]", "::1", "127.1", "0x", "é", "ａ", "\t", " ", "\0", "\ud800", ".", "xn--", "a", "Z", "-", "_", "%C3%A9", "%00").Array[0, 12].Select(string.Concat);

    [Fact]
    public void No_text_throws_and_a_normal_form_stays_as_it_is() => Pieces.Sample(text =>
    {
        if (UrlNormaliser.Read(text, out _) is not { } once)
            return;
        var twice = UrlNormaliser.Read(once.Text, out var problem);
        Assert.True(twice?.Text == once.Text && twice.Host == once.Host, $"`{text}` → `{once.Text}` → `{twice?.Text ?? problem}`");
    }, iter: 20_000);

    [Fact]
    public void Length_costs_no_more_than_its_length()
    {
        var url = UrlNormaliser.Read("https://slack.com/" + string.Concat(Enumerable.Repeat("a/../", 200_000)), out _);
        Assert.Equal("https://slack.com/", url!.Text);
    }
}
