using Interven.Contracts;

namespace Interven.Engine.Alerts.Slack;

/// <summary>Who may decide what from Slack (ruling 19).</summary>
public static class ClickRules
{
    /// <summary>The e-mail address of the console user that the clicker stands for; null for none.</summary>
    public static string? EmailOf(ChannelSpec spec, Clicker who) => spec.Approvers.FirstOrDefault(one => one.SlackUserId == who.User)?.Email is { Length: > 0 } email ? email : null;

    /// <param name="spec">The channel.</param>
    /// <param name="who">Who clicked.</param>
    /// <param name="approves">False denies.</param>
    /// <param name="band">Risk of the call.</param>
    /// <param name="required">Different people who must approve.</param>
    /// <param name="isUser">The console user behind <see cref="EmailOf"/> was found.</param>
    /// <param name="mayDecide">Whose role lets them decide.</param>
    public static ClickRuling Judge(ChannelSpec spec, Clicker who, bool approves, RiskBand band, int required, bool isUser, bool mayDecide)
    {
        if (who.UserTeam != who.Team || spec.TeamId is { } team && team != who.Team)
            return ClickRuling.Foreign;
        if (spec.Approvers.Count > 0 && spec.Approvers.All(one => one.SlackUserId != who.User))
            return ClickRuling.NotListed;
        if (EmailOf(spec, who) is not null && !(isUser && mayDecide))
            return ClickRuling.NoRole;
        if (!isUser && (!spec.AllowUnlinked || required > 1 || band > spec.MaxBand))
            return ClickRuling.Unlinked;
        return approves && band > spec.MaxBand ? ClickRuling.TooRisky : ClickRuling.Allowed;
    }

    /// <summary>Words to whoever clicked in vain.</summary>
    public static string WordsOf(ClickRuling ruling) => ruling switch
    {
        ClickRuling.Foreign => "You are not a member of the workspace that decides here. Nothing was changed.",
        ClickRuling.NotListed => "You are not among the approvers of this channel. Nothing was changed.",
        ClickRuling.NoRole => "Your console user is gone, or its role does not allow you to decide. Nothing was changed.",
        ClickRuling.Unlinked => "Your Slack account is not linked to a console user, which this decision needs. Ask an admin to name you, with your e-mail address, among the channel's approvers. Nothing was changed.",
        ClickRuling.TooRisky => "Calls of this risk are approved in the console only. Nothing was changed.",
        _ => "",
    };
}

public enum ClickRuling
{
    Allowed,

    /// <summary>Of another workspace.</summary>
    Foreign,

    /// <summary>Not among the channel's approvers.</summary>
    NotListed,

    /// <summary>The console user is gone or may not decide.</summary>
    NoRole,

    /// <summary>Known by a Slack id only where that is not enough.</summary>
    Unlinked,

    /// <summary>Above the channel's highest band.</summary>
    TooRisky,
}
