using System.Text;
using System.Text.Json;
using CsCheck;
using Interven.Engine.Approvals;
using Interven.Engine.Deciding;
using Interven.Engine.Tests.Deciding;

namespace Interven.Engine.Tests.Approvals;

/// <summary>The table <c>tests/cases/approvals/sentences.yaml</c>, and what must hold for every call.</summary>
public class CallSentenceTests
{
    const string Table = "approvals/sentences.yaml";

    public static TheoryData<string> Cases => [.. CaseTable.Rows(Table, "cases").Select(row => row.Text("name"))];

    [Theory, MemberData(nameof(Cases))]
    public void A_call_is_told_as_the_table_says(string name)
    {
        var row = CaseTable.Rows(Table, "cases").Single(row => row.Text("name") == name);
        var body = row.Has("body") ? ",\"body\":" + row.Text("body") : "";
        var (stored, url) = Stored(Encoding.UTF8.GetBytes($$"""{"method":"POST","url":"{{row.Text("url")}}"{{body}}}"""))!.Value;
        var sentence = CallSentence.Of(stored.Record, url.Shown, stored.RedactedBody);
        Assert.Equal(row.Text("want"), sentence);
        if (row.Has("without"))
            Assert.DoesNotContain(row.Text("without"), sentence + url.Shown, StringComparison.OrdinalIgnoreCase);
        if (row.Has("shown"))
            Assert.Equal(row.Text("shown"), url.Shown);
    }

    [Fact]
    public void No_sentence_and_no_view_carries_what_was_found_or_breaks_a_line() => Calls.Body.Sample(body =>
    {
        if (Stored(Calls.Request(body, "https://pay.corp/v1/transfer-funds")) is not var (stored, url))
            return;
        var sentence = CallSentence.Of(stored.Record, url.Shown, stored.RedactedBody);
        Assert.InRange(sentence.Length, 1, CallSentence.Longest);
        Assert.DoesNotContain(sentence, char.IsControl);
        var read = ReviewView.Read(ReviewView.Write(stored, url))!;
        Assert.Equal(stored.RedactedBody, read.Body);
        Assert.Equal(stored.Record.Trace, read.Record.Trace);
        foreach (var (text, core) in Calls.Planted)
            if (body.Contains(JsonSerializer.Serialize(text)[1..^1], StringComparison.Ordinal) && stored.Record.Findings.Count > 0)
                Assert.DoesNotContain(core, sentence, StringComparison.OrdinalIgnoreCase);
    }, iter: 300);

    [Theory]
    [InlineData("?to=ACME&amount=25000", true)]
    [InlineData("", true)]
    [InlineData("?to=4111111111111111", true)]
    [InlineData("/4111111111111111", true)]
    [InlineData("/4111111111111111?to=ACME", false)]
    [InlineData("?access_token=none", false)]
    [InlineData("?bare", false)]
    [InlineData("?to=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void A_URL_is_whole_where_nothing_is_missing_but_what_was_found(string tail, bool isWhole)
    {
        var (stored, url) = Stored(Encoding.UTF8.GetBytes($$"""{"method":"POST","url":"https://pay.corp/v1/transfer-funds{{tail}}"}"""))!.Value;
        Assert.Equal(isWhole, url.IsWhole);
        Assert.Equal(isWhole, ReviewView.Read(ReviewView.Write(stored, url))!.UrlIsWhole);
    }

    [Theory]
    [InlineData("https://x.example/a?b=[REDACTED]", false)]
    [InlineData("https://x.example/[REDACTED]?b=c", true)]
    public void A_view_that_does_not_say_whether_its_URL_is_whole_is_judged_by_the_query(string url, bool isWhole)
    {
        var (stored, _) = Stored("""{"method":"POST","url":"https://x.example/a"}"""u8.ToArray())!.Value;
        var old = Encoding.UTF8.GetString(ReviewView.Write(stored, new(url, !isWhole))).Replace($",\"url_is_whole\":{(isWhole ? "false" : "true")}", "", StringComparison.Ordinal);
        Assert.Equal(isWhole, ReviewView.Read(Encoding.UTF8.GetBytes(old))!.UrlIsWhole);
    }

    static (StoredRecord, UrlForReview)? Stored(byte[] request)
    {
        if (Calls.Decide(request, Calls.Tenant()) is not var (scan, verdict))
            return null;
        using (scan)
            return (RecordOf.Outcome(scan, Resolution.Of(verdict), new() { Trace = new(new Guid("01930000-0000-7000-8000-000000000001")), Time = DateTimeOffset.UnixEpoch }), RecordOf.UrlForReview(scan));
    }
}
