using Interven.Contracts;
using Interven.Engine.Deciding;
using Interven.Engine.Incidents;
using Interven.Engine.Risk;
using Interven.Engine.Tests.Deciding;

namespace Interven.Engine.Tests.Incidents;

public class IncidentFlagTests
{
    static readonly ApprovalId Approval = new(new Guid("01930000-0000-7000-8000-00000000000d"));

    [Fact]
    public void A_clean_call_is_not_flagged() => Assert.Null(IncidentFlag.Of(Resolution.Of(Verdict("""{"text":"hello"}"""))));

    [Fact]
    public void A_denial_counts_and_costs_trust()
    {
        var flag = IncidentFlag.Of(Resolution.Of(Verdict("""{"text":"hello"}""", """{"name":"no","rules":[{"match":{},"action":"DENY"}]}""")))!;
        Assert.True(flag.IsDenial);
        Assert.Empty(flag.Causes);
        Assert.Equal((1, .95), (flag.TrustBefore!.Value, flag.TrustAfter!.Value));
    }

    [Fact]
    public void A_rule_that_opens_an_incident_says_how_grave_and_which_it_was()
    {
        var flag = IncidentFlag.Of(Resolution.Of(Verdict("{}", """{"name":"alarm","rules":[{"rule_id":"r1","match":{},"action":"OPEN_INCIDENT","incident_severity":"CRITICAL"}]}""")))!;
        Assert.Equal([new(IncidentTriggers.PolicyRule, RiskBand.Critical, "alarm / r1")], flag.Causes);
    }

    [Fact]
    public void Denials_by_outage_suspension_recent_denial_and_people_are_not_flagged()
    {
        var denied = Verdict("{}", """{"name":"no","rules":[{"match":{},"action":"OPEN_INCIDENT"}]}""");
        Assert.Null(IncidentFlag.Of(Resolution.Outage(denied, ReasonCodes.AuditUnavailable)));
        Assert.Null(IncidentFlag.Of(Resolution.Of(denied with { Cause = Cause.Suspended })));
        var asking = Verdict("{}", """{"name":"ask","rules":[{"match":{},"action":"REQUIRE_APPROVAL"}]}""");
        foreach (var reply in (ApprovalReply[])[new ApprovalReply.RecentDenial(Approval), new ApprovalReply.Denied(Approval), new ApprovalReply.Expired(Approval), new ApprovalReply.PolicyChanged(Approval)])
            Assert.Null(IncidentFlag.Of(Resolution.Of(asking, reply)));
    }

    [Fact]
    public void A_threat_or_a_read_that_leaves_is_flagged_whatever_was_decided()
    {
        var verdict = Verdict("{}") with { Reasons = [ReasonCodes.ThreatIntelMatch, ReasonCodes.ReadThenWrite], Band = RiskBand.High };
        Assert.Equal([IncidentTriggers.ThreatIntel, IncidentTriggers.ReadThenWrite], IncidentFlag.Of(Resolution.Of(verdict))!.Causes.Select(cause => cause.Trigger));
    }

    static Verdict Verdict(string body, params string[] policies)
    {
        var decided = Calls.Decide(Calls.Request(body), Calls.Tenant(policies.Select(Calls.Policy)));
        using (decided!.Value.Scan)
            return decided.Value.Verdict with { Agent = new AgentFacts { Trust = 1, Scans = 500 } };
    }
}
