using System.Text;
using Interven.Contracts;
using Interven.Engine.Evidence;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Evidence;

public class RecordTests
{
    static readonly string SampleFile = Path.Combine(AppContext.BaseDirectory, "cases", "records", "v1.json");

    static readonly DecisionRecord Full = new()
    {
        Trace = new(new Guid("01930000-0000-7000-8000-000000000001")),
        Parent = new(new Guid("01930000-0000-7000-8000-000000000002")),
        Kind = "released",
        Tenant = new(new Guid("01930000-0000-7000-8000-00000000000a")),
        Time = new(2026, 11, 22, 9, 30, 15, 123, TimeSpan.FromHours(1)),
        Environment = "production",
        Decision = Decision.Sanitize,
        RiskScore = 0.41237,
        Band = RiskBand.Medium,
        Reasons = ["APPROVED_BY_REVIEWER", "PII_DETECTED"],
        Tool = "slack",
        Operation = "post_message",
        Verb = Verb.Write,
        Method = "POST",
        Url = "https://slack.com/api/chat.postMessage?channel=[REDACTED]",
        AgentId = "kyc-bot",
        AgentName = "KYC \"réviseur\"",
        RuntimeType = "langgraph",
        KeyId = "a1B2c3D4",
        KeyPrefix = "iv_live_a1B2c3D4",
        ClientIp = "203.0.113.7",
        Classes = DataClasses.Pii | DataClasses.Pci,
        Findings = [new("credit_card", DataClasses.Pii | DataClasses.Pci, "$.text", Confidence.High, 2, new(1, 0xabc))],
        Rule = new(new(new Guid("01930000-0000-7000-8000-00000000000b")), "P1", 3, "cards", Decision.Sanitize),
        WouldHave = [new(new(new Guid("01930000-0000-7000-8000-00000000000c")), "Trial", 1, null, Decision.Deny)],
        Approval = new(new Guid("01930000-0000-7000-8000-00000000000d")),
        Signals = [new("classifier", .9, [new("kinds", Figure: 1), new("destination", "external"), new("flagged")])],
        Violations = ["tool `slack` is not in scope"],
        BodySha256 = new('a', 64),
        BodyBytes = 321,
        ContextFacts = """{"agent":null}"""u8.ToArray(),
        DurationUs = 812,
        EngineVersion = "0.1.0",
    };

    /// <summary>The bytes of a version are for ever: records of years ago are hashed, exported and replayed from them. A new shape is a new file beside this one.</summary>
    [Fact]
    public void Version_1_is_still_written_and_read_as_it_was()
    {
        var stored = File.ReadAllBytes(SampleFile);
        Assert.Equal(Encoding.UTF8.GetString(stored), Encoding.UTF8.GetString(RecordBytes.Write(Full)));
        Assert.Equal(Encoding.UTF8.GetString(stored), Encoding.UTF8.GetString(RecordBytes.Write(RecordReader.Read(stored)!)));
    }

    [Fact]
    public void A_record_of_little_is_read_back_too()
    {
        var little = new DecisionRecord
        {
            Trace = Full.Trace, Tenant = Full.Tenant, Time = Full.Time, Environment = "production", Decision = Decision.Allow, RiskScore = 0, Band = RiskBand.Low,
            Tool = "custom_proxy", Operation = "x", Verb = Verb.Read, Method = "GET", Url = "https://a.example/x",
        };
        var bytes = RecordBytes.Write(little);
        Assert.Equal(bytes, RecordBytes.Write(RecordReader.Read(bytes)!));
        using var tree = JsonTree.Parse(bytes, out _);
        Assert.NotNull(tree);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"v":2}""")]
    [InlineData("""{"v":1,"trace_id":"x"}""")]
    public void What_is_no_record_is_null(string bytes) => Assert.Null(RecordReader.Read(Encoding.UTF8.GetBytes(bytes)));

    [Fact]
    public void An_unreadable_decision_reads_as_the_strictest()
    {
        var bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(RecordBytes.Write(Full)).Replace("\"SANITIZE\",\"risk_score\"", "\"MAYBE\",\"risk_score\"", StringComparison.Ordinal));
        Assert.Equal(Decision.Deny, RecordReader.Read(bytes)!.Decision);
    }

    [Fact]
    public void Each_field_changes_the_hash()
    {
        DecisionRecord[] others =
        [
            Full with { Decision = Decision.Deny }, Full with { RiskScore = .5 }, Full with { Url = "https://other.example" }, Full with { AgentId = "x" },
            Full with { Findings = [] }, Full with { BodySha256 = "" }, Full with { Rule = null }, Full with { DurationUs = 1 }, Full with { Time = Full.Time.AddMilliseconds(1) },
        ];
        Assert.Equal(others.Length + 1, others.Append(Full).Select(record => Convert.ToHexString(RecordBytes.Hash(RecordBytes.Write(record)))).Distinct().Count());
    }
}
