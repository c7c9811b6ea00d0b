using Interven.Contracts;
using Interven.Engine.Alerts;
using Interven.Engine.Alerts.Slack;

namespace Interven.Engine.Tests.Alerts;

public class ClickRulesTests
{
    static readonly ChannelSpec Open = new() { Type = ChannelType.Slack, Name = "desk" };
    static readonly ChannelSpec Listed = Open with { Approvers = [new("U0ADA", "ada@acme.example"), new("U0BOB")] };
    static readonly Clicker Ada = new("U0ADA", "T0", "T0"), Bob = new("U0BOB", "T0", "T0"), Eve = new("U0EVE", "T0", "T0");

    [Fact]
    public void Every_clicker_is_judged_by_what_stands_behind_the_Slack_id()
    {
        void Is(ClickRuling expected, ChannelSpec spec, Clicker who, bool approves = true, RiskBand band = RiskBand.Low, int required = 1, bool isUser = false, bool mayDecide = false) =>
            Assert.Equal(expected, ClickRules.Judge(spec, who, approves, band, required, isUser, mayDecide));

        Is(ClickRuling.Allowed, Open, Eve);
        Is(ClickRuling.Foreign, Open, Eve with { UserTeam = "T1" });
        Is(ClickRuling.Foreign, Open with { TeamId = "T9" }, Eve);
        Is(ClickRuling.Allowed, Open with { TeamId = "T0" }, Eve);
        Is(ClickRuling.Unlinked, Open with { AllowUnlinked = false }, Eve);
        Is(ClickRuling.Unlinked, Open, Eve, required: 2);
        Is(ClickRuling.Unlinked, Open, Eve, band: RiskBand.Critical);
        Is(ClickRuling.Unlinked, Open, Eve, approves: false, band: RiskBand.Critical);
        Is(ClickRuling.NotListed, Listed, Eve);
        Is(ClickRuling.Allowed, Listed, Bob);
        Is(ClickRuling.Unlinked, Listed, Bob, required: 2);
        Is(ClickRuling.NoRole, Listed, Ada);
        Is(ClickRuling.NoRole, Listed, Ada, isUser: true);
        Is(ClickRuling.Allowed, Listed, Ada, isUser: true, mayDecide: true);
        Is(ClickRuling.Allowed, Listed, Ada, required: 2, isUser: true, mayDecide: true);
        Is(ClickRuling.TooRisky, Listed, Ada, band: RiskBand.Critical, isUser: true, mayDecide: true);
        Is(ClickRuling.Allowed, Listed, Ada, approves: false, band: RiskBand.Critical, isUser: true, mayDecide: true);
        Is(ClickRuling.Allowed, Listed with { AllowUnlinked = false }, Ada, isUser: true, mayDecide: true);
    }

    [Fact]
    public void A_refusal_has_words() =>
        Assert.All(Enum.GetValues<ClickRuling>().Where(ruling => ruling != ClickRuling.Allowed), ruling => Assert.Contains("othing was changed", ClickRules.WordsOf(ruling), StringComparison.Ordinal));
}
