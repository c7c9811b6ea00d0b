using CsCheck;
using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Classifying.Scanning;

public class ClassifierTests
{
    static readonly DataKind Kind = new("thing", DataClasses.Internal, .5);

    static Detector Waiting(Trigger trigger, List<string> seen) => new("probe", trigger, (in Probe probe) =>
        seen.Add(probe.Text.Slice(probe.At, probe.Length).ToString()));

    static List<string> Seen(Trigger trigger, string text, string? field = null)
    {
        var seen = new List<string>();
        using var document = Document(text, field);
        new Classifier([Waiting(trigger, seen)]).Classify(document, new());
        return seen;
    }

    static ScanText Document(string text, string? field = null)
    {
        var document = new ScanText();
        var fieldStart = field is null ? -1 : document.Write(field);
        document.Add(new(document.Write(text), text.Length, TextOrigin.BodyValue, 0, TextLayer.Plain, -1, 0, 0, fieldStart, field?.Length ?? 0));
        return document;
    }

    [Theory]
    [InlineData("aKEYword in the middle, keyword", "KEYword,keyword")]
    [InlineData("keyword", "keyword")]
    [InlineData("keywor", "")]
    [InlineData("kEyWoRd\u212A", "kEyWoRd")]
    [InlineData("\u212Aeyword", "")]
    public void Keywords_are_found_whatever_their_case(string text, string found) =>
        Assert.Equal(found, string.Join(',', Seen(new Trigger.Keywords("keyword"), text)));

    [Fact]
    public void Every_keyword_is_found_where_a_plain_search_finds_it() =>
        Gen.Select(Gen.String[Gen.Char["abcXY_9é "], 3, 6].Array[1, 20], Gen.String[Gen.Char["abcXY_9é "], 0, 200]).Sample((words, text) =>
        {
            var literals = words.Where(word => !word.Contains('é', StringComparison.Ordinal)).ToArray();
            var wanted = literals.Select(word => word.ToLowerInvariant()).Distinct().Sum(word =>
                Enumerable.Range(0, text.Length).Count(at => string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0));
            Assert.Equal(wanted, Seen(new Trigger.Keywords(literals), text).Count);
        });

    [Theory]
    [InlineData("card 4111 1111 1111 1111.", "4111 1111 1111 1111")]
    [InlineData("4111-1111-1111-1111", "4111-1111-1111-1111")]
    [InlineData("4111  1111 1111 1111", "")]
    [InlineData("on 22 4111 1111 1111 1111", "22 4111 1111 1111,4111 1111 1111 1111")]
    [InlineData("123456789012", "")]
    [InlineData("12345678901234567890", "")]
    [InlineData("1234567890123", "1234567890123")]
    public void Digit_runs_are_offered_whole_or_in_whole_groups(string text, string found) =>
        Assert.Equal(found, string.Join(',', Seen(new Trigger.Digits(13, 16), text)));

    [Fact]
    public void A_single_character_is_offered_each_time() => Assert.Equal(3, Seen(new Trigger.Character('@'), "@a@ b @").Count);

    [Theory]
    [InlineData("card_number", 1)]
    [InlineData("Card-Number", 1)]
    [InlineData("cardNumber", 1)]
    [InlineData("card_number_2", 0)]
    [InlineData(null, 0)]
    public void Field_names_are_found_whatever_their_spelling(string? field, int times) =>
        Assert.Equal(times, Seen(new Trigger.FieldName("card.number"), "x", field).Count);

    [Theory]
    [InlineData("MY_API_KEY", 1)]
    [InlineData("monkey", 0)]
    [InlineData("", 0)]
    public void A_word_inside_a_field_name_is_found(string field, int times)
    {
        var calls = 0;
        using var document = Document("value", field);
        new Classifier([new("probe", new Trigger.FieldWord("_key"), (in Probe probe) => calls++)]).Classify(document, new());
        Assert.Equal(times, calls);
    }

    [Fact]
    public void A_segment_of_its_own_trigger_is_offered_whole() => Assert.Equal(["all of it"], Seen(new Trigger.EverySegment(), "all of it"));

    [Theory]
    [InlineData("ab")]
    [InlineData("schlüssel")]
    public void A_keyword_that_cannot_be_found_is_refused(string literal) =>
        Assert.Throws<ArgumentException>(() => new Classifier([Waiting(new Trigger.Keywords(literal), [])]));

    [Fact]
    public void A_detector_reports_where_it_looked()
    {
        using var document = Document("a keyword");
        var findings = new FindingList();
        new Classifier([new("probe", new Trigger.Keywords("keyword"), (in Probe probe) => probe.Report(Kind, Confidence.High, probe.At, probe.Length))])
            .Classify(document, findings);
        Assert.Equal(new Finding(Kind, Confidence.High, 0, 2, 7), Assert.Single(findings.Items.ToArray()));
    }
}
