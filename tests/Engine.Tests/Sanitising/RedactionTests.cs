using CsCheck;
using Interven.Engine.Sanitising;

namespace Interven.Engine.Tests.Sanitising;

public class RedactionTests
{
    [Theory]
    [InlineData("0+5a1 3+5b2", "0+8b")]
    [InlineData("0+9a2 3+2b1", "0+9a")]
    [InlineData("3+2b3 0+9a2", "0+9b")]
    [InlineData("0+4a1 4+4a1", "0+8a")]
    [InlineData("0+4a1 4+4b1", "0+4a 4+4b")]
    [InlineData("0+4a1 5+4a1", "0+4a 5+4a")]
    public void Overlapping_matches_become_one_and_the_severer_one_names_it(string given, string becomes)
    {
        var plan = given.Split(' ').Select(one => new Redaction(0, one[0] - '0', one[2] - '0', one[3..4], one[4] - '0')).ToList();
        Redaction.Merge(plan);
        Assert.Equal(becomes, string.Join(' ', plan.Select(one => $"{one.Start}+{one.Length}{one.Marker}")));
    }

    [Fact]
    public void Merged_matches_are_apart_in_order_and_cover_the_same() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 30], Gen.Int[1, 9], Gen.Int[0, 3]).Array[0, 20].Sample(given =>
        {
            var plan = given.Select(one => new Redaction(one.Item1, one.Item2, one.Item3, $"{one.Item4}", one.Item4)).ToList();
            var before = plan.SelectMany(Covered).ToHashSet();
            Redaction.Merge(plan);
            Assert.True(before.SetEquals(plan.SelectMany(Covered)));
            for (var i = 1; i < plan.Count; i++)
                Assert.True(plan[i].Segment > plan[i - 1].Segment || plan[i].Start >= plan[i - 1].End);
        });

    static IEnumerable<(int Segment, int At)> Covered(Redaction one) => Enumerable.Range(one.Start, one.Length).Select(at => (one.Segment, at));
}
