using System.Text;
using System.Text.Json;
using CsCheck;
using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;
using Interven.Engine.Sanitising;
using Interven.Engine.Tests.Reading;

namespace Interven.Engine.Tests.Sanitising;

public class SecondPassTests
{
    static readonly string[] Needles =
        [Needle.Card, "4111-1111-1111-1111", Needle.Secret, "ann@bank.example", "INTERNAL ONLY", "ID-77", "４１１１１１１１１１１１１１１１", "sk_live_9fQ2\u200bxLr7TbW4mKz8", "plain", "Größe 😀 ", "x=1&y=", " ", "\"", "\\", "%", "[REDACTED:EMAIL]"];

    static readonly Gen<string> Words = Gen.Int[0, Needles.Length - 1].Select(i => Needles[i]).Array[0, 5].Select(parts => string.Join("", parts));

    static readonly Gen<string> Wrapped = Gen.Select(Words, Gen.Int[0, 7].Array[0, 3]).Select((inner, wraps) => wraps.Aggregate(inner, (text, wrap) => wrap switch
    {
        0 => JsonSerializer.Serialize(text),
        1 => "see " + Convert.ToBase64String(Encoding.UTF8.GetBytes("some words, " + text)),
        2 => Uri.EscapeDataString(text),
        3 => JsonSerializer.Serialize(new Dictionary<string, object> { ["memo"] = text, ["n"] = 4111111111111111 }),
        4 => $"to=you&text={Uri.EscapeDataString(text)}",
        5 => string.Concat(text.Select(c => c < 128 ? $"&#{(int)c};" : c.ToString())),
        6 => Convert.ToHexString(Encoding.UTF8.GetBytes("some words, " + text)),
        _ => text,
    }));

    static readonly Gen<object> Body = Gen.Recursive<object>((depth, self) =>
    {
        var leaf = Gen.OneOf(Wrapped.Select(one => (object)one), Gen.OneOf(Gen.Const<object>(4111111111111111L), Gen.Const<object>(true), Gen.Const<object>(12.5)));
        return depth > 3 ? leaf : Gen.OneOf(leaf, self.Array[0, 4].Select(one => (object)one),
            Gen.Select(Wrapped, self).Array[0, 4].Select(pairs => (object)pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2)));
    });

    [Fact]
    public void What_was_sanitised_shows_nothing_when_it_is_scanned_again() => Body.Sample(body =>
    {
        foreach (var minimum in new[] { Confidence.Medium, Confidence.Low })
        {
            using var tree = Disguise.Parse(JsonSerializer.Serialize(body));
            using var text = new ScanText();
            CallText.ReadBody(tree, 0, text);
            var result = SecondPass.Sanitise(tree, 0, text, Needle.Usual.In(text).Items, [], minimum, Needle.Usual.Classify);

            Assert.True(result.IsClean);
            using var again = JsonTree.Parse(result.Json, out var problem);
            Assert.True(again is not null, problem?.Message);
            using var second = new ScanText();
            CallText.ReadBody(again, 0, second);
            foreach (ref readonly var finding in Needle.Usual.In(second).Items)
                Assert.True(finding.Confidence < minimum, $"{finding.Kind.Name} is left in {Encoding.UTF8.GetString(result.Json.Span)}");
            Assert.Equal(Shape(tree, 0), Shape(again, 0));
        }
    }, iter: 1500);

    [Fact]
    public void A_match_that_only_the_cut_made_takes_its_whole_value()
    {
        var inner = new DataKind("joined", DataClasses.Secrets, 1);
        var needle = new Needle(("left[REDACTED:CREDIT_CARD]right", inner, Confidence.High), (Needle.Card, Needle.CardKind, Confidence.High));
        Assert.Equal("""{"a":"[REDACTED:JOINED]","b":1}""", Sanitise($$"""{"a":"so left{{Needle.Card}}right it is","b":1}""", needle.Classify, out _));
    }

    [Fact]
    public void A_detector_that_fires_on_the_field_of_a_marker_is_not_followed()
    {
        Assert.Equal("""{"card":"[REDACTED:CREDIT_CARD]"}""", Sanitise($$"""{"card":"{{Needle.Card}}"}""", AnyInCard, out var result));
        Assert.Equal(1, result.Redactions);

        static void AnyInCard(ScanText text, FindingList findings)
        {
            for (var segment = 0; segment < text.Segments.Length; segment++)
                if (text.FieldOf(segment).SequenceEqual("card"))
                    findings.Add(new(Needle.CardKind, Confidence.High, segment, 0, text.Segments[segment].Length));
        }
    }

    [Theory]
    [InlineData("""{"a":"x","b":"x","c":"x","d":"x","e":"x","f":"x"}""", """{"redacted":"[REDACTED:BODY]"}""")]
    [InlineData("""["x","x","x","x","x","x"]""", """["[REDACTED:BODY]"]""")]
    public void A_body_that_does_not_come_clean_goes_as_a_whole(string body, string becomes)
    {
        Assert.Equal(becomes, Sanitise(body, OneEachTime, out var result));
        Assert.True(result.IsClean);

        static void OneEachTime(ScanText text, FindingList findings)
        {
            for (var segment = 0; segment < text.Segments.Length && findings.Count == 0; segment++)
                if (text.TextOf(segment).SequenceEqual("x"))
                    findings.Add(new(Needle.SecretKind, Confidence.High, segment, 0, 1));
        }
    }

    static string Sanitise(string body, Action<ScanText, FindingList> classify, out Sanitised result)
    {
        using var tree = Disguise.Parse(body);
        using var text = new ScanText();
        CallText.ReadBody(tree, 0, text);
        var findings = new FindingList();
        classify(text, findings);
        result = SecondPass.Sanitise(tree, 0, text, findings.Items, [], Confidence.Medium, classify);
        return Encoding.UTF8.GetString(result.Json.Span);
    }

    /// <summary>Objects and arrays with their sizes; strings and numbers alike, since a number that matches becomes a string.</summary>
    static string Shape(JsonTree tree, int node) => tree.Nodes[node].Kind switch
    {
        JsonKind.Object => "{" + Children(tree, node) + "}",
        JsonKind.Array => "[" + Children(tree, node) + "]",
        JsonKind.String or JsonKind.Number => "v",
        var other => other.ToString(),
    };

    static string Children(JsonTree tree, int node)
    {
        var shape = "";
        for (var child = node + 1; child < tree.Nodes[node].End; child = tree.Nodes[child].End)
            shape += Shape(tree, child);
        return shape;
    }
}
