using Interven.Contracts;
using Interven.Contracts.Incidents;
using Interven.Engine.Incidents;
using Interven.Engine.Tests.Deciding;

namespace Interven.Engine.Tests.Incidents;

/// <summary>The table <c>tests/cases/incidents/rules.yaml</c>.</summary>
public class IncidentRulesTests
{
    const string Table = "incidents/rules.yaml";

    public static TheoryData<string> Judged => [.. CaseTable.Rows(Table, "judge").Select(row => row.Text("name"))];

    public static TheoryData<string> Transitions => [.. CaseTable.Rows(Table, "transitions").Select(row => row.Text("name"))];

    [Theory, MemberData(nameof(Judged))]
    public void A_flag_opens_what_the_table_says(string name)
    {
        var row = CaseTable.Rows(Table, "judge").Single(row => row.Text("name") == name);
        var flag = new IncidentFlag(row.Flag("denial"), [.. row.Texts("causes").Select(trigger => new IncidentCause(trigger, RiskBand.Low))], null, row.Has("after") ? row.Number("after") : null);
        var history = new FlagHistory((int)row.Number("denials"), row.Has("highest") ? row.Number("highest") : null);
        Assert.Equal(row.Texts("want"), IncidentRules.Judge(flag, history, Settings(row.Texts("off"))).Select(cause => cause.Trigger));
    }

    [Theory, MemberData(nameof(Transitions))]
    public void A_transition_leads_where_the_table_says(string name)
    {
        var row = CaseTable.Rows(Table, "transitions").Single(row => row.Text("name") == name);
        var (next, field, problem) = IncidentRules.Transition(Enum.Parse<IncidentStatus>(row.Text("from")), row.Text("status"), row.Has("resolution") ? row.Text("resolution") : null);
        Assert.Equal(row.Has("want") ? Enum.Parse<IncidentStatus>(row.Text("want")) : null, next);
        Assert.Equal(row.Text("field"), field ?? "");
        Assert.Equal(next is null, problem is not null);
    }

    [Fact]
    public void Causes_read_back_as_they_were_written()
    {
        IncidentCause[] causes = [new(IncidentTriggers.PolicyRule, RiskBand.Critical, "never \"this\" / r1"), new(IncidentTriggers.ThreatIntel, RiskBand.High)];
        Assert.Equal(causes, IncidentFlag.ReadCauses(new IncidentFlag(true, causes, null, null).WriteCauses()));
    }

    static IncidentSettings Settings(string[] off) => new()
    {
        CriticalDeny = !off.Contains("critical_deny"),
        ThreatIntel = !off.Contains("threat_intel"),
        ReadThenWrite = !off.Contains("read_then_write"),
        EphemeralScope = !off.Contains("ephemeral_scope"),
        RepeatedDeny = off.Contains("repeated_deny") ? 0 : 5,
        TrustCollapse = off.Contains("trust_collapse") ? 0 : .3,
    };
}
