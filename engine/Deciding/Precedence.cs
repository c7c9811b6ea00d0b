using Interven.Contracts;

namespace Interven.Engine.Deciding;

/// <summary>What settled a decision.</summary>
public enum Cause : byte { NothingMatched, Rule, DefaultAction, Threshold, CannotSanitize, Scope, Suspended, Outage }

/// <summary>What is weighed against each other.</summary>
/// <param name="Suspended">The agent or its key is stopped.</param>
/// <param name="OutOfScope">The ephemeral key does not cover the call.</param>
/// <param name="Rule">The strictest rule that matched; null for none.</param>
/// <param name="Default">The tenant's default for the verb where it applies, else ALLOW.</param>
/// <param name="Threshold">The least that the risk score allows.</param>
/// <param name="Sanitises">A rule or a threshold asks for redaction, beside what is stricter or by itself.</param>
/// <param name="CanSanitise">What must be redacted can be.</param>
public readonly record struct Considerations(
    bool Suspended, bool OutOfScope, Decision? Rule, Decision Default, Decision Threshold, bool Sanitises, bool CanSanitise);

/// <param name="Decision">What holds before approvals are asked.</param>
/// <param name="Cause">What settled it.</param>
/// <param name="Sanitise">The answer carries a sanitised body.</param>
public readonly record struct Ruling(Decision Decision, Cause Cause, bool Sanitise);

/// <summary>
/// The order of the spec as one function: suspension and scope deny whatever else holds; then rules, or the default where it applies; thresholds may raise even an
/// explicit ALLOW or SANITIZE; what must be sanitised and cannot be is denied.
/// </summary>
public static class Precedence
{
    public static Ruling Weigh(in Considerations given)
    {
        if (given.Suspended)
            return new(Decision.Deny, Cause.Suspended, false);
        if (given.OutOfScope)
            return new(Decision.Deny, Cause.Scope, false);
        var (decision, cause) = given.Rule is { } rule && rule >= given.Default ? (rule, Cause.Rule)
            : given.Default > Decision.Allow ? (given.Default, Cause.DefaultAction)
            : (Decision.Allow, Cause.NothingMatched);
        if (given.Threshold > decision)
            (decision, cause) = (given.Threshold, Cause.Threshold);
        var asked = given.Sanitises || given.Default == Decision.Sanitize;
        var sanitise = decision == Decision.Sanitize || decision == Decision.RequireApproval && asked;
        return sanitise && !given.CanSanitise ? new(Decision.Deny, Cause.CannotSanitize, false) : new(decision, cause, sanitise);
    }
}
