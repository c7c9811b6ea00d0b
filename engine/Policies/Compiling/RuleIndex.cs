using System.Collections.Frozen;
using Interven.Engine.Policies.Matching;

namespace Interven.Engine.Policies.Compiling;

/// <summary>Which rules may concern a tool and an operation: four short ascending lists instead of all rules.</summary>
sealed class RuleIndex
{
    /// <summary>A rule that names more pairs than this is indexed by tool alone.</summary>
    const int MaxPairs = 64;

    const string Any = "*";

    readonly FrozenDictionary<string, ByOperation> tools;
    readonly ByOperation anyTool;

    RuleIndex(FrozenDictionary<string, ByOperation> tools, ByOperation anyTool) => (this.tools, this.anyTool) = (tools, anyTool);

    /// <param name="rules">In the order of the set; a rule's place is its number.</param>
    public static RuleIndex Over(IReadOnlyList<PolicyRule> rules)
    {
        var places = new Dictionary<string, Dictionary<string, List<int>>>(StringComparer.OrdinalIgnoreCase);
        for (var place = 0; place < rules.Count; place++)
        {
            var operations = IsIndexed(rules[place], MatchKeys.Operations) ? NamesOf(rules[place], MatchKeys.Operations)! : [Any];
            foreach (var tool in NamesOf(rules[place], MatchKeys.Tools) ?? [Any])
                foreach (var operation in operations)
                    Add(places, tool, operation, place);
        }
        places.Remove(Any, out var anyTool);
        return new(
            places.ToFrozenDictionary(pair => pair.Key, pair => ByOperation.Of(pair.Value), StringComparer.OrdinalIgnoreCase),
            ByOperation.Of(anyTool ?? []));
    }

    /// <summary>True where the index alone sees to it that the clause holds.</summary>
    public static bool IsIndexed(PolicyRule rule, MatchClause clause) => IsIndexed(rule, clause.Key);

    public Candidates For(string tool, string operation)
    {
        var own = tools.GetValueOrDefault(tool);
        return new(own?.Any ?? [], own?.For(operation) ?? [], anyTool.Any, anyTool.For(operation));
    }

    static bool IsIndexed(PolicyRule rule, MatchKey key)
    {
        if (NamesOf(rule, key) is not { } names)
            return false;
        return key == MatchKeys.Tools || key == MatchKeys.Operations && names.Count * (NamesOf(rule, MatchKeys.Tools)?.Count ?? 1) <= MaxPairs;
    }

    static IReadOnlyList<string>? NamesOf(PolicyRule rule, MatchKey key) =>
        rule.Match.OfType<MatchClause.Patterns>().FirstOrDefault(clause => clause.Key == key)?.Names;

    static void Add(Dictionary<string, Dictionary<string, List<int>>> places, string tool, string operation, int place)
    {
        if (!places.TryGetValue(tool, out var operations))
            places.Add(tool, operations = new(StringComparer.OrdinalIgnoreCase));
        if (!operations.TryGetValue(operation, out var list))
            operations.Add(operation, list = []);
        // A list that names something twice must not ask twice.
        if (list.Count == 0 || list[^1] != place)
            list.Add(place);
    }

    sealed record ByOperation(int[] Any, FrozenDictionary<string, int[]> Named)
    {
        public static ByOperation Of(Dictionary<string, List<int>> operations)
        {
            operations.Remove(RuleIndex.Any, out var any);
            return new([.. any ?? []], operations.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.OrdinalIgnoreCase));
        }

        public int[] For(string operation) => Named.Count > 0 && Named.TryGetValue(operation, out var places) ? places : [];
    }
}

/// <summary>The merged walk over a call's candidates, in the order of the set.</summary>
ref struct Candidates(int[] a, int[] b, int[] c, int[] d)
{
    ReadOnlySpan<int> a = a;
    ReadOnlySpan<int> b = b;
    ReadOnlySpan<int> c = c;
    ReadOnlySpan<int> d = d;

    /// <summary>The next rule's place, or -1.</summary>
    public int Next()
    {
        var least = Math.Min(Math.Min(First(a), First(b)), Math.Min(First(c), First(d)));
        if (least == int.MaxValue)
            return -1;
        Skip(ref a, least);
        Skip(ref b, least);
        Skip(ref c, least);
        Skip(ref d, least);
        return least;
    }

    static int First(ReadOnlySpan<int> places) => places.IsEmpty ? int.MaxValue : places[0];

    static void Skip(ref ReadOnlySpan<int> places, int least)
    {
        if (!places.IsEmpty && places[0] == least)
            places = places[1..];
    }
}
