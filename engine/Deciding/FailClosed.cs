using Interven.Contracts;
using Interven.Engine.Normalising;

namespace Interven.Engine.Deciding;

/// <summary>The one place where a fault inside becomes a refusal.</summary>
public static class FailClosed
{
    static readonly ToolCall Unknown = new()
    {
        Method = "", Url = "", Scheme = "", Host = "", Tool = "custom_proxy", Operation = "unknown", Verb = Verb.Admin, IsExternal = true,
    };

    public static Verdict Decide<T>(ToolCall call, T what, Func<T, Verdict> decide)
    {
        try
        {
            return decide(what);
        }
        catch (Exception fault)
        {
            return Refusal(ReasonCodes.EngineUnavailable, call) with { Fault = fault };
        }
    }

    /// <summary>The refusal for a part that is out (<see cref="ReasonCodes.AuditUnavailable"/>, <see cref="ReasonCodes.EngineUnavailable"/>).</summary>
    /// <param name="reason">The part's code.</param>
    /// <param name="call">As far as it is known.</param>
    public static Verdict Refusal(string reason, ToolCall? call = null) => new()
    {
        Decision = Decision.Deny,
        Cause = Cause.Outage,
        Call = call ?? Unknown,
        RiskScore = 1,
        Band = RiskBand.Critical,
        Reasons = [reason],
        Signals = [],
        Outage = reason,
    };
}
