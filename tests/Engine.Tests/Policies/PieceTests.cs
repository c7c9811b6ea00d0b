using System.Text;
using Interven.Engine.Policies.Matching;

namespace Interven.Engine.Tests.Policies;

public sealed class AmountCase
{
    public string Text { get; set; } = "";
    public string Value { get; set; } = "";
}

public sealed class GlobCase
{
    public string Pattern { get; set; } = "";
    public List<string> Takes { get; set; } = [];
    public List<string> Leaves { get; set; } = [];
    public string? Fault { get; set; }
}

public sealed class PathCase
{
    public string Body { get; set; } = "null";
    public string Path { get; set; } = "";
    public List<string> Finds { get; set; } = [];
    public string? Fault { get; set; }
}

public class PieceTests
{
    public static TheoryData<int> Amounts => new(Enumerable.Range(0, AmountTable.Count));

    static readonly IReadOnlyList<AmountCase> AmountTable = Cases.Load<AmountCase>("amounts.yaml");

    public static TheoryData<int> Globs => new(Enumerable.Range(0, GlobTable.Count));

    public static TheoryData<int> Paths => new(Enumerable.Range(0, PathTable.Count));

    static readonly IReadOnlyList<GlobCase> GlobTable = Cases.Load<GlobCase>("globs.yaml");

    static readonly IReadOnlyList<PathCase> PathTable = Cases.Load<PathCase>("paths.yaml");

    [Theory]
    [MemberData(nameof(Amounts))]
    public void A_text_is_a_number_only_where_nobody_could_doubt_it(int index)
    {
        var row = AmountTable[index];
        Assert.Equal(row.Value, Amount.TryReadText(row.Text, out var amount) ? amount.ToString() : "none");
    }

    [Theory]
    [InlineData("9007199254740993", "9007199254740992", 1)]
    [InlineData("1e300", "1e299", 1)]
    [InlineData("1e-40", "0", 1)]
    [InlineData("-1e-40", "0", -1)]
    [InlineData("1.0", "1", 0)]
    public void Numbers_compare_by_value(string one, string other, int order)
    {
        Assert.True(Amount.TryReadNumber(one, out var first) & Amount.TryReadNumber(other, out var second));
        Assert.Equal(order, Math.Sign(first.CompareTo(second)));
    }

    [Theory]
    [MemberData(nameof(Globs))]
    public void A_glob_takes_what_it_says(int index)
    {
        var row = GlobTable[index];
        var glob = Glob.Parse(row.Pattern, out var fault);
        Assert.Equal(row.Fault is null, glob is not null);
        Assert.Contains(row.Fault ?? "", fault, StringComparison.Ordinal);
        Assert.All(row.Takes, text => Assert.True(glob!.Matches(text), text));
        Assert.All(row.Leaves, text => Assert.False(glob!.Matches(text), text));
    }

    [Fact]
    public void No_text_makes_a_glob_slow()
    {
        var glob = Glob.Parse(string.Concat(Enumerable.Repeat("*a", 200)) + "b", out _)!;
        Assert.False(glob.Matches(new string('a', 200_000)));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_path_leads_to_the_values_that_it_says(int index)
    {
        var row = PathTable[index];
        var path = JsonPath.Parse(row.Path, out var fault);
        Assert.Equal(row.Fault is null, path is not null);
        Assert.Contains(row.Fault ?? "", fault, StringComparison.Ordinal);
        if (path is null)
            return;
        var facts = RuleCase.Build(row.Body, new());
        Assert.Equal(row.Finds, path.Select(facts).Select(place =>
            Encoding.UTF8.GetString((place.Embedded < 0 ? facts.Tree : facts.Embedded[place.Embedded].Tree).RawValue(place.Node))));
    }

    [Fact]
    public void Many_descents_through_a_deep_body_cost_one_pass()
    {
        var body = string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "[" + string.Join(',', Enumerable.Repeat("1", 20_000)) + "]" + new string('}', 60);
        var path = JsonPath.Parse(string.Concat(Enumerable.Repeat("..a", 30)).Insert(0, "$") + ".b", out _)!;
        Assert.Empty(path.Select(RuleCase.Build(body, new())));
    }
}
