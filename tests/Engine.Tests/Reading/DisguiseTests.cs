using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Reading;

public class DisguiseTests
{
    [Theory]
    [MemberData(nameof(Disguise.Names), MemberType = typeof(Disguise))]
    public void A_disguised_text_is_read_and_leads_back_to_its_place(string name)
    {
        var wanted = Disguise.Called(name);
        using var tree = Disguise.Parse(wanted.Body);
        using var text = new ScanText();
        CallText.ReadBody(tree, 0, text);

        var seen = new List<string>();
        for (var segment = 0; segment < text.Segments.Length; segment++)
        {
            var at = text.TextOf(segment).IndexOf(wanted.Find, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var place = text.MapToOutermost(segment, at, wanted.Find.Length);
            var replaced = text.TextOf(place.Segment).Slice(place.Start, place.Length).ToString();
            seen.Add($"{text.Segments[segment].Layer} at {JsonPaths.Of(tree, place.Node)} in [{text.FieldOf(segment)}] replaces [{replaced}]");
            if (text.Segments[segment].Layer == wanted.Layer && JsonPaths.Of(tree, place.Node) == wanted.Path
                && (wanted.Replaced is null || replaced == wanted.Replaced)
                && (wanted.Field is null || text.FieldOf(segment).SequenceEqual(wanted.Field)))
                return;
        }
        Assert.Fail($"Not found as wanted ({wanted.Layer} at {wanted.Path} replacing [{wanted.Replaced}] in [{wanted.Field}]); found: {string.Join("; ", seen)}");
    }

    [Theory]
    [MemberData(nameof(Disguise.Names), MemberType = typeof(Disguise))]
    public void Reading_a_disguise_stays_within_the_decode_budget(string name)
    {
        using var tree = Disguise.Parse(Disguise.Called(name).Body);
        using var text = new ScanText();
        CallText.ReadBody(tree, 0, text);
        Assert.False(text.DecodeLimitReached);
    }
}
