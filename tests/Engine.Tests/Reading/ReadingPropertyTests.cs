using System.Text;
using CsCheck;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Reading;

public class ReadingPropertyTests
{
    static readonly string[] Crumbs =
    [
        "%", "%25", "%2", "%u00", "%41", "&", "&amp;", "&#", "&#x41;", "&#99999999;", ";", "\\", "\\u", "\\ud83d", "\\u0041", "\\x4", "\\u{1F600}", "\\U0010FFFF", "\\\"",
        "{", "}", "[", "]", "\"", ":", ",", "{\"a\":", "\"b\"", "1e5", "true", "=", "a=b", "+", "--b\r\n", "Content-Disposition: form-data; name=\"x\"\r\n\r\n", "\n",
        "QUJDREVGR0hJSktM", "H4sIAAAAAAAA", "eJwLycgsVgCi", "4142434445464748494a", "0x", "4111111111111111", "hello world", "\u200b", "е", "４", "é", "\u0301", "😀", "𝟒", "\ue000", "\U000E0041\U000E0042\U000E0043\U000E0044\U000E0045\U000E0046\U000E0047", "\ufdfa", "中",
    ];

    static readonly Gen<string> Messy = Gen.Select(Gen.OneOf(Gen.Int[0, Crumbs.Length - 1].Select(i => Crumbs[i]), Gen.String[Gen.Char[(char)32, (char)126], 0, 8]).Array[0, 24], Gen.Int[0, 3].Array[0, 4])
        .Select((parts, wraps) => wraps.Aggregate(string.Concat(parts), (inner, wrap) => wrap switch
        {
            0 => System.Text.Json.JsonSerializer.Serialize(inner),
            1 => Convert.ToBase64String(Encoding.UTF8.GetBytes(inner)),
            2 => Uri.EscapeDataString(inner),
            _ => $"{{\"k\":{System.Text.Json.JsonSerializer.Serialize(inner)},\"n\":12}}",
        }));

    [Fact]
    public void Whatever_is_sent_is_read_and_every_span_lies_inside_its_carrier() => Messy.Sample(body =>
    {
        using var text = CallTextTests.Read(body);
        for (var segment = 0; segment < text.Segments.Length; segment++)
        {
            var one = text.Segments[segment];
            Inside(one.Start, one.Length, text.Chars.Length);
            if (one.FieldStart >= 0)
                Inside(one.FieldStart, one.FieldLength, text.Chars.Length);
            if (one.Carrier < 0)
                continue;
            Assert.True(one.Carrier < segment);
            Inside(one.RunStart, one.RunLength, text.Segments[one.Carrier].Length);
            for (var at = 0; at < one.Length; at += 1 + one.Length / 7)
                for (var length = 1; at + length <= one.Length; length += 1 + one.Length / 5)
                {
                    var (start, end) = text.MapOut(segment, at, at + length);
                    Assert.InRange(start, one.RunStart, end);
                    Assert.InRange(end, start, one.RunStart + one.RunLength);
                    var place = text.MapToOutermost(segment, at, length);
                    Inside(place.Start, place.Length, text.Segments[place.Segment].Length);
                    Assert.Equal(TextLayer.Plain, text.Segments[place.Segment].Layer);
                }
        }
    }, iter: 3000);

    [Fact]
    public void Decoded_text_stays_within_the_budget() => Messy.Array[1, 40].Sample(bodies =>
    {
        using var tree = Disguise.Parse(System.Text.Json.JsonSerializer.Serialize(bodies));
        using var text = new ScanText();
        CallText.ReadBody(tree, 0, text);
        var plain = 0;
        foreach (ref readonly var segment in text.Segments)
            plain += segment.Carrier < 0 ? segment.Length : 0;
        Assert.True(text.Chars.Length - plain <= 4 * plain + 65_536 + 4_096, $"{text.Chars.Length} of {plain}");
    }, iter: 300);

    [Fact]
    public void What_is_copied_unchanged_leads_back_to_itself() => Messy.Sample(body =>
    {
        using var text = CallTextTests.Read(body);
        for (var segment = 0; segment < text.Segments.Length; segment++)
        {
            if (!text.Trails.IsExact(segment))
                continue;
            var carrier = text.Segments[segment].Carrier;
            for (var at = 0; at < text.Segments[segment].Length; at++)
            {
                var (start, end) = text.MapOut(segment, at, at + 1);
                if (end - start == 1 && text.TextOf(carrier)[start] < 0x80 && text.TextOf(carrier)[start] != '+')
                    Assert.Equal(text.TextOf(carrier)[start], text.TextOf(segment)[at]);
            }
        }
    }, iter: 3000);

    static void Inside(int start, int length, int whole) => Assert.True(start >= 0 && length >= 0 && start + length <= whole, $"{start}+{length} in {whole}");
}
