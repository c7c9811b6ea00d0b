namespace Interven.Engine.Policies.Documents;

/// <summary>
/// Reads one rule. Nested: <c>match</c> and <c>condition</c> are objects. Flat: their keys stand on the rule itself. A rule may be flat in one and
/// nested in the other, but not both ways in the same.
/// </summary>
static class RuleReader
{
    static readonly string[] OwnKeys = ["rule_id", "description", "priority", "match", "condition", "action", .. ModifierReader.Keys];
    static readonly string[] AllKeys = [.. OwnKeys, .. MatchReader.Names, .. ConditionReader.Names];

    public static PolicyRule Read(ValueAt rule, string id)
    {
        if (!rule.IsObject("A rule"))
            return new() { RuleId = id, Action = RuleAction.Deny };
        Strangers(rule);
        var action = Action(rule);
        return new()
        {
            RuleId = id,
            Description = DocumentReader.Text(rule.Member("description"), 4000) ?? "",
            Priority = rule.Member("priority")?.Integer(0, PolicyRule.MaxPriority) ?? PolicyRule.DefaultPriority,
            Match = MatchReader.Read(Part(rule, "match", MatchReader.Names), whole: rule.Member("match") is not null),
            Condition = ConditionReader.Read(Part(rule, "condition", ConditionReader.Names), whole: rule.Member("condition") is not null, 0),
            Action = action,
            Modifiers = ModifierReader.Read(rule, action),
        };
    }

    /// <summary>The object that holds the part's keys: the part itself, or the rule where it is flat.</summary>
    static ValueAt Part(ValueAt rule, string name, IReadOnlyList<string> names)
    {
        if (rule.Member(name) is not { } part)
            return rule;
        foreach (var (key, at) in rule.Members())
            if (names.Contains(key))
                at.Refuse($"`{key}` stands beside `{name}`; put it inside.");
        return part;
    }

    static void Strangers(ValueAt rule)
    {
        foreach (var (key, at) in rule.Members())
            if (ConditionReader.Reserved(key) is { } reserved)
                at.Refuse(reserved);
            else if (!AllKeys.Contains(key))
                at.Refuse($"`{ValueAt.Shown(key)}` is no key of a rule.{Suggestion.For(key, AllKeys)}");
    }

    static RuleAction Action(ValueAt rule)
    {
        if (rule.Member("action") is not { } at)
            rule.Refuse($"`action` is required: {string.Join(", ", RuleActions.All)}.");
        else if (at.String() is { } word)
        {
            if (RuleActions.TryParse(word, out var action))
                return action;
            at.Refuse($"`{ValueAt.Shown(word)}` is no action; these are: {string.Join(", ", RuleActions.All)}.{Suggestion.For(word, RuleActions.All)}");
        }
        return RuleAction.Deny;
    }
}
