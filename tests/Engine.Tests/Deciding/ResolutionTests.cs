using System.Text;
using System.Text.Json;
using Interven.Contracts;
using Interven.Contracts.Scanning;
using Interven.Engine.Deciding;
using Interven.Engine.Normalising;
using Interven.Engine.Risk;

namespace Interven.Engine.Tests.Deciding;

public class ResolutionTests
{
    static readonly ApprovalId Id = new(new Guid("01930000-0000-7000-8000-00000000000d"));
    static readonly TraceId Trace = new(new Guid("01930000-0000-7000-8000-000000000001"));
    static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    static Verdict Verdict(Decision decision, byte[]? sanitised = null) => FailClosed.Refusal(ReasonCodes.PolicyMatch) with
    {
        Decision = decision,
        Cause = Cause.Rule,
        Outage = null,
        RiskScore = .3,
        Band = RiskBand.Medium,
        SanitisedBody = sanitised,
    };

    public static TheoryData<string, Decision, string> Replies() => new()
    {
        { "Pending", Decision.RequireApproval, ReasonCodes.PolicyMatch },
        { "RecentGrant", Decision.Allow, ReasonCodes.RecentApprovalGrant },
        { "Approved", Decision.Allow, ReasonCodes.ApprovedByReviewer },
        { "Edited", Decision.Sanitize, ReasonCodes.ApprovedByReviewer },
        { "RecentDenial", Decision.Deny, ReasonCodes.RecentDenial },
        { "Denied", Decision.Deny, ReasonCodes.DeniedByReviewer },
        { "Expired", Decision.Deny, ReasonCodes.ApprovalExpired },
        { "AlreadyUsed", Decision.Deny, ReasonCodes.ApprovalAlreadyUsed },
        { "PolicyChanged", Decision.Deny, ReasonCodes.PolicyChanged },
        { "Unavailable", Decision.Deny, ReasonCodes.EngineUnavailable },
    };

    static ApprovalReply Reply(string name) => name switch
    {
        "Pending" => new ApprovalReply.Pending(Id, "https://console.example/a", Now),
        "RecentGrant" => new ApprovalReply.RecentGrant(Id),
        "Approved" => new ApprovalReply.Approved(Id),
        "Edited" => new ApprovalReply.Edited(Id, """{"amount":1}"""u8.ToArray()),
        "RecentDenial" => new ApprovalReply.RecentDenial(Id),
        "Denied" => new ApprovalReply.Denied(Id),
        "Expired" => new ApprovalReply.Expired(Id),
        "AlreadyUsed" => new ApprovalReply.AlreadyUsed(Id),
        "PolicyChanged" => new ApprovalReply.PolicyChanged(Id),
        _ => new ApprovalReply.Unavailable(700),
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_reply_settles_a_call_that_waits_for_a_person(string name, Decision decision, string reason)
    {
        var outcome = Resolution.Of(Verdict(Decision.RequireApproval), Reply(name));
        Assert.Equal(decision, outcome.Decision);
        Assert.Equal(reason, outcome.Reasons[0]);
        var answer = JsonSerializer.Deserialize(ScanAnswer.ToBytes(outcome, Trace), ScanJson.Default.ScanResponse)!;
        Assert.Equal(name == "Expired" ? "Nobody answered in time." : null, answer.Detail);
    }

    [Theory]
    [MemberData(nameof(Replies))]
    public void No_reply_loosens_anything_else(string name, Decision settles, string reason)
    {
        Assert.NotEmpty(reason);
        Assert.True(Enum.IsDefined(settles));
        foreach (var decision in new[] { Decision.Allow, Decision.Sanitize, Decision.Deny })
            Assert.Equal(decision, Resolution.Of(Verdict(decision, "{}"u8.ToArray()), Reply(name)).Decision);
    }

    [Theory]
    [InlineData("RecentGrant")]
    [InlineData("Approved")]
    public void What_must_be_redacted_is_redacted_after_the_approval_too(string name)
    {
        var outcome = Resolution.Of(Verdict(Decision.RequireApproval, "{}"u8.ToArray()), Reply(name));
        Assert.Equal(Decision.Sanitize, outcome.Decision);
        Assert.Equal("{}"u8.ToArray(), outcome.SanitisedBody);
    }

    [Fact]
    public void An_edited_call_answers_the_edited_body()
    {
        var outcome = Resolution.Of(Verdict(Decision.RequireApproval, "{}"u8.ToArray()), Reply("Edited"));
        Assert.Equal("""{"amount":1}""", Encoding.UTF8.GetString(outcome.SanitisedBody!));
        Assert.Contains(ReasonCodes.EditedByReviewer, outcome.Reasons);
    }

    [Fact]
    public void A_call_that_nobody_was_asked_about_is_refused() =>
        Assert.Equal(Decision.Deny, Resolution.Of(Verdict(Decision.RequireApproval)).Decision);

    [Theory]
    [InlineData(Decision.Allow)]
    [InlineData(Decision.Sanitize)]
    [InlineData(Decision.RequireApproval)]
    [InlineData(Decision.Deny)]
    public void Without_a_record_every_decision_is_a_denial_that_is_not_durable(Decision decision)
    {
        var outcome = Resolution.Outage(Verdict(decision, "{}"u8.ToArray()), ReasonCodes.AuditUnavailable, 500);
        Assert.Equal(Decision.Deny, outcome.Decision);
        Assert.Null(outcome.SanitisedBody);
        Assert.False(outcome.HeldAgainst);
        var answer = JsonSerializer.Deserialize(ScanAnswer.ToBytes(outcome, Trace), ScanJson.Default.ScanResponse)!;
        Assert.Equal((Decision.Deny, false, 500, "AUDIT_UNAVAILABLE"), (answer.Decision, answer.Durable, answer.RetryAfterMs, answer.ReasonCodes[0]));
    }

    [Fact]
    public void A_fault_inside_is_a_refusal_that_says_nothing_of_it()
    {
        var call = new ToolCall { Method = "POST", Url = "https://a.example/x", Scheme = "https", Host = "a.example", Tool = "slack", Operation = "x", Verb = Verb.Write };
        var verdict = FailClosed.Decide(call, 0, _ => throw new InvalidOperationException("s3cr3t"));
        var outcome = Resolution.Of(verdict);
        var answer = Encoding.UTF8.GetString(ScanAnswer.ToBytes(outcome, Trace));
        Assert.Equal((Decision.Deny, false), (outcome.Decision, outcome.IsDurable));
        Assert.Contains("\"ENGINE_UNAVAILABLE\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"durable\":false", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", answer, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(verdict.Fault);
    }

    [Theory]
    [InlineData(Cause.Suspended, false)]
    [InlineData(Cause.Outage, false)]
    [InlineData(Cause.Scope, true)]
    [InlineData(Cause.Rule, true)]
    public void Denials_by_outage_and_suspension_are_not_held_against_the_agent(Cause cause, bool held)
    {
        var outcome = Resolution.Of(Verdict(Decision.Deny) with { Cause = cause });
        Assert.Equal(held, outcome.HeldAgainst);
        var state = new AgentState();
        state.Apply(outcome.ToAgentEvent(), Now);
        Assert.Equal(held ? .95 : 1, state.TrustAt(Now), 6);
    }

    [Fact]
    public void The_answer_has_what_is_always_there_and_nothing_that_does_not_apply()
    {
        var answer = Encoding.UTF8.GetString(ScanAnswer.ToBytes(Resolution.Of(Verdict(Decision.Allow) with { Reasons = [], RiskScore = 0, Band = RiskBand.Low }), Trace));
        Assert.Equal(
            """{"decision":"ALLOW","risk_score":0,"risk_band":"LOW","reason_codes":[],"trace_id":"01930000-0000-7000-8000-000000000001","tool_name":"custom_proxy","operation":"unknown","verb":"ADMIN","classifications":[],"findings":[],"signals":[]}""",
            answer);
    }

    [Fact]
    public void A_pending_answer_names_the_approval()
    {
        var answer = JsonSerializer.Deserialize(ScanAnswer.ToBytes(Resolution.Of(Verdict(Decision.RequireApproval), Reply("Pending")), Trace), ScanJson.Default.ScanResponse)!;
        Assert.Equal((Id.ToString(), "https://console.example/a", Now), (answer.ApprovalId, answer.ApprovalUrl, answer.ExpiresAt));
    }
}
