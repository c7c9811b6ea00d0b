using System.Globalization;
using Interven.Contracts;
using Interven.Contracts.Approvals;
using Interven.Engine.Approvals;
using Interven.Engine.Tests.Deciding;
using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Tests.Approvals;

/// <summary>The table <c>tests/cases/approvals/transitions.yaml</c>.</summary>
public class ApprovalRulesTests
{
    const string Table = "approvals/transitions.yaml";

    public static TheoryData<string> Transitions => [.. CaseTable.Rows(Table, "cases").Select(row => row.Text("name"))];

    public static TheoryData<string> Grants => [.. CaseTable.Rows(Table, "grants").Select(row => row.Text("name"))];

    [Theory, MemberData(nameof(Transitions))]
    public void A_command_does_what_the_table_says(string name)
    {
        var row = Row("cases", name);
        var given = new ApprovalCase(State(row.Text("state")), At("10:10"), (int)row.Number("required", 1),
            [.. row.Texts("votes").Select(vote => new ApprovalVote(vote.Split(' ')[0], ApprovalRules.Approves, At("10:01"), Edited: vote.EndsWith(" edited", StringComparison.Ordinal)))]);
        var ruling = ApprovalRules.Apply(given, Command(row), At(row.Text("at")));
        switch (row.Text("want"))
        {
            case "unchanged":
                Assert.IsType<ApprovalRuling.Unchanged>(ruling);
                break;
            case ReasonCodes.AlreadyDecided or ReasonCodes.OwnRequest or ReasonCodes.NotEligible or ReasonCodes.EditedMeanwhile:
                Assert.Equal(new ApprovalRuling.Refused(row.Text("want"), State(row.Text("outcome"))), ruling);
                break;
            default:
                var next = Assert.IsType<ApprovalRuling.Next>(ruling);
                Assert.Equal(State(row.Text("want")), next.State);
                if (row.Has("votes_after"))
                    Assert.Equal(row.Texts("votes_after"), next.Votes.Select(vote => $"{vote.By} {vote.Vote}"));
                if (row.Has("reason"))
                    Assert.Equal(row.Text("reason"), ApprovalRules.ReasonOf(next.State, next.Votes));
                break;
        }
    }

    [Fact]
    public void The_table_has_every_state_with_every_command()
    {
        var rows = CaseTable.Rows(Table, "cases").Select(row => (row.Text("state"), row.Text("command"))).ToHashSet();
        foreach (var state in Enum.GetNames<ApprovalState>())
            foreach (var command in (string[])["approve", "deny", "expire", "withdraw"])
                Assert.Contains((state, command), rows);
    }

    [Theory, MemberData(nameof(Grants))]
    public void A_grant_is_used_as_the_table_says(string name)
    {
        var row = Row("grants", name);
        Assert.Equal(row.Text("want"), ApprovalRules.WhyNotRedeemed(State(row.Text("state")), (int)row.Number("uses"), row.Flag("used"), At("10:10"), At(row.Text("at"))) ?? "");
    }

    [Fact]
    public void Votes_read_back_as_they_were_written()
    {
        ApprovalVote[] votes = [new("user/ann", ApprovalRules.Approves, At("10:01"), "phoned \"them\""), new("user/bob", ApprovalRules.Denies, At("10:02"))];
        Assert.Equal(votes, ApprovalCase.ReadVotes(ApprovalCase.WriteVotes(votes)));
        Assert.Empty(ApprovalCase.ReadVotes("[]"));
    }

    static YamlMappingNode Row(string table, string name) => CaseTable.Rows(Table, table).Single(row => row.Text("name") == name);

    static ApprovalCommand Command(YamlMappingNode row) => row.Text("command") switch
    {
        "approve" => new ApprovalCommand.Approve("ann", null, row.Flag("own"), row.Flag("separate"), row.Flag("now_denied"), !row.Flag("outside"), row.Flag("edits"), !row.Flag("unseen")),
        "deny" => new ApprovalCommand.Deny("ann", null),
        "expire" => new ApprovalCommand.Expire(),
        _ => new ApprovalCommand.Withdraw(),
    };

    static ApprovalState State(string word) => Enum.Parse<ApprovalState>(word);

    static DateTimeOffset At(string time) => new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero) + TimeSpan.Parse(time, CultureInfo.InvariantCulture);
}
