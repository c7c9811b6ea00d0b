using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Interven.Contracts;
using Interven.Engine.Evidence;
using Interven.Engine.Evidence.Export;

namespace Interven.Engine.Tests.Evidence;

/// <summary>Each format says what the record says, in the words and within the limits of whoever reads it.</summary>
public class ExportTests
{
    static readonly ExportContext Context = new("gateway.example", new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_line_of_ndjson_holds_the_hashed_bytes()
    {
        var record = Made.Record();
        var lines = Lines("ndjson", record, Made.Record(seq: 8));
        Assert.Equal(2, lines.Length);
        var canonical = lines[0][..lines[0].IndexOf(",\"seq\":", StringComparison.Ordinal)] + "}";
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))), Parse(lines[0]).GetProperty("hash").GetString());
        Assert.Equal("PHI", Parse(lines[0]).GetProperty("response_classes")[0].GetString());
    }

    [Fact]
    public void A_body_of_many_lines_stays_on_one()
    {
        var record = Made.Record(body: "{\n  \"a\" : [ 1,\r\n 2 ],\n  \"b\\n\": \"x\\ny\"\n}");
        var line = Assert.Single(Lines("ndjson", record));
        Assert.Equal("x\ny", Parse(line).GetProperty("body_redacted").GetProperty("b\n").GetString());
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(3)]
    public void Json_is_one_array_whatever_its_length(int count)
    {
        var array = Parse(Text("json", [.. Enumerable.Range(1, count).Select(n => Made.Record(seq: n))]));
        Assert.Equal(Enumerable.Range(1, count), array.EnumerateArray().Select(record => record.GetProperty("seq").GetInt32()));
    }

    [Fact]
    public void Pages_of_an_export_join_to_one_array()
    {
        var format = ExportFormat.Find("json")!;
        var into = new ArrayBufferWriter<byte>();
        format.Begin(into);
        format.Write([Made.Record(seq: 1)], true, Context, into);
        format.Write([Made.Record(seq: 2)], false, Context, into);
        format.Write([], false, Context, into);
        format.End(into);
        Assert.Equal(2, Parse(Encoding.UTF8.GetString(into.WrittenSpan)).GetArrayLength());
    }

    [Fact]
    public void Another_parser_reads_the_csv_back()
    {
        var odd = "quote \" comma , line\r\nend ; ünï";
        var rows = Csv(Made.Record(), Made.Record(seq: 8, agent: odd));
        Assert.Equal(2, rows.Count);
        Assert.Equal(odd, rows[1]["agent_id"]);
        Assert.Equal("DENY", rows[0]["decision"]);
        Assert.Equal("PII_DETECTED;POLICY_MATCH", rows[0]["reason_codes"]);
        Assert.Equal("2026-11-22T11:30:00.123Z", rows[0]["time"]);
    }

    [Theory]
    [InlineData("=1+1"), InlineData("+1"), InlineData("-1"), InlineData("@SUM(A1)"), InlineData("\t=1"), InlineData("\r=1"), InlineData("\n=1"), InlineData("＝1"), InlineData("＋1"), InlineData("－1"), InlineData("＠x")]
    public void No_field_of_the_csv_is_a_formula(string agent)
    {
        var row = Assert.Single(Csv(Made.Record(agent: agent)));
        Assert.Equal("'" + agent, row["agent_id"]);
    }

    [Fact]
    public void Splunk_gets_events_one_after_another_with_seconds()
    {
        var lines = Lines("splunk", Made.Record(), Made.Record(seq: 8));
        Assert.Equal(2, lines.Length);
        var envelope = Parse(lines[0]);
        Assert.Equal("1795347000.123", envelope.GetProperty("time").GetRawText());
        Assert.Equal(("gateway.example", "interven", "interven:decision"),
            (envelope.GetProperty("host").GetString(), envelope.GetProperty("source").GetString(), envelope.GetProperty("sourcetype").GetString()));
        Assert.Equal(Made.Trace.ToString(), envelope.GetProperty("event").GetProperty("trace_id").GetString());
        Assert.Equal(Made.Trace.ToString(), envelope.GetProperty("fields").GetProperty("event_id").GetString());
    }

    [Fact]
    public void Datadog_gets_arrays_within_its_limits()
    {
        var records = Enumerable.Range(1, 2300).Select(n => Made.Record(seq: n)).ToArray();
        Assert.Equal([1000, 1000, 300], Lines("datadog", records).Select(line => Parse(line).GetArrayLength()));
        var large = Enumerable.Range(1, 30).Select(n => Made.Record(seq: n, body: JsonSerializer.Serialize(new string('x', 400_000)))).ToArray();
        Assert.All(Lines("datadog", large), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= DatadogFormat.MostBytes));
        Assert.Equal(30, Lines("datadog", large).Sum(line => Parse(line).GetArrayLength()));
    }

    [Fact]
    public void An_entry_that_Datadog_would_cut_is_cut_and_says_so()
    {
        var entry = Parse(Assert.Single(Lines("datadog", Made.Record(body: JsonSerializer.Serialize(new string('x', 1_000_000))))))[0];
        Assert.True(entry.GetProperty("truncated").GetBoolean());
        Assert.False(entry.GetProperty("interven").TryGetProperty("body_redacted", out _));
    }

    [Fact]
    public void What_is_too_old_for_Datadog_comes_with_the_time_of_its_sending()
    {
        var (fresh, old) = (Made.Record(), Made.Record(time: Context.Now.AddHours(-30)));
        var entries = Parse(Assert.Single(Lines("datadog", fresh, old)));
        Assert.Equal(fresh.Time.ToUnixTimeMilliseconds(), entries[0].GetProperty("timestamp").GetInt64());
        Assert.False(entries[0].TryGetProperty("original_time", out _));
        Assert.Equal(Context.Now.ToUnixTimeMilliseconds(), entries[1].GetProperty("timestamp").GetInt64());
        Assert.Equal(RecordBytes.Time(old.Time), entries[1].GetProperty("original_time").GetString());
        Assert.Equal("env:production,decision:deny,risk:high,tool:slack", entries[0].GetProperty("ddtags").GetString());
    }

    [Fact]
    public void Cef_escapes_what_would_end_a_field()
    {
        var line = Assert.Single(Lines("cef", Made.Record(agent: "a|b=c\\d\ne")));
        Assert.StartsWith("CEF:0|Interven|Interven Gateway|1.0|DENY|slack.post_message|8|", line, StringComparison.Ordinal);
        Assert.Contains(@"suser=a|b\=c\\d\ne ", line, StringComparison.Ordinal);
        Assert.Contains("src=203.0.113.7 ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_cannot_be_read_is_not_passed_over()
    {
        var broken = new ExportRecord { Canonical = "{}"u8.ToArray(), Seq = 1, Time = Context.Now, Hash = new byte[32] };
        foreach (var format in (string[])["csv", "splunk", "datadog", "ocsf", "cef"])
            Assert.Throws<InvalidOperationException>(() => Text(format, broken));
    }

    static List<Dictionary<string, string>> Csv(params ExportRecord[] records)
    {
        var rows = new List<Dictionary<string, string>>();
        using var reader = CsvReader.FromText(Text("csv", records), CsvReaderOptions.Default);
        while (reader.Read())
            rows.Add(Text("csv").TrimEnd().Split(',').Select(name => name.Trim('"')).ToDictionary(name => name, name => reader.GetString(name)));
        return rows;
    }

    internal static string Text(string name, params ExportRecord[] records)
    {
        var format = ExportFormat.Find(name)!;
        var into = new ArrayBufferWriter<byte>();
        format.Begin(into);
        format.Write(records, true, Context, into);
        format.End(into);
        return Encoding.UTF8.GetString(into.WrittenSpan);
    }

    internal static string[] Lines(string name, params ExportRecord[] records) => Text(name, records).TrimEnd('\n').Split('\n');

    internal static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}

/// <summary>Records with a little of everything.</summary>
static class Made
{
    public static readonly TraceId Trace = new(Guid.Parse("01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c11"));

    public static ExportRecord Record(long seq = 7, string agent = "teller", string body = """{"text":"[REDACTED:EMAIL_ADDRESS]"}""", DateTimeOffset? time = null,
        Decision decision = Decision.Deny, string[]? reasons = null, Verb verb = Verb.Write, string method = "POST", string ip = "203.0.113.7", string runtime = "langgraph", bool hasRule = true)
    {
        var at = time ?? new DateTimeOffset(2026, 11, 22, 11, 30, 0, 123, TimeSpan.Zero);
        var canonical = RecordBytes.Write(new()
        {
            Trace = Trace, Tenant = new(Guid.Parse("01900000-0000-7000-8000-000000000001")), Time = at, Environment = "production", Decision = decision, RiskScore = .612, Band = RiskBand.High,
            Reasons = reasons ?? ["PII_DETECTED", "POLICY_MATCH"], Tool = "slack", Operation = "post_message", Verb = verb, Method = method, Url = "https://slack.com/api/chat.postMessage",
            AgentId = agent, AgentName = "Front desk", RuntimeType = runtime, KeyId = "kkkkkkkk", KeyPrefix = "iv_live_kkkkkkkk", ClientIp = ip, Classes = DataClasses.Pii,
            Findings = [new("email_address", DataClasses.Pii, "$.text", Confidence.High, 1, new(1, 2))],
            Rule = hasRule ? new(new(Guid.Parse("01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c12")), "Slack PII", 3, "slack-pii", Decision.Sanitize) : null,
            WouldHave = [new(new(Guid.Parse("01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c13")), "Trial", 1, "t", Decision.Deny)],
            Signals = [new("classifier", .8, [new("classes", "PII")])], BodySha256 = new string('a', 64), BodyBytes = 40, DurationUs = 321, EngineVersion = "1.0",
        });
        return new() { Canonical = canonical, Seq = seq, Time = at, Hash = RecordBytes.Hash(canonical), Body = Encoding.UTF8.GetBytes(body), ResponseClasses = DataClasses.Phi };
    }
}
