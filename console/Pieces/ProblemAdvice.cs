using Interven.Contracts.Errors;

namespace Interven.Console.Pieces;

/// <summary>What to do next about a problem: by its reason, or else by the kind of answer that it is.</summary>
static class ProblemAdvice
{
    static readonly Dictionary<string, string> ByReason = new()
    {
        ["FORBIDDEN"] = "Your role does not include this. An admin can change roles under Settings, Team.",
        ["NOT_FOUND"] = "It may have been removed, or the address is mistyped. Go back to the list.",
        ["CONFLICT"] = "Somebody may have changed it meanwhile. Reload, look, and try again.",
        ["ALREADY_DECIDED"] = "Nothing is left to do here.",
        ["OWN_REQUEST"] = "Ask another reviewer: whoever minted the calling key cannot approve its calls.",
        ["NOT_ELIGIBLE"] = "The rule names a group of approvers, and you are not in it. An admin can change the group under Settings.",
        ["POLICY_CHANGED"] = "The rules have come to deny this call. Change the policy if it should pass.",
        ["STORAGE_UNAVAILABLE"] = "The database does not answer. Look whether the change was made before you repeat it.",
        ["ENGINE_UNAVAILABLE"] = "A part of Interven does not answer. It usually comes back within seconds.",
        ["INTERNAL_ERROR"] = "Look whether the change was made, then try again. The trace id finds the fault in the logs.",
        ["RATE_LIMITED"] = "Wait a moment, then try again.",
        ["INVALID_POLICY"] = "Nothing was changed. Correct the places named above and save again.",
        ["BAD_CREDENTIALS"] = "Check e-mail and password, and caps lock. After five failures the account is locked for a while.",
        ["LOCKED_OUT"] = "Too many failures. Wait a few minutes; an admin can also set a new password.",
        ["CSRF"] = "The page was open for too long. Reload it and try again.",
    };

    public static string For(Problem problem) => ByReason.GetValueOrDefault(problem.Reason) ?? problem.Status switch
    {
        0 => "Nothing was changed. If it stays so, reload the page.",
        < 500 => "Nothing was changed. Correct what is named above and try again.",
        _ => "Look whether the change was made, then try again. The trace id finds the fault in the logs.",
    };
}
