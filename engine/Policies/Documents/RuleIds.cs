using System.Globalization;

namespace Interven.Engine.Policies.Documents;

/// <summary>The ids of a document's rules: the author's, or <c>rule-{place}</c>, which stays the same as long as the rules above it do.</summary>
static class RuleIds
{
    public static string[] Of(ValueAt rules)
    {
        var ids = new string[rules.Value.Items.Count];
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            var rule = rules with { Value = rules.Value.Items[i], Path = $"{rules.Path}[{i}]" };
            if (rule.Member("rule_id") is not { } at || at.Kind == DocumentKind.Null)
                continue;
            ids[i] = Given(at) ?? "";
            if (ids[i].Length > 0 && !first.TryAdd(ids[i], i))
                at.Refuse($"`{ids[i]}` is the id of `{rules.Path}[{first[ids[i]]}]` already.");
        }
        for (var i = 0; i < ids.Length; i++)
            ids[i] ??= Free(i + 1, first);
        return ids;
    }

    static string? Given(ValueAt at)
    {
        if (at.String(100) is not { } id)
            return null;
        if (id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'))
            return id;
        at.Refuse("A rule id is made of letters, digits, `-`, `_`, `.` and `:`.");
        return null;
    }

    static string Free(int place, Dictionary<string, int> taken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"rule-{place}");
        while (!taken.TryAdd(id, place - 1))
            id += "-x";
        return id;
    }
}
