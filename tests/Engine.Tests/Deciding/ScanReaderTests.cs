using System.Text;
using CsCheck;
using Interven.Engine.Deciding;

namespace Interven.Engine.Tests.Deciding;

public class ScanReaderTests
{
    static ScanReading Read(string json) => ScanReader.Read(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void A_full_request_is_read()
    {
        using var scan = Read("""
            {"method":"POST","url":"https://slack.com/api/chat.postMessage","body":{"text":"hi"},"headers":{"Accept":"*/*","X-List":["a","b"]},
             "agent_id":"kyc","agent_name":"KYC bot","runtime_type":"langgraph","tool_name":"slack","operation":"post_message","context":"earlier talk",
             "env":"production","wait_ms":110000,"something_newer":{"x":1}}
            """).Scan!;
        Assert.Equal(("POST", "https://slack.com/api/chat.postMessage", "kyc", "KYC bot", "langgraph"), (scan.Method, scan.Url, scan.AgentId, scan.AgentName, scan.RuntimeType));
        Assert.Equal(("slack", "post_message", "production", 110_000), (scan.ToolName, scan.Operation, scan.Env, scan.WaitMs));
        Assert.Equal("""{"text":"hi"}""", Encoding.UTF8.GetString(scan.RawBody));
        Assert.Equal("earlier talk", scan.Tree.Value(scan.Context).ToString());
        Assert.True(scan.Headers > 0);
    }

    [Theory]
    [InlineData("""{"method":"GET","url":"tool://langgraph/lookup"}""")]
    [InlineData("""{"method":"GET","url":"exec://localhost","body":null,"headers":null,"env":null,"wait_ms":null}""")]
    [InlineData("""{"method":"GET","url":"https://a.example","body":"text"}""")]
    [InlineData("""{"method":"GET","url":"https://a.example","body":12.50,"wait_ms":0}""")]
    [InlineData("""{"method":"M-SEARCH","url":" https://a.example ","agent_id":""}""")]
    public void These_are_sound(string json) => Assert.Empty(Read(json).Problems);

    [Theory]
    [InlineData("{}", "$.method,$.url")]
    [InlineData("[]", "$")]
    [InlineData("", "$")]
    [InlineData("""{"method":"GET","method":"GET","url":"https://a.example"}""", "$")]
    [InlineData("""{"method":"","url":"  "}""", "$.method,$.url")]
    [InlineData("""{"method":1,"url":["x"]}""", "$.method,$.url")]
    [InlineData("""{"method":"GE T","url":"https://a.example"}""", "$.method")]
    [InlineData("""{"method":"GET","url":"/relative"}""", "$.url")]
    [InlineData("""{"method":"GET","url":"slack.com/api"}""", "$.url")]
    [InlineData("""{"method":"GET","url":"://x"}""", "$.url")]
    [InlineData("""{"method":"GET","url":"https://"}""", "$.url")]
    [InlineData("""{"method":"GET","url":"https://a.example","headers":[]}""", "$.headers")]
    [InlineData("""{"method":"GET","url":"https://a.example","headers":{"A":{"b":1}}}""", "$.headers")]
    [InlineData("""{"method":"GET","url":"https://a.example","headers":{"A":[["b"]]}}""", "$.headers")]
    [InlineData("""{"method":"GET","url":"https://a.example","wait_ms":110001}""", "$.wait_ms")]
    [InlineData("""{"method":"GET","url":"https://a.example","wait_ms":-1}""", "$.wait_ms")]
    [InlineData("""{"method":"GET","url":"https://a.example","wait_ms":1.5}""", "$.wait_ms")]
    [InlineData("""{"method":"GET","url":"https://a.example","wait_ms":"5"}""", "$.wait_ms")]
    [InlineData("""{"method":"GET","url":"https://a.example","agent_id":7,"env":true,"context":{}}""", "$.agent_id,$.context,$.env")]
    [InlineData("""{"method":"GET","url":"https://a.example","agent_id":"a\u0000b"}""", "$.agent_id")]
    public void Every_problem_is_named_at_once(string json, string paths)
    {
        var reading = Read(json);
        Assert.Null(reading.Scan);
        Assert.Equal(paths, string.Join(',', reading.Problems.Select(problem => problem.Path).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("method", ScanReader.LongestMethod)]
    [InlineData("agent_id", ScanReader.LongestName)]
    public void Lengths_end_where_they_are_said_to(string field, int longest)
    {
        string Request(int length) => $$"""{"url":"https://a.example","method":"GET"}""".Replace(field == "method" ? "\"GET\"" : "}", field == "method" ? $"\"{new string('A', length)}\"" : $",\"{field}\":\"{new string('A', length)}\"}}", StringComparison.Ordinal);
        Assert.Empty(Read(Request(longest)).Problems);
        Assert.Equal($"$.{field}", Assert.Single(Read(Request(longest + 1)).Problems).Path);
    }

    [Fact]
    public void A_problem_never_quotes_the_input() =>
        Assert.DoesNotContain(Read("""{"method":"s3cr3t value","url":"s3cr3t","agent_id":{"s3cr3t":1},"wait_ms":9999999}""").Problems, problem => problem.Message.Contains("s3cr3t", StringComparison.Ordinal));

    [Fact]
    public void No_input_throws() => Gen.OneOf(
            Gen.Byte.Array[0, 80].Select(bytes => bytes),
            Gen.String[0, 40].Select(text => Encoding.UTF8.GetBytes($$"""{"method":"GET","url":{{System.Text.Json.JsonSerializer.Serialize(text)}},"body":{{System.Text.Json.JsonSerializer.Serialize(text)}}}""")))
        .Sample(bytes =>
        {
            var reading = ScanReader.Read(bytes);
            Assert.Equal(reading.Scan is null, reading.Problems.Count > 0);
            reading.Scan?.Dispose();
        });
}
