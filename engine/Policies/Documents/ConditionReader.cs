using Interven.Engine.Policies.Conditions;

namespace Interven.Engine.Policies.Documents;

/// <summary>Reads <c>condition</c>.</summary>
static class ConditionReader
{
    /// <summary>Deepest nesting of <c>any_of</c> and <c>none_of</c>.</summary>
    const int MaxDepth = 8;

    /// <summary>Every name and alias.</summary>
    public static readonly IReadOnlyList<string> Names = [.. ConditionKeys.All.SelectMany(key => key.Aliases.Prepend(key.Name))];

    /// <summary>Why a key that will exist one day is refused today; null for all others.</summary>
    public static string? Reserved(string key) => key == "daily_budget_exceeded"
        ? "`daily_budget_exceeded` is reserved: there are no budgets yet, so a rule with it could not do what it says."
        : null;

    /// <param name="condition">The object with the keys.</param>
    /// <param name="whole">The object holds nothing else, so that other keys are strangers.</param>
    /// <param name="depth">How many groups stand around it.</param>
    public static IReadOnlyList<Condition> Read(ValueAt condition, bool whole, int depth)
    {
        if (!condition.IsObject("A condition"))
            return [];
        if (whole)
            Strangers(condition);
        var conditions = new List<Condition>();
        foreach (var key in ConditionKeys.All)
        {
            var given = condition.Members().Where(member => member.Key == key.Name || key.Aliases.Contains(member.Key)).ToList();
            foreach (var (name, at) in given.Skip(1))
                at.Refuse($"`{name}` means the same as `{given[0].Key}`; give one of them.");
            if (given.Count > 0 && (key.IsGroup ? Group(key, given[0].At, depth) : key.Read(given[0].At)) is { } read)
                conditions.Add(read);
        }
        return WithConfidence(conditions);
    }

    static void Strangers(ValueAt condition)
    {
        foreach (var (key, at) in condition.Members())
            if (Reserved(key) is { } reserved)
                at.Refuse(reserved);
            else if (!Names.Contains(key))
                at.Refuse($"`{ValueAt.Shown(key)}` is no condition.{Suggestion.For(key, Names)}");
    }

    static GroupCondition? Group(ConditionKey key, ValueAt at, int depth)
    {
        if (depth == MaxDepth)
            at.Refuse($"Conditions are nested deeper than {MaxDepth} groups.");
        else if (at.Kind != DocumentKind.List)
            at.Refuse($"`{key.Name}` is a list of conditions.");
        else if (at.Entries() is { } entries)
            return new(key.Name == "none_of", [.. entries.Select(entry => Read(entry, whole: true, depth + 1))]);
        return null;
    }

    static List<Condition> WithConfidence(List<Condition> conditions) =>
        conditions.OfType<MinConfidenceCondition>().FirstOrDefault() is not { } least
            ? conditions
            : [.. conditions.Select(condition => condition switch
            {
                DataClassCondition classes => classes with { Least = least.Least },
                KindCondition kinds => kinds with { Least = least.Least },
                _ => condition,
            })];
}
