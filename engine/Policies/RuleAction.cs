using Interven.Contracts;

namespace Interven.Engine.Policies;

/// <summary>What a rule asks for.</summary>
public enum RuleAction : byte { Allow, Sanitize, RequireApproval, Deny, OpenIncident }

public static class RuleActions
{
    static readonly (RuleAction Action, string Word)[] Words =
    [
        (RuleAction.Allow, "ALLOW"), (RuleAction.Sanitize, "SANITIZE"), (RuleAction.RequireApproval, "REQUIRE_APPROVAL"),
        (RuleAction.Deny, "DENY"), (RuleAction.OpenIncident, "OPEN_INCIDENT"),
    ];

    /// <summary>Every action's word, mildest first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Words.Select(pair => pair.Word)];

    public static string Word(this RuleAction action) => Words[(int)action].Word;

    /// <summary>The answer that the caller gets: an incident is a DENY that somebody looks into.</summary>
    public static Decision Decision(this RuleAction action) =>
        action == RuleAction.OpenIncident ? Contracts.Decision.Deny : (Decision)action;

    public static bool TryParse(ReadOnlySpan<char> word, out RuleAction action)
    {
        foreach (var (one, name) in Words)
            if (word.SequenceEqual(name))
            {
                action = one;
                return true;
            }
        action = default;
        return false;
    }
}
