using Interven.Engine.Reading;

namespace Interven.Engine.Policies.Matching;

/// <summary>Judges one value that a path leads to.</summary>
interface INodeTest
{
    Truth Test(JsonTree tree, int node);
}

/// <summary>
/// Follows a path through a body in one pass: each node carries the set of path positions that lead to it as bits, so that even
/// several <c>..</c> cost time linear in the body. A sub-tree that no position leads into is skipped.
/// </summary>
static class PathWalk
{
    const int Depths = JsonTreeReader.MaxDepth + 2;

    /// <summary>True if the test holds for any value at the path, else unknown if it is unknown for any; false where there is none.</summary>
    public static Truth Any(JsonPath path, PolicyFacts facts, INodeTest test) => Any(path, facts.Tree, facts.Body, facts.Embedded, test);

    public static Truth Any(JsonPath path, JsonTree tree, int body, IReadOnlyList<EmbeddedJson> embedded, INodeTest test) =>
        body < 0 ? Truth.False : Walk(path, tree, body, 1, embedded, test);

    static Truth Walk(JsonPath path, JsonTree tree, int root, ulong rootMask, IReadOnlyList<EmbeddedJson> embedded, INodeTest test)
    {
        Span<ulong> masks = stackalloc ulong[Depths];
        Span<int> ends = stackalloc int[Depths];
        var nodes = tree.Nodes;
        var final = 1UL << path.Steps.Length;
        var (depth, best) = (0, Truth.False);
        for (var node = root; node < nodes[root].End;)
        {
            while (depth > 0 && node >= ends[depth - 1])
                depth--;
            var mask = depth == 0 ? rootMask : Advance(path.Steps, masks[depth - 1], tree, node);
            if ((mask & final) != 0)
                best = best.Or(test.Test(tree, node));
            if (mask != 0 && nodes[node].Kind == JsonKind.String)
                for (var i = 0; i < embedded.Count; i++)
                    if (embedded[i].Node == node)
                        best = best.Or(Walk(path, embedded[i].Tree, 0, mask, [], test));
            if (best == Truth.True)
                return best;
            if ((mask & ~final) == 0)
            {
                node = nodes[node].End;
                continue;
            }
            (masks[depth], ends[depth]) = (mask, nodes[node].End);
            depth++;
            node++;
        }
        return best;
    }

    static ulong Advance(PathStep[] steps, ulong parent, JsonTree tree, int node)
    {
        var mask = 0UL;
        for (var i = 0; i < steps.Length; i++)
        {
            if ((parent & (1UL << i)) == 0)
                continue;
            ref readonly var step = ref steps[i];
            if (step.Descend)
                mask |= 1UL << i;
            if (Leads(step, tree, node))
                mask |= 1UL << (i + 1);
        }
        return mask;
    }

    static bool Leads(in PathStep step, JsonTree tree, int node) => step.Kind switch
    {
        StepKind.Any => true,
        StepKind.Index => tree.Nodes[node].KeyStart < 0 && tree.Nodes[node].Position == step.Index,
        _ => tree.Nodes[node].KeyStart >= 0 && tree.Key(node).SequenceEqual(step.Name),
    };
}
