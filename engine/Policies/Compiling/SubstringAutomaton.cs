namespace Interven.Engine.Policies.Compiling;

/// <summary>
/// Finds every one of many texts in one pass, overlapping ones too, ignoring case (Aho and Corasick, CACM 18:6, 1975). Characters are folded
/// one by one as <see cref="StringComparison.OrdinalIgnoreCase"/> folds them.
/// </summary>
sealed class SubstringAutomaton
{
    const int Root = 0;

    readonly Dictionary<long, int> edges = [];
    readonly List<int> fail = [Root];
    readonly List<int> ends = [-1];
    readonly List<int> nextEnd = [-1];

    /// <param name="texts">Not empty, no two the same but for case; a text's place is its number.</param>
    public SubstringAutomaton(IReadOnlyList<string> texts)
    {
        var byDepth = new List<(int State, int Parent, char By, int Depth)>();
        for (var id = 0; id < texts.Count; id++)
        {
            var state = Root;
            for (var i = 0; i < texts[id].Length; i++)
            {
                var c = char.ToUpperInvariant(texts[id][i]);
                if (!edges.TryGetValue(EdgeOf(state, c), out var next))
                {
                    edges.Add(EdgeOf(state, c), next = fail.Count);
                    fail.Add(Root);
                    ends.Add(-1);
                    nextEnd.Add(-1);
                    byDepth.Add((next, state, c, i));
                }
                state = next;
            }
            ends[state] = id;
        }
        foreach (var (state, parent, by, depth) in byDepth.OrderBy(step => step.Depth))
        {
            fail[state] = depth == 0 ? Root : Next(fail[parent], by);
            nextEnd[state] = ends[fail[state]] >= 0 ? fail[state] : nextEnd[fail[state]];
        }
    }

    /// <summary>Sets the bit of every text that stands in <paramref name="text"/>.</summary>
    public void Mark(ReadOnlySpan<char> text, ulong[] found)
    {
        var state = Root;
        foreach (var c in text)
        {
            state = Next(state, char.ToUpperInvariant(c));
            for (var at = ends[state] >= 0 ? state : nextEnd[state]; at > Root; at = nextEnd[at])
            {
                ref var word = ref found[ends[at] >> 6];
                var bit = 1UL << (ends[at] & 63);
                // Whatever ends here ended here the last time too.
                if ((word & bit) != 0)
                    break;
                word |= bit;
            }
        }
    }

    int Next(int state, char folded)
    {
        while (true)
        {
            if (edges.TryGetValue(EdgeOf(state, folded), out var next))
                return next;
            if (state == Root)
                return Root;
            state = fail[state];
        }
    }

    static long EdgeOf(int state, char folded) => ((long)state << 16) | folded;
}
