using Interven.Contracts;
using Interven.Engine.Deciding;

namespace Interven.Engine.Alerts;

/// <summary>What any channel of a tenant wants to hear of: one question for each scan, answered without looking at channels.</summary>
/// <param name="Approvals">Somebody is told of paused calls.</param>
/// <param name="DeniedFrom">Least band of denials; null for none.</param>
/// <param name="SanitisedFrom">Least band of redacted calls; null for none.</param>
public sealed record AlertInterest(bool Approvals, RiskBand? DeniedFrom, RiskBand? SanitisedFrom)
{
    public static readonly AlertInterest None = new(false, null, null);

    public static AlertInterest Of(IReadOnlyList<ChannelSpec> channels) => channels.Any(one => one.Enabled)
        ? new(channels.Any(one => one.Enabled && (one.Events & AlertEvents.RequireApproval) != 0), Least(channels, AlertEvents.Deny), Least(channels, AlertEvents.Sanitize))
        : None;

    /// <summary>Whether an outcome that opens no approval is told. What only repeats an earlier denial, a suspension or an outage is not.</summary>
    public bool Wants(Outcome outcome) => outcome.Decision switch
    {
        Decision.Deny => outcome.HeldAgainst && outcome.Verdict.Band >= DeniedFrom,
        Decision.Sanitize => outcome.Approval is null && outcome.Verdict.Band >= SanitisedFrom,
        _ => false,
    };

    static RiskBand? Least(IReadOnlyList<ChannelSpec> channels, AlertEvents what)
    {
        RiskBand? least = null;
        foreach (var one in channels)
            if (one.Enabled && (one.Events & what) != 0 && (least is null || (one.MinRisk ?? RiskBand.Low) < least))
                least = one.MinRisk ?? RiskBand.Low;
        return least;
    }
}
