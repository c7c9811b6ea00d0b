namespace Interven.Engine.Policies.Compiling;

/// <summary>Gathers the matches of one evaluation; allocates nothing until there is one.</summary>
struct MatchCollector
{
    List<MatchedRule>? enforced;
    List<MatchedRule>? monitored;

    public void Add(in MatchedRule match)
    {
        ref var list = ref enforced;
        if (match.Policy.Mode == PolicyMode.Monitor)
            list = ref monitored;
        list ??= new(2);
        for (var i = 0; i < list.Count; i++)
            if (ReferenceEquals(list[i].Compiled, match.Compiled))
                return;
        list.Add(match);
    }

    public readonly PolicyVerdict ToVerdict() =>
        enforced is null && monitored is null ? PolicyVerdict.None : new(Ranked(enforced), Ranked(monitored));

    static MatchedRule[] Ranked(List<MatchedRule>? matches)
    {
        if (matches is null)
            return [];
        if (matches.Count > 1)
            matches.Sort(WinnerSelection.Order);
        return [.. matches];
    }
}
