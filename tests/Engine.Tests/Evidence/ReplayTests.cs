using System.Text;
using Interven.Contracts;
using Interven.Engine.Evidence;
using Interven.Engine.Evidence.Replay;
using Interven.Engine.Normalising;
using Interven.Engine.Policies;

namespace Interven.Engine.Tests.Evidence;

/// <summary>What a record tells about other policies, and what it must not pretend to tell.</summary>
public class ReplayTests
{
    [Theory]
    [InlineData("""{"tool_name":"slack"}""", "{}", true, false)]
    [InlineData("""{"tool_name":"github"}""", """{"body_contains_any":["x"]}""", false, false)]
    [InlineData("{}", """{"has_data_class":["PII"]}""", true, false)]
    [InlineData("{}", """{"body_contains_any":["petty cash"]}""", true, false)]
    [InlineData("{}", """{"body_contains_any":["jane"]}""", false, true)]
    [InlineData("{}", """{"body_path_gte":{"path":"$.amount","value":100}}""", true, false)]
    [InlineData("{}", """{"body_path_equals":{"path":"$.to","value":"x"}}""", false, true)]
    [InlineData("{}", """{"is_new_destination":true}""", true, false)]
    [InlineData("{}", """{"trust_score_lt":0.5}""", false, false)]
    [InlineData("""{"principal_patterns":["*@example.com"]}""", "{}", false, true)]
    [InlineData("""{"channel_patterns":["ops"]}""", "{}", false, true)]
    [InlineData("""{"agent_ids":["tell*"]}""", """{"body_size_bytes_gt":10000}""", false, false)]
    public void A_rule_matches_does_not_match_or_leaves_a_doubt(string match, string condition, bool matches, bool doubts)
    {
        var reading = PolicyReader.Read(Encoding.UTF8.GetBytes($$"""{"name":"draft","rules":[{"match":{{match}},"condition":{{condition}},"action":"DENY"}]}"""));
        Assert.True(reading.IsValid, string.Join(", ", reading.Problems));
        var set = PolicySet.Compile([StoredPolicy.Of(Guid.Empty, 1, reading.Document!)]);
        var record = Record();
        using var call = ReplayedCall.Of(record, """{"to":"[REDACTED:EMAIL_ADDRESS]","amount":120,"note":"Petty cash"}"""u8)!;
        Assert.Equal(matches, set.Evaluate(call.Facts).Decision == Decision.Deny);
        Assert.Equal(doubts, call.LeavesDoubt(set, reading.Document!, matches ? Decision.Deny : Decision.Allow));
    }

    [Fact]
    public void What_a_call_is_without_the_claimed_tool_is_asked_again()
    {
        var call = new ToolCall
        {
            Method = "POST", Url = "https://pay.corp/x", Scheme = "https", Host = "pay.corp", Tool = "slack", Operation = "post_message", Verb = Verb.Write,
            Resource = new() { Channel = "ops" },
        };
        call = call with { Unclaimed = call with { Tool = "custom_proxy", Operation = "send_message", Category = "payments", Verb = Verb.Read, Resource = new() { Org = "a" } } };
        using var replayed = ReplayedCall.Of(Record() with { Tool = "slack", ContextFacts = ContextFacts.Write(call, null, [], true) }, [])!;
        var unclaimed = replayed.Facts.Call.Unclaimed!;
        Assert.Equal(("custom_proxy", "send_message", "payments", Verb.Read, "a"),
            (unclaimed.Tool, unclaimed.Operation, unclaimed.Category, unclaimed.Verb, unclaimed.Resource.Org));
        Assert.Null(unclaimed.Resource.Channel);
    }

    [Theory]
    [InlineData("released", ""), InlineData("answer_amended", ""), InlineData("scan", "AUDIT_UNAVAILABLE"), InlineData("scan", "ENGINE_UNAVAILABLE")]
    public void What_no_policy_decided_is_not_asked_about(string kind, string reason) =>
        Assert.Null(ReplayedCall.Of(Record() with { Kind = kind, Reasons = reason.Length == 0 ? [] : [reason] }, []));

    [Fact]
    public void A_body_that_was_not_kept_leaves_a_doubt()
    {
        using var call = ReplayedCall.Of(Record() with { Findings = [] }, [])!;
        Assert.True(call.HidesBody);
        using var none = ReplayedCall.Of(Record() with { Findings = [], BodyBytes = 0 }, [])!;
        Assert.False(none.HidesBody);
    }

    static DecisionRecord Record() => RecordReader.Read(Made.Record().Canonical)! with
    {
        ContextFacts = """{"agent":{"trust":0.9,"scans":100,"new_destination":true,"volume_burst":false},"call":{"is_external":true,"url_is_known":true,"category":"messaging"}}"""u8.ToArray(),
        Findings = [new("email_address", DataClasses.Pii, "$.to", Confidence.High, 1, new(1, 2))],
    };
}
