using System.Text;
using System.Text.Json;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Reading;

public class ReadingCostTests
{
    static readonly TimeSpan TwoSeconds = TimeSpan.FromSeconds(2);

    static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly string Clean = JsonSerializer.Serialize(new
    {
        channel = "C024BE91L",
        text = "Loan application 20311 for Harbour Logistics moved to underwriting. Documents are complete, the analyst expects a first view by Thursday.",
        blocks = Enumerable.Range(0, 6).Select(i => new { type = "section", id = $"block-{i}", amount = 1250.75 + i, note = "Reviewed by the second line, no remarks so far." }),
        trace = "550e8400-e29b-41d4-a716-446655440000",
    });

    [Fact]
    public void Clean_text_allocates_nothing()
    {
        using var tree = Disguise.Parse(Clean);
        using var text = new ScanText();
        for (var i = 0; i < 3; i++)
            Read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Read();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Read()
        {
            text.Reset();
            CallText.Read(tree, 0, "https://slack.com/api/chat.postMessage", -1, [], text);
        }
    }

    public static TheoryData<string> Nasty => ["%25", "&amp;", "&amp;amp;amp;", "\\\\", "\\u005c", "\\\"", "QUJDREVGR0hJSktM ", "QUJDREVGR0hJSktM\n", "eJwLycgsVgCi4UJ ", "H4sIAAAAAAAAA1 ", "a=%41&", "a&", "\ufdfa",
        "\u0301", "e\u0301", "４", "{\"a\":1}", "[", "{\"a\":", "\"", "--x\r\n", "4142434445464748 ", "0", "A", "=", "&#", "[1],", "\U000E0041", "𝟒", "\\u{", "%u", "https://x/?a=b#", "а=б"];

    /// <summary>Half a mebibyte takes some ten milliseconds where time is linear, and many seconds where it is not.</summary>
    [Theory]
    [MemberData(nameof(Nasty))]
    public void Time_stays_linear_whatever_is_repeated(string crumb)
    {
        var one = string.Concat(Enumerable.Repeat(crumb, 524_288 / Encoding.UTF8.GetByteCount(crumb)));
        Assert.True(StaysUnder(TwoSeconds, JsonSerializer.SerializeToUtf8Bytes(one, Relaxed)));
    }

    [Theory]
    [MemberData(nameof(Nasty))]
    public void Many_short_strings_cost_no_more(string crumb)
    {
        var few = string.Concat(Enumerable.Repeat(crumb, 6));
        Assert.True(StaysUnder(TwoSeconds, JsonSerializer.SerializeToUtf8Bytes(Enumerable.Repeat(few, 262_144 / (Encoding.UTF8.GetByteCount(few) + 3)), Relaxed)));
    }

    [Fact]
    public void Documents_that_double_their_escapes_are_cut_short()
    {
        var body = "x";
        while (body.Length < 262_144)
            body = JsonSerializer.Serialize(body + " and {\"a\":1}", Relaxed);
        Assert.True(StaysUnder(TwoSeconds, Encoding.UTF8.GetBytes(body)));
    }

    static bool StaysUnder(TimeSpan limit, byte[] json)
    {
        using var tree = JsonTree.Parse(json, out _)!;
        using var text = new ScanText();
        return ThreadTime.Of(() =>
        {
            text.Reset();
            CallText.ReadBody(tree, 0, text);
        }) < limit;
    }
}
